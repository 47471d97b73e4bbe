"""What a terminal shows at the end of a run."""

from pathlib import Path

from catnlp.settings import Settings
from catnlp.store import open_store
from catnlp.summarize import overview
from catnlp.summarize.country import summarize_country
from catnlp.summarize.overview import ORDER
from tests.analyses import analysis


def test_the_order_of_countries_is_told(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis("a"), "x")
        shown = overview([summarize_country(store, "TGO", Settings())])
    assert shown.splitlines()[1].startswith("TGO  Togo")
    assert ORDER in shown.splitlines()


def test_without_countries_no_order_is_told() -> None:
    assert ORDER not in overview([])
