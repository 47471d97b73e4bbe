"""What was found, kept: SQLite or PostgreSQL, full-text search, decisions of reviewers."""

from catnlp.store.decisions import Standing
from catnlp.store.queue import NO_COUNTRY, WHY_NO_COUNTRY
from catnlp.store.rows import Hit, InputRow, Origin
from catnlp.store.store import Store, open_store

__all__ = [
    "NO_COUNTRY",
    "WHY_NO_COUNTRY",
    "Hit",
    "InputRow",
    "Origin",
    "Standing",
    "Store",
    "open_store",
]
