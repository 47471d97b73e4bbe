"""Files of labelling tools as records, and the fields that catnlp had put into them."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from catnlp.domain import Labels
from catnlp.errors import InputError
from catnlp.review.tasks import Quote

Record = dict[str, Any]
Located = tuple[str, Record]  # where it stands, for messages; the record


def read_records(path: Path) -> list[Located]:
    """The objects of a JSON array, of JSON lines, or the rows of a CSV file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error}); export it again as UTF-8") from error
    if path.suffix.lower() == ".csv":
        rows = csv.DictReader(text.splitlines(keepends=True))
        return [(f"{path}: row {n}", _cells(row)) for n, row in enumerate(rows, 2)]
    found = list(_json(text, path))
    for where, record in found:
        if not isinstance(record, dict):
            raise InputError(f"{where}: not a JSON object; see `catnlp review import --help`")
    return found


def _cells(row: Mapping[str, str]) -> Record:
    """Our CSV has an apostrophe before what a spreadsheet would take for a formula."""
    return {name: (cell or "").removeprefix("'") for name, cell in row.items() if name}


def _json(text: str, path: Path) -> Iterator[Located]:
    if text.lstrip().startswith("["):
        try:
            yield from ((f"{path}: record {n}", r) for n, r in enumerate(json.loads(text), 1))
        except json.JSONDecodeError as error:
            raise InputError(f"{path}: not a whole JSON file ({error})") from error
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield f"{path}:{number}", json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(f"{path}:{number}: not JSON ({error})") from error


def carried(record: Record) -> Record:
    """What catnlp wrote beside the text, at the top or under `data`, `meta` or `catnlp`."""
    merged: Record = {}
    for layer in _layers(record):
        merged.update({k: v for k, v in layer.items() if k not in merged})
    return merged


def _layers(record: Record) -> Iterable[Record]:
    yield record
    for name in ("catnlp", "meta", "data"):
        inner = record.get(name)
        if isinstance(inner, dict):
            yield from _layers(inner)


def quote_of(record: Record, where: str) -> Quote:
    """InputError where the record does not say which document it quotes."""
    held = carried(record)
    text, document = held.get("text") or held.get("quote"), held.get("document_id")
    if not isinstance(text, str) or not text:
        raise InputError(f"{where}: no `text` or `quote`")
    if not isinstance(document, str) or not document:
        raise InputError(f"{where}: no `document_id`; keep the fields that `catnlp export` wrote")
    return Quote(
        text=text,
        document_id=document,
        start=int(held.get("quote_start") or held.get("start") or 0),
        before=str(held.get("prev") or ""),
        after=str(held.get("next") or ""),
        uri=str(held.get("uri") or ""),
        title=str(held.get("title") or held.get("document_title") or ""),
    )


def shown(record: Record, where: str) -> dict[str, Any]:
    """`seen` and `flags` of a Task: what the reviewer was shown, as far as the record says."""
    held = carried(record)
    mentions, flags = held.get("mentions"), held.get("flags")
    try:
        return {
            "seen": tuple(map(_labels, mentions)) if isinstance(mentions, list) else None,
            "flags": tuple(map(str, flags)) if isinstance(flags, list) else None,
        }
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{where}: `mentions` are not as exported ({type(error).__name__}: {error}); "
            "see `catnlp schema sentence`"
        ) from error


def _labels(mention: Mapping[str, Any]) -> Labels:
    return Labels(
        category=mention["category"],
        status=mention["status"],
        actor=mention["actor"],
        trigger=mention["trigger"],
        responsible=tuple(sorted(mention.get("responsible") or ())),
        location=tuple(sorted(mention.get("location") or ())),
        start=int(mention.get("start") or 0),
    )


def from_utf16(text: str, units: int) -> int:
    """The position in characters of one that is counted in UTF-16 units."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
