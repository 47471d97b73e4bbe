"""Label Studio: its JSON export, whole or JSON-MIN.

A region has a category (`labels`) and, each as a control of its own with per-region values,
status and actor (`choices`) and countries (`textarea` or `choices`; one that is named
`responsible` or `location` says the role, too).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from catnlp.errors import InputError
from catnlp.review.formats.labels import ROLES, Span, rows
from catnlp.review.formats.records import Located, Record, from_utf16, quote_of, shown
from catnlp.review.tasks import Quote, Task

COUNTRY = ("country", *ROLES)  # controls in which countries are written
KINDS = ("labels", "choices", "taxonomy")  # controls whose values are names of labels


def read_label_studio(records: Iterable[Located]) -> Iterator[Task]:
    """One task an annotation; each annotator of a task decides alone."""
    for where, record in records:
        quote = quote_of(record, where)
        for annotation in _annotations(record, where):
            results = annotation.get("result") or []
            yield Task(
                where=where,
                quote=quote,
                **shown(record, where),
                rows=rows(quote.text, _spans(quote, results), where),
                whole=True,
                confirmed=True,
                rejected=_says(results, "reject"),
                reviewer=_person(annotation.get("completed_by")),
                decided=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
                why=_why(results),
            )


def _annotations(record: Record, where: str) -> Iterator[Record]:
    """Those of the whole export that were not skipped; or the record itself, as JSON-MIN."""
    found = record.get("annotations", record.get("completions"))
    if found is not None:
        yield from (a for a in found if isinstance(a, dict) and not a.get("was_cancelled"))
        return
    if "annotation_id" not in record:
        raise InputError(f"{where}: no `annotations`; export as JSON or JSON-MIN")
    results = [
        {"from_name": name, "type": kind, "value": region}
        for name, regions in record.items()
        if isinstance(regions, list)
        for region in regions
        if isinstance(region, dict)
        for kind in (*KINDS, "text")
        if kind in region
    ]
    yield {**record, "result": results, "completed_by": record.get("annotator")}


def _spans(quote: Quote, results: Iterable[Record]) -> Iterator[Span]:
    for result in results:
        value = result.get("value") or {}
        if "start" not in value or "end" not in value:
            continue
        names = tuple(_names(result, value))
        if names:
            start, end = _offsets(quote.text, value)
            yield Span(start, end, names, str(result.get("id") or ""))


def _names(result: Record, value: Record) -> Iterator[str]:
    control = str(result.get("from_name") or "")
    found: list[Any] = next((value[kind] for kind in KINDS if kind in value), [])
    if result.get("type") in ("textarea", "text"):
        written = value.get("text") or ()
        written = [written] if isinstance(written, str) else written
        found = " ".join(written).upper().replace(",", " ").split() if control in COUNTRY else []
    for name in found:
        last = name[-1] if isinstance(name, list) else name  # a path of the taxonomy control
        yield f"{control}:{last}" if control in ROLES else str(last)


def _offsets(text: str, value: Record) -> tuple[int, int]:
    """In characters; some versions count UTF-16 units, which differ after an emoji."""
    start, end = int(value["start"]), int(value["end"])
    expected = value.get("text")
    ahead = from_utf16(text, start)
    if isinstance(expected, str) and text[start:end] != expected:
        return ahead, ahead + len(expected)
    return start, end


def _says(results: Iterable[Record], word: str) -> bool:
    """A choice for the whole task."""
    return any(
        word in (result["value"].get("choices") or ())
        for result in results
        if "start" not in (result.get("value") or {"start": 0})
    )


def _why(results: Iterable[Record]) -> str:
    said = [r["value"].get("text") or [] for r in results if r.get("from_name") == "why"]
    return "; ".join(text for texts in said for text in ([texts] if type(texts) is str else texts))


def _person(who: object) -> str:
    if isinstance(who, dict):
        return str(who.get("email") or who.get("username") or who.get("id") or "")
    return "" if who is None else str(who)
