from pathlib import Path

import pytest

from catnlp.settings import Settings
from catnlp.store import open_store
from catnlp.summarize.index import index_rows, shade
from tests.analyses import analysis


def test_rows_count_what_a_state_is_responsible_for(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis("a", sale=True), "x")
        store.put(analysis("b", country="GHA", role="location", actor="non-state"), "x")
        store.relink_sales()
        ghana, togo = sorted(index_rows(store, Settings()), key=lambda row: row.name)
    assert (togo.code, togo.counts, togo.flags, togo.other) == (
        "TGO", {"torture-ill-treatment": 1}, 1, 1,
    )  # fmt: skip
    assert (togo.documents, togo.sales) == (1, 1)
    assert (ghana.counts, ghana.documents, ghana.sales) == ({}, 1, 0)


@pytest.mark.parametrize(("count", "level"), [(0, 0), (1, 1), (10, 3), (99, 5), (100, 5)])
def test_shade_is_logarithmic(count: int, level: int) -> None:
    assert shade(count, 100) == level
