"""Prodigy: JSONL with `spans` and `answer` (accept, reject, ignore)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from catnlp.errors import InputError
from catnlp.review.formats.labels import Span, rows
from catnlp.review.formats.records import Located, Record, carried, quote_of, shown
from catnlp.review.tasks import Task

ANSWERS = ("accept", "reject", "ignore")


def read_prodigy(records: Iterable[Located]) -> Iterator[Task]:
    """One task a record that was answered; an ignored one says nothing."""
    for where, record in records:
        answer = record.get("answer")
        if answer not in ANSWERS:
            raise InputError(f"{where}: answer {answer!r}; Prodigy writes {', '.join(ANSWERS)}")
        if answer == "ignore":
            continue
        quote = quote_of(record, where)
        yield Task(
            where=where,
            quote=quote,
            **shown(record, where),
            rows=rows(quote.text, map(_span, record.get("spans") or ()), where),
            whole=True,
            confirmed=answer == "accept",
            rejected=answer == "reject",
            reviewer=_reviewer(record),
            decided=_time(record),
            why=str(carried(record).get("why") or ""),
        )


def _span(span: Record) -> Span:
    """Spans of ours carry status, actor and country; one that was drawn anew does not."""
    beside = [str(span[name]) for name in ("status", "actor", "country") if span.get(name)]
    names = "|".join([str(span["label"]), *beside])
    return Span(int(span["start"]), int(span["end"]), (names,), str(span.get("id") or ""))


def _reviewer(record: Record) -> str:
    """Prodigy's session id is `dataset-name`; its annotator id likewise."""
    return str(record.get("_annotator_id") or record.get("_session_id") or "")


def _time(record: Record) -> str:
    stamp = record.get("_timestamp")
    return datetime.fromtimestamp(stamp, UTC).isoformat(timespec="seconds") if stamp else ""
