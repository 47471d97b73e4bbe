"""A store whose texts are hard to count in: emoji, combining marks, right-to-left script."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catnlp.export import flags
from catnlp.store import Store, open_store
from tests.analyses import analysis

HARD = (
    ("🕊️ Police in Lomé 👮🏽‍♀️ beat detainees – on May 3, 2023.", "beat detainees",
     "torture-ill-treatment", "affirmed"),
    ("«قوات الأمن» reportedly shot 𝟏𝟐 protesters in Kara.", "shot 𝟏𝟐 protesters",
     "excessive-force", "alleged"),
    ("=SUM(A1) was what the clerk’s ledger said, and bribes.", "bribes", "bribery-extortion",
     "alleged"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis("a", sale=True, pages=True), "x")
        store.relink_sales()
        store.put(analysis("b", HARD, url="https://example.org/b", title="Rapport n° 1"), "x")
        yield store


@pytest.fixture
def found(store: Store) -> list[object]:
    return list(flags(store))
