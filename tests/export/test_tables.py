import csv
import io
from dataclasses import asdict

import pytest

from catnlp.export import flags
from catnlp.export.tables import cell_text, safe_cell
from catnlp.store import Store
from tests.export.write import written, written_bytes


def test_csv_has_a_row_a_flag_and_gives_every_quote_back(store: Store) -> None:
    text = written("csv", flags(store))
    assert text.startswith("\ufeffid,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    for row, flag in zip(rows, flags(store), strict=True):
        assert cell_text(row["quote"]) == flag.quote
        start, end = int(row["trigger_start"]), int(row["trigger_end"])
        assert cell_text(row["quote"])[start:end] == flag.trigger
    assert rows[0]["section"] == "Section 1. > c. Torture"
    assert rows[0]["criteria"].split() == list(next(flags(store)).criteria)


def test_csv_runs_no_formula(store: Store) -> None:
    cells = [cell for row in csv.reader(io.StringIO(written("csv", flags(store)))) for cell in row]
    assert "'=SUM(A1) was what the clerk’s ledger said, and bribes." in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-x", "@x", "'x", "''=x", "x", "", "＝1", "é", "\n=1"]
)
def test_safe_cell_comes_back(text: str) -> None:
    assert cell_text(safe_cell(text)) == text


@pytest.mark.parametrize("first", [*"=+-@\t\r\n＝＋－＠"])
def test_safe_cell_marks_every_beginning_of_a_formula(first: str) -> None:
    assert safe_cell(f"{first}1") == f"'{first}1"


def test_safe_cell_leaves_plain_text_and_numbers() -> None:
    assert safe_cell("a=b") == "a=b"
    assert safe_cell(-3) == -3


def test_parquet_opens_with_the_same_values(store: Store) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written_bytes("parquet", flags(store))))
    expected = [asdict(flag) for flag in flags(store)]
    rows = table.to_pylist()
    assert len(rows) == len(expected)
    for row, flag in zip(rows, expected, strict=True):
        assert {
            **row,
            **{k: tuple(row[k]) for k in ("section", "sales", "criteria", "units", "also_in")},
        } == flag
