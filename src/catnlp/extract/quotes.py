"""Quotes as files hold them: flags, country pages, lists of one's own."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.errors import InputError

STORE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are said to stand in a file; what is not stated is not checked."""

    quote: str
    uri: str
    document_id: str = ""
    page: int | None = None
    start: int | None = None
    id: str = ""


def read_quotes(path: Path) -> list[Quote]:
    """Quotes of flags or lines (JSONL, CSV) or of a country page (HTML, JSON).

    InputError names the line that is no quote, or says that the file has none or is no text.
    """
    text = _text(path)
    if text.lstrip().startswith("<"):
        quotes = list(_of_page(text))
    elif path.suffix == ".json":
        quotes = list(_of_objects(_json(path, 1, text)))
    else:
        quotes = list(_of_lines(path, text))
    if not quotes:
        raise InputError(f"{path}: no quotes; give flags (JSONL, CSV) or a country page")
    return quotes


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith(STORE):
        raise InputError(
            f"{path}: a store, not a file of quotes; give its flags.jsonl or a country page "
            f"(`catnlp export jsonl {path}` writes flags)"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not text in UTF-8; give flags (JSONL, CSV) or a country page (HTML, JSON)"
        ) from error


def _of_lines(path: Path, text: str) -> Iterator[Quote]:
    rows: Iterable[tuple[int, Any]]
    if text.lstrip().startswith("{"):
        rows = ((n, _json(path, n, line)) for n, line in enumerate(text.splitlines(), 1) if line)
    else:
        rows = enumerate(csv.DictReader(text.splitlines(keepends=True)), 2)
    return (_quote(path, number, row) for number, row in rows)


def _of_page(text: str) -> Iterator[Quote]:
    from selectolax.lexbor import LexborHTMLParser

    for number, article in enumerate(LexborHTMLParser(text).css("article[data-document]"), 1):
        held, words = article.attributes, article.css_first("blockquote")
        yield Quote(
            quote=words.text() if words else "",
            uri=held["data-uri"] or "",
            document_id=held["data-document"] or "",
            page=_number(held.get("data-page")),
            start=_number(held["data-start"]),
            id=f"quote {number}",
        )


def _of_objects(value: Any) -> Iterator[Quote]:
    """Every object that has a quote and a file, however deep it stands."""
    if isinstance(value, list):
        for held in value:
            yield from _of_objects(held)
    elif isinstance(value, dict):
        if {"quote", "uri"} <= set(value):
            yield _plain(value, str(value.get("id") or value["quote"][:40]))
        for held in value.values():
            yield from _of_objects(held)


def _json(path: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}:{number}: not JSON ({error}); give one object a line") from error


def _quote(path: Path, number: int, row: Any) -> Quote:
    if not isinstance(row, dict) or not row.get("quote") or not row.get("uri"):
        raise InputError(
            f"{path}:{number}: no `quote` and `uri`; give flags as JSONL or CSV, or lines of "
            '{"quote": ..., "uri": ...}'
        )
    return _plain(row, row.get("id") or f"line {number}")


def _plain(row: dict[str, Any], id: str) -> Quote:
    return Quote(
        quote=row["quote"],
        uri=row["uri"],
        document_id=row.get("document_id") or "",
        page=_number(row.get("page")),
        start=_number(row.get("start")),
        id=id,
    )


def _number(value: object) -> int | None:
    return int(str(value)) if value not in (None, "") else None
