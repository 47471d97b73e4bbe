"""What was found, kept: SQLite or PostgreSQL, full-text search, decisions of reviewers."""

from catnlp.store.decisions import Standing
from catnlp.store.rows import Hit, InputRow, Origin
from catnlp.store.store import Store, open_store

__all__ = ["Hit", "InputRow", "Origin", "Standing", "Store", "open_store"]
