"""Our own flags, CSV or JSONL, with what a reviewer wrote into them.

Columns to add: `verdict` (accept, reject, correct, add), `why`, `reviewer`, `decided`. Category,
status, actor, country and role may also be changed where they stand. A row without a verdict that
is unchanged says nothing, and so does a row that was taken out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from catnlp.errors import InputError
from catnlp.review.formats.labels import ROLES, check
from catnlp.review.formats.records import Located, Record, quote_of
from catnlp.review.tasks import Quote, Row, Task

WORDS = {
    "": "", "accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject",
    "correct": "correct", "corrected": "correct", "add": "add", "added": "add",
}  # fmt: skip


def read_flags(records: Iterable[Located]) -> Iterator[Task]:
    """One task for the rows of a quote by one reviewer; their labels are checked."""
    groups: dict[tuple[object, ...], list[tuple[str, Record, Quote]]] = defaultdict(list)
    for where, record in records:
        quote = quote_of(record, where)
        said = tuple(_text(record, name) for name in ("reviewer", "decided", "why"))
        groups[quote.document_id, quote.text, quote.start, *said].append((where, record, quote))
    for group in groups.values():
        where, first, quote = group[0]
        yield Task(
            where=where,
            quote=quote,
            rows=tuple(_row(record, quote, where) for where, record, quote in group),
            whole=False,
            reviewer=_text(first, "reviewer"),
            decided=_text(first, "decided"),
            why=_text(first, "why"),
        )


def _row(record: Record, quote: Quote, where: str) -> Row:
    verdict = _text(record, "verdict").lower()
    if verdict not in WORDS:
        raise InputError(
            f"{where}: verdict {verdict!r}; write accept, reject, correct or add, or nothing"
        )
    trigger, country, role = (_text(record, name) for name in ("trigger", "country", "role"))
    if trigger not in quote.text:
        raise InputError(f"{where}: the trigger {trigger!r} is not in the quote; copy it")
    if role and role not in ROLES:
        raise InputError(f"{where}: role {role!r}; there are: {', '.join(ROLES)}")
    return Row(
        where=where,
        id=_text(record, "id"),
        verdict=WORDS[verdict],
        category=check("category", _text(record, "category"), where),
        status=check("status", _text(record, "status"), where),
        actor=check("actor", _text(record, "actor"), where),
        trigger=trigger,
        start=_start(record, quote.text, trigger),
        countries=((role, check("country", country, where)),) if country else (),
    )


def _text(record: Record, name: str) -> str:
    return str(record.get(name) or "").strip()


def _start(record: Record, text: str, trigger: str) -> int:
    written = record.get("trigger_start")
    if written not in (None, "") and text[int(written) :].startswith(trigger):
        return int(written)
    return text.index(trigger)
