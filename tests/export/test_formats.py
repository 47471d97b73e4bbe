import io

import pytest

from catnlp.export import EXPORTERS, exporter, flags
from catnlp.export.formats import lookup_in
from catnlp.store import Store

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
