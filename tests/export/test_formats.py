import io
import re
import zipfile

import pytest

from catnlp.export import EXPORTERS, Filters, exporter, flags
from catnlp.export.formats import lookup_in
from catnlp.store import Store
from tests.analyses import analysis
from tests.export.write import written, written_bytes

NAMES = {
    "jsonl", "csv", "parquet", "webannotation", "ftm", "label-studio", "doccano", "prodigy",
    "brat", "bibtex", "csl-json",
}  # fmt: skip


def test_an_exporter_name_is_taken_once() -> None:
    assert set(EXPORTERS) >= NAMES
    with pytest.raises(ValueError, match="already registered"):
        exporter("jsonl", "again")(EXPORTERS["csv"].write)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_format_writes_the_same_bytes_again_and_survives_no_flags(
    name: str, store: Store
) -> None:
    results = []
    for found in (list(flags(store)), list(flags(store)), []):
        stream = io.BytesIO() if EXPORTERS[name].binary else io.StringIO()
        EXPORTERS[name](found, stream, lookup_in(store))
        results.append(stream.getvalue())
    assert results[0] == results[1]
    assert results[0] != results[2]


@pytest.mark.parametrize("name", sorted(NAMES - {"parquet", "brat"}))
def test_every_format_bears_a_flag_without_a_country(name: str, store: Store) -> None:
    store.put(analysis("n", country="", url="https://example.org/nowhere"), "x")
    text = written(name, flags(store, Filters(countries=("none",))), lookup_in(store))
    assert "example.org/nowhere" in text
    assert not re.search(r'(?:country|role):"|\|"|\[""\]', text)
    assert "TGO" not in text


def test_brat_has_no_empty_country(store: Store) -> None:
    for country, attributes in (("none", {"Status", "Actor"}),
                                ("TGO", {"Status", "Actor", "Country", "Role"})):  # fmt: skip
        store.put(analysis("n", country=""), "x")
        found = flags(store, Filters(countries=(country,)))
        archive = zipfile.ZipFile(io.BytesIO(written_bytes("brat", found, lookup_in(store))))
        lines = [
            line.split()
            for name in archive.namelist() if name.endswith(".ann")
            for line in archive.read(name).decode().splitlines() if line.startswith("A")
        ]  # fmt: skip
        assert {parts[1] for parts in lines} == attributes
        assert {len(parts) for parts in lines} == {4}


def test_parquet_has_flags_without_a_country(store: Store) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    store.put(analysis("n", country=""), "x")
    found = flags(store, Filters(countries=("none",)))
    rows = parquet.read_table(io.BytesIO(written_bytes("parquet", found))).to_pylist()
    assert [(row["country"], row["role"]) for row in rows] == [("", "")] * 2
