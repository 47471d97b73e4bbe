"""When a mention happened: what its sentence says, else the period of the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from catnlp.domain import Document, EventDate, Mention, Sentence
from catnlp.extract.dates import MONTHS

Precision = Literal["day", "month", "year", "period", "published"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_POINT = (
    rf"(?:(?P<m{{0}}>{_MONTH})(?:\s(?P<d{{0}}>{_DAY})(?!\d))?(?:,?\s(?P<y{{0}}>{_YEAR}))?"
    rf"|(?P<e{{0}}>{_DAY})\s(?P<n{{0}}>{_MONTH})(?:,?\s(?P<z{{0}}>{_YEAR}))?|(?P<a{{0}}>{_YEAR}))"
)


def _point_pattern(number: int) -> str:
    """A date with its groups numbered, so that two can stand in one pattern."""
    return _POINT.replace("{0}", str(number))


RANGE = re.compile(
    rf"\b(?i:between|from)\s(?:late\s|early\s|mid-)?{_point_pattern(1)}\s(?:and|to|until|through|till)\s"
    rf"(?:late\s|early\s|mid-)?{_point_pattern(2)}\b"
)
SINCE = re.compile(
    rf"\b(?i:since|from)\s(?:at least\s)?(?:late\s|early\s|mid-)?{_point_pattern(1)}\b"
)
POINT = re.compile(
    rf"\b(?i:on|in|by|during|until|of|late|early|mid|around|before|after|the|,)?[\s-]?{_point_pattern(1)}\b"
)
RELATIVE = re.compile(
    r"\b(?P<what>during the year|this year|last year|last month|this month|yesterday|today|"
    r"(?:on\s|last\s)(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TITLE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class When:
    """From `since` to `until`, ISO 8601 as precise as they are; an end may be empty (open)."""

    since: str
    until: str
    precision: Precision
    words: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a document says of its own time."""

    year: str  # that a report covers; empty where it is none
    published: str

    @property
    def end(self) -> str:
        return f"{self.year}-12-31" if self.year else self.published

    def period(self) -> When | None:
        """What holds for a sentence that names no date."""
        if self.year:
            return When(self.year, self.year, "period", f"year of the report: {self.year}")
        if self.published:
            return When("", self.published, "published", "not after its publication")
        return None


def calendar(title: str, genre: str, published: str) -> Calendar:
    """A country report covers the year of its title, where it names one."""
    years = set(TITLE_YEAR.findall(title))
    is_report = genre == "country-report" or "Human Rights Practices" in title
    return Calendar(years.pop() if is_report and len(years) == 1 else "", published)


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
        told = when(sentence.text, *span, around)
        if told:
            found.append(EventDate(mention.id, told.since, told.until, told.precision, told.words))
    return tuple(found)


def when(text: str, start: int, end: int, around: Calendar) -> When | None:
    """The date in a sentence that stands nearest to the trigger `text[start:end]`."""
    found = list(_dates(text, around))
    if not found:
        return around.period()
    return min(
        found, key=lambda w: (max(w.start - end, start - w.start - len(w.words), 0), w.start)
    )


def _dates(text: str, around: Calendar) -> Iterator[When]:
    taken: list[tuple[int, int]] = []

    def free(match: re.Match[str]) -> bool:
        return not any(match.start() < b and a < match.end() for a, b in taken)

    for match in RANGE.finditer(text):
        until = _point(match, 2, around, "")
        since = _point(match, 1, around, until[:4])
        if since and until and since <= until:
            taken.append(match.span())
            yield When(since, until, _precision(since), match[0], match.start())
    for match in SINCE.finditer(text):
        since = _point(match, 1, around, "") if free(match) else ""
        if since:
            taken.append(match.span())
            yield When(since, around.end, _precision(since), match[0], match.start())
    for match in POINT.finditer(text):
        stated = _point(match, 1, around, "") if free(match) and _is_date(match) else ""
        if stated:
            taken.append(match.span())
            yield When(stated, stated, _precision(stated), match[0].strip(" ,-"), match.start())
    for match in RELATIVE.finditer(text):
        stated = _relative(match["what"].lower(), around)
        if stated and free(match):
            yield When(stated, stated, _precision(stated), match[0], match.start())


def _is_date(match: re.Match[str]) -> bool:
    """A month alone needs its preposition: "May" and "March" are other words too."""
    if match["m1"] and not match["d1"] and not match["y1"]:
        return match[0].lower().startswith(("in", "during", "until", "late", "early", "by", "mid"))
    return True


def _point(match: re.Match[str], number: int, around: Calendar, year: str) -> str:
    month = match[f"m{number}"] or match[f"n{number}"]
    day = match[f"d{number}"] or match[f"e{number}"]
    stated = match[f"y{number}"] or match[f"z{number}"] or match[f"a{number}"] or year
    if not month:
        return stated
    parts = f"{MONTHS[month.lower()]:02}" + (f"-{int(re.sub(r'[a-z]', '', day)):02}" if day else "")
    stated = stated or _year_of(parts, around)
    if not stated:
        return ""
    return f"{stated}-{parts}" if _exists(stated, parts) else ""


def _year_of(parts: str, around: Calendar) -> str:
    """The year of a month without one: the report's, else the last before publication."""
    if around.year:
        return around.year
    if len(around.published) < 7:
        return ""
    year = int(around.published[:4])
    later = parts > around.published[5 : 5 + len(parts)]
    return str(year - 1 if later else year)


def _exists(year: str, parts: str) -> bool:
    numbers = [int(part) for part in parts.split("-")]
    try:
        date(int(year), numbers[0], numbers[1] if len(numbers) > 1 else 1)
    except ValueError:
        return False
    return True


def _relative(words: str, around: Calendar) -> str:
    if words in ("during the year", "this year"):
        return around.year or around.published[:4]
    if around.year and words == "last year":
        return str(int(around.year) - 1)
    if words == "last year" and around.published:
        return str(int(around.published[:4]) - 1)
    if len(around.published) < 10:
        return ""
    day = date.fromisoformat(around.published[:10])
    if words == "this month":
        return f"{day:%Y-%m}"
    if words == "last month":
        return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
    back = {"today": 0, "yesterday": 1}.get(words)
    if back is None:
        weekday = WEEKDAYS.index(words.split()[-1])
        back = (day.weekday() - weekday) % 7 or (7 if words.startswith("last") else 0)
    return (day - timedelta(days=back)).isoformat()


def _precision(stated: str) -> Precision:
    return {4: "year", 7: "month"}.get(len(stated), "day")  # type: ignore[return-value]
