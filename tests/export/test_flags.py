import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from catnlp.domain import Flag
from catnlp.export import EXPORTERS, Filters, exporter, flags, schema
from catnlp.store import Store, open_store
from tests.analyses import analysis


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "s.db")
    store.begin_input("x", "1", 1)
    store.put(analysis("a", sale=True), "x")
    return store


def lines(found: list[Flag]) -> list[dict[str, object]]:
    stream = io.StringIO()
    EXPORTERS["jsonl"](found, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_flags_fit_the_published_schema(store: Store) -> None:
    published = json.loads(schema("flag"))
    jsonschema.Draft202012Validator.check_schema(published)
    records = lines(list(flags(store)))
    assert len(records) == 2
    for record in records:
        jsonschema.validate({**record, "id": record["id"]}, published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**records[0], "country": "Togo"}, published)


def test_flags_keep_offsets_through_text_that_is_not_ascii(store: Store) -> None:
    for record in lines(list(flags(store))):
        quote, start, end = record["quote"], record["trigger_start"], record["trigger_end"]
        assert quote[start:end] == record["trigger"]  # type: ignore[index]


def test_flags_have_the_same_ids_in_every_export(store: Store) -> None:
    assert [f.id for f in flags(store)] == [f.id for f in flags(store)]
    assert len({f.id for f in flags(store)}) == 2


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(countries=("TGO",)), 2),
        (Filters(countries=("GHA",)), 0),
        (Filters(statuses=("affirmed", "alleged")), 1),
        (Filters(categories=("impunity",)), 0),
        (Filters(roles=("location",)), 0),
        (Filters(min_score=0.95), 0),
    ],
)
def test_filters(store: Store, filters: Filters, count: int) -> None:
    assert len(list(flags(store, filters))) == count


def test_csv_has_a_row_a_flag(store: Store) -> None:
    stream = io.StringIO()
    EXPORTERS["csv"](flags(store), stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [row["status"] for row in rows] == ["affirmed", "negated"]
    assert rows[0]["section"] == "Section 1. > c. Torture"


def test_an_exporter_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="already registered"):
        exporter("jsonl")(EXPORTERS["csv"])
