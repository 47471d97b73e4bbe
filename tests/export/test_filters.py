from pathlib import Path

import pytest

from catnlp.errors import InputError
from catnlp.export import Filters, flags, known_ids
from catnlp.store import Store
from tests.export.write import written


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 5),
        (Filters(countries=("TGO",)), 5),
        (Filters(countries=("GHA",)), 0),
        (Filters(statuses=("affirmed", "alleged")), 4),
        (Filters(categories=("impunity",)), 0),
        (Filters(actors=("state",)), 5),
        (Filters(actors=("private",)), 0),
        (Filters(roles=("location",)), 0),
        (Filters(min_score=0.95), 0),
        (Filters(criteria=("faa502b",)), 4),
        (Filters(criteria=("faa502b.torture",)), 2),
        (Filters(criteria=("faa502",)), 0),
        (Filters(sources=("RAPPORT",)), 3),
        (Filters(sources=("example.org", "togo")), 5),
        (Filters(sources=("amnesty",)), 0),
        (Filters(since="2023"), 5),
        (Filters(since="2023-05-20"), 5),
        (Filters(since="2023-06"), 0),
        (Filters(until="2023"), 5),
        (Filters(until="2023-05-01"), 5),
        (Filters(until="2023-04"), 0),
    ],
)
def test_filters(store: Store, filters: Filters, count: int) -> None:
    assert len(list(flags(store, filters))) == count


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_only_what_an_earlier_export_does_not_have(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"earlier.{name}"
    path.write_text(written(name, flags(store, Filters(statuses=("alleged",)))), encoding="utf-8")
    known = known_ids(path)
    assert len(known) == 2
    new = list(flags(store, Filters(known=known)))
    assert {flag.status for flag in new} == {"affirmed", "negated"}
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no `id` of flags"):
        known_ids(path)
