"""When a mention happened: what its sentence says, else the period of the document."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from catnlp.domain import Document, EventDate, Mention, Sentence
from catnlp.link.asides import ends_span, is_in_bound, is_of_source
from catnlp.link.calendar import Calendar, calendar
from catnlp.link.charges import is_of_charge, is_one_clause
from catnlp.link.points import Span
from catnlp.link.recent import recent
from catnlp.link.spans import When, precision, spans


def date_mentions(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[EventDate, ...]:
    """The date of each mention, where its sentence or its document tells one."""
    around = calendar(document.title, document.genre, document.published)
    by_id = {sentence.id: sentence for sentence in sentences}
    found = []
    for mention in mentions:
        sentence = by_id[mention.sentence_id]
        span = (mention.start - sentence.start, mention.end - sentence.start)
        told = when(sentence.text, *span, around, mention.category)
        if told:
            found.append(EventDate(mention.id, told.since, told.until, told.precision, told.words))
    return tuple(found)


def when(text: str, start: int, end: int, around: Calendar, category: str = "") -> When | None:
    """The date in a sentence that stands nearest to the trigger `text[start:end]`.

    When a source said so, or when somebody was arrested or tried for it, is no date of the event:
    it happened no later than that.
    """
    found = dates(text, around)
    events = [w for w in found if not is_of_source(text, w.start, w.start + len(w.words))]
    charged = [
        w for w in events if is_of_charge(text, w.start, w.start + len(w.words), start, category)
    ]
    if charged:
        after = [w for w in events if w.start >= end and is_one_clause(text, end, w.start)]
        return after[0] if after else _no_later(charged[-1], "charged then")
    if events:
        best = min(
            events, key=lambda w: (max(w.start - end, start - w.start - len(w.words), 0), w.start)
        )
        if is_in_bound(text, start, best.start):
            then = best.since if best.until in ("", around.end) else best.until
            return replace(best, since=then, until=then)
        return best
    if found:
        return _no_later(max(found, key=lambda w: w.until), "told then")
    return period(around)


def _no_later(date: When, why: str) -> When:
    return When("", date.until or date.since, "published", f"{why}: {date.words}", date.start)


@lru_cache(maxsize=256)  # each mention of a sentence asks
def dates(text: str, around: Calendar) -> tuple[When, ...]:
    """All dates of a sentence that can be those of an event."""
    found = list(spans(text, around))
    taken = [(w.start, w.start + len(w.words)) for w in found]
    for span, start, end in recent(text, around):
        if not any(start < b and a < end for a, b in taken):
            if ends_span(text, start, end):
                span = Span("", span.until)
            found.append(When(*span, precision(span), text[start:end], start))
    return tuple(found)


def period(around: Calendar) -> When | None:
    """What holds for a sentence that names no date."""
    if around.year:
        return When(around.year, around.year, "period", f"year of the report: {around.year}")
    if around.published:
        return When("", around.published, "published", "not after its publication")
    return None
