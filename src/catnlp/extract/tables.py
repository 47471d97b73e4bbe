"""Articles in CSV, JSON or JSON lines: a draft for each row."""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.errors import InputError
from catnlp.extract.clean import clean
from catnlp.extract.dates import iso_date
from catnlp.extract.draft import Draft
from catnlp.extract.encoding import decode
from catnlp.extract.plain import draft_of_text

COLUMNS = {  # our field: names it has in tables, the first that is filled counts
    "text": ("text", "body", "content", "article", "maintext"),
    "title": ("title", "headline", "name"),
    "date": ("date", "published", "publication_date", "date_publish", "pub_date"),
    "url": ("url", "link", "source_url", "uri"),
    "publisher": ("publisher", "source", "outlet", "source_name"),
    "language": ("language", "lang"),
}
ROW_LISTS = ("articles", "documents", "data", "items", "results", "rows")


@dataclass(frozen=True, slots=True)
class Row:
    """A numbered row; `problem` says why it cannot be read."""

    number: int
    fields: Mapping[str, str]
    problem: str = ""


def read_csv(path: Path) -> Iterator[Draft]:
    yield from _drafts(path, _csv_rows(decode(path.read_bytes())))


def read_jsonl(path: Path) -> Iterator[Draft]:
    yield from _drafts(path, _jsonl_rows(decode(path.read_bytes())))


def read_json(path: Path) -> Iterator[Draft]:
    try:
        data = json.loads(decode(path.read_bytes()))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path}: JSON that breaks off or is damaged ({error}); get the file again"
        ) from error
    yield from _drafts(path, _json_rows(path, data))


def _drafts(path: Path, rows: Iterable[Row]) -> Iterator[Draft]:
    """Drafts of the good rows; a bad row is a warning on the row before it, or the first."""
    held: Draft | None = None
    problems: list[str] = []
    for row in rows:
        problem = row.problem or ("" if row.fields.get("text") else "no text")
        if problem:
            problems.append(f"row {row.number} left out: {problem}")
            continue
        if held is not None:
            yield held.warned(*problems)
            problems = []
        held = _draft(row)
    if held is None:
        found = "; ".join(problems[:3]) or "no rows"
        raise InputError(
            f"{path}: a table without one article that can be read ({found}); "
            "it needs a column `text`, and may have title, date, url"
        )
    yield held.warned(*problems)


def _draft(row: Row) -> Draft:
    fields = row.fields
    body = draft_of_text(fields["text"], markdown=False)
    natural = "\x1f".join(fields.get(name, "") for name in ("title", "date", "url", "text"))
    return Draft(
        blocks=body.blocks,
        title=clean(fields.get("title", "")),
        publisher=clean(fields.get("publisher", "")),
        published=iso_date(fields.get("date", "")),
        url=fields.get("url", "").strip(),
        language=fields.get("language", "").strip().lower(),
        row=row.number,
        digest=hashlib.sha256(natural.encode("utf-8", "replace")).hexdigest(),
    )


def _fields(record: Mapping[str, Any]) -> dict[str, str]:
    lowered = {str(name).strip().lower(): value for name, value in record.items() if name}
    fields = {}
    for field, names in COLUMNS.items():
        stated = (lowered[name] for name in names if lowered.get(name))
        first = next(stated, None)
        if isinstance(first, str | int | float):
            fields[field] = str(first).strip()
    return fields


def _csv_rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            yield Row(number, {}, str(error))
            continue
        if record is None:
            return
        spare = record.pop(None, None)
        fields = _fields(record)
        if spare and not fields.get("text"):
            yield Row(number, fields, "more cells than columns")
        else:
            yield Row(number, fields)


def _jsonl_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"not JSON ({error})")
    if not isinstance(record, dict):
        return Row(number, {}, "not an object")
    return Row(number, _fields(record))


def _json_rows(path: Path, data: object) -> Iterator[Row]:
    records = data
    if isinstance(data, dict):
        lists = (data[name] for name in ROW_LISTS if isinstance(data.get(name), list))
        records = next(lists, [data])
    if not isinstance(records, list):
        raise InputError(f"{path}: JSON that is no list of articles; give a list of objects")
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield Row(number, _fields(record))
        else:
            yield Row(number, {}, "not an object")
