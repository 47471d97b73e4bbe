"""Flags as rows: JSON Lines, CSV, Parquet. The JSON Schema of a flag describes them all."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from catnlp.domain import Flag
from catnlp.errors import UsageError
from catnlp.export.formats import Lookup, exporter

if TYPE_CHECKING:
    import pyarrow

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = [field.name for field in fields(Flag)]
JOINED = {"section": " > ", "sales": " ", "criteria": " ", "units": "; ", "also_in": "; "}
ROW_GROUP = 20_000


@exporter("jsonl", "JSON Lines, one flag a line; `catnlp schema flag` describes it")
def write_jsonl(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    for flag in found:
        stream.write(json.dumps(asdict(flag), ensure_ascii=False, sort_keys=True) + "\n")


@exporter("csv", "CSV for spreadsheets (UTF-8 with a byte-order mark), one flag a row")
def write_csv(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    """Lists are joined: sections by " > ", ids by spaces. See `safe_cell` for apostrophes."""
    stream.write("\ufeff")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for flag in found:
        row = asdict(flag)
        for name, mark in JOINED.items():
            row[name] = mark.join(row[name])
        writer.writerow({name: safe_cell(value) for name, value in row.items()})


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; so does text
    that has one there already, so that taking off one apostrophe always gives the text back."""
    if isinstance(value, str) and value.startswith((*FORMULA, "'")):
        return f"'{value}"
    return value


def cell_text(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell.removeprefix("'")


@exporter("parquet", "Apache Parquet, for pandas, DuckDB and R (extra: parquet)", binary=True)
def write_parquet(found: Iterable[Flag], stream: IO[bytes], lookup: Lookup | None = None) -> None:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise UsageError("parquet needs pyarrow: pip install 'catnlp[parquet]'") from error
    schema = _arrow_schema(pyarrow)
    with parquet.ParquetWriter(stream, schema) as writer:
        rest = iter(found)
        while rows := [asdict(flag) for flag in islice(rest, ROW_GROUP)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))


def _arrow_schema(arrow: Any) -> "pyarrow.Schema":
    kinds: dict[Any, Any] = {
        str: arrow.string(), float: arrow.float64(), int: arrow.int64(),
        int | None: arrow.int64(), tuple[str, ...]: arrow.list_(arrow.string()),
    }  # fmt: skip
    return arrow.schema(
        [(field.name, kinds.get(field.type, arrow.string())) for field in fields(Flag)]
    )
