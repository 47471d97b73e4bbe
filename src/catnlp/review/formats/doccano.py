"""doccano, sequence labelling: JSONL with `label: [[start, end, name], ...]` or `entities`.

It counts UTF-16 units, as browsers do. It exports what nobody looked at, too, so that what is
unchanged is no acceptance by itself.
"""

from collections.abc import Iterable, Iterator

from catnlp.errors import InputError
from catnlp.review.formats.labels import Span, rows
from catnlp.review.formats.records import Located, Record, carried, from_utf16, quote_of, shown
from catnlp.review.tasks import Task


def read_doccano(records: Iterable[Located]) -> Iterator[Task]:
    """One task a record."""
    for where, record in records:
        quote = quote_of(record, where)
        held = carried(record)
        comments = record.get("Comments") or record.get("comments") or ()
        yield Task(
            where=where,
            quote=quote,
            **shown(record, where),
            rows=rows(quote.text, _spans(record, quote.text, where), where),
            whole=True,
            reviewer=str(held.get("reviewer") or ""),
            why="; ".join(str(comment) for comment in comments),
        )


def _spans(record: Record, text: str, where: str) -> Iterator[Span]:
    for start, end, name in _labels(record, where):
        yield Span(from_utf16(text, start), from_utf16(text, end), (name,))


def _labels(record: Record, where: str) -> Iterator[tuple[int, int, str]]:
    if isinstance(record.get("entities"), list):
        for entity in record["entities"]:
            yield entity["start_offset"], entity["end_offset"], entity["label"]
        return
    for item in record.get("label", record.get("labels")) or ():
        if not isinstance(item, list) or len(item) != 3:
            raise InputError(
                f"{where}: a label is {item!r}, not [start, end, name]; export a project of "
                "sequence labelling as JSONL"
            )
        yield int(item[0]), int(item[1]), str(item[2])
