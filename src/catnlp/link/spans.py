"""Every date, span and open span that a sentence names, with the words that say it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from catnlp.link.asides import (
    ends_span,
    is_count,
    is_of_document,
    is_of_office,
    is_to_come,
    opens_span,
)
from catnlp.link.calendar import Calendar
from catnlp.link.points import (
    DAY,
    MONTH,
    YEAR,
    YEAR_AFTER,
    Span,
    either,
    exact,
    kind,
    own_year,
    plain,
    point,
    read,
    table,
    words,
)  # fmt: skip

Precision = Literal["day", "month", "year", "period", "published"]


@dataclass(frozen=True, slots=True)
class When:
    """From `since` to `until`, ISO 8601 as precise as they are; an end may be empty (open)."""

    since: str
    until: str
    precision: Precision
    words: str
    start: int = 0


DASH = r"\s?[-–—/]\s?"
TO = r"\s(?:to|until|through|till|up\sto)\s"
AND = r"\s(?:and|or)\s"
ALONE = r"(?<![\w/$€£#.-])"
# A number after "and" or "to" is a day only where no noun follows it: "March 3 to 12 years".
GOES_ON = (
    "in|on|at|near|by|when|where|while|during|after|before|as|and|but|the|an?|they|he|she|it|"
    "his|her|its|their|police|soldiers|troops|security|authorities|officers|unidentified|unknown"
)
NO_NOUN = rf"(?!\s(?!(?:{GOES_ON})\b)[a-z-]+|-?\w)"
DAYS = (
    re.compile(
        rf"\b(?:(?i:from|between)\s(?:at\sleast\s)?)(?P<m>{MONTH})\s(?P<first>{DAY})"
        rf"(?:{TO}|{AND})(?P<last>{DAY})(?:,?\s(?P<y>{YEAR}))?\b"
    ),
    re.compile(
        rf"\b(?P<m>{MONTH})\s(?P<first>{DAY})(?P<dash>{DASH})?(?(dash)|(?:{TO}|{AND}))(?P<last>{DAY})"
        rf"(?:,?\s(?P<y>{YEAR})\b|(?(dash)(?!-?\w)|{NO_NOUN}))"
    ),
    re.compile(
        rf"(?:(?i:from|between)\s)?{ALONE}(?P<first>{DAY})(?:{DASH}|{TO}|{AND})(?P<last>{DAY})"
        rf"\s(?P<m>{MONTH})(?:,?\s(?P<y>{YEAR}))?\b"
    ),
)
YEARS = re.compile(rf"{ALONE}(?P<first>{YEAR})[-–/](?P<last>{YEAR}|\d\d)(?![\w/%]|[-–.,]\d)")
RANGE = re.compile(
    rf"\b(?i:between|from|since)\s(?:the\s)?{point(1)}(?P<join>{TO}|{AND}|{DASH}|\sand\suntil\s)"
    rf"(?:the\s)?{point(2)}\b"
)
PAIR = re.compile(
    rf"(?:\b(?i:in|during|on|of|over)\s)?(?:the\s)?{ALONE}{point(1)}(?P<join>{TO}|{AND}|{DASH})"
    rf"(?:the\s)?{point(2)}\b"
)
ONGOING = re.compile(
    rf"(?:\b(?i:from)\s)?{ALONE}{point(1)}(?:{DASH}|{TO})(?:the\s)?(?:present|now|today)\b"
)
SOME = (
    r"(?:(?:the|an?|its|their)\s"
    r"(?:(?!(?:in|on|of|from|since|during|by|at|to|and|until|for)\b)(?-i:[a-z]+)\s){0,2})?"
)
OFFSET = re.compile(
    rf"\b(?i:(?:(?P<count>{either(list(table()['numbers']))}|\d{{1,3}})\s)?"
    rf"(?P<unit>{either(list(table()['spans']))})(?P<many>s?)\s"
    rf"(?P<way>before|ahead\sof|prior\sto|preceding|leading\sup\sto|after|following))\s{SOME}{point(1)}\b"
)
SINCE = re.compile(
    rf"\b(?:(?i:{either(words('since'))})(?:\s(?:in|on|from))?\s(?:the\s)?"
    rf"|(?P<from>(?i:from)\s)(?:the\s(?=\d{{3}}0[’']?s\b))?){point(1)}\b"
)
UNTIL = re.compile(
    rf"\b(?P<word>(?i:{either(words('until'))}\s{SOME}|{either(words('counted_until'))}\s))"
    rf"{point(1)}\b"
)
AFTER = re.compile(rf"\b(?P<word>(?i:{either(words('after'))}))\s{SOME}{point(1)}\b")
POINT = re.compile(
    rf"(?:\b(?i:on|in|by|during|until|of|around|before|after|the|last|this)\s|,\s)?(?:the\s)?"
    rf"{ALONE}{point(1)}\b"
)
LONE_MONTH = re.compile(rf"\b(?i:{either(words('month_after'))})(?:\s(?:in|the))*[\s-]+$")
RECORDING = re.compile(rf"\b{either(words('recordings'))}\s$", re.I)
LEAD = re.compile(
    r"(?:,\s)?(?:(?:on|in|of|by|the|an?|about|after|around|before|during|following|from|since|"
    r"through|under|until)\s)*",
    re.I,
)
NAME_AFTER = re.compile(r"\s[A-Z]|[’']s")


def spans(text: str, around: Calendar) -> Iterator[When]:
    """Dates that can be those of an event; each word of the text is read once."""
    taken: list[tuple[int, int]] = []
    for pattern, reading in READINGS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken) or _is_aside(match):
                continue
            span = reading(match, around)
            if span is None or _is_future(match, span, around):
                continue
            if after := YEAR_AFTER.match(text, end):
                end = after.end()
            taken.append((start, end))
            told = text[start:end].lstrip(" ,-")
            start = end - len(told)
            yield When(span.since, span.until, precision(span), told.rstrip(" ,-"), start)


def precision(span: Span) -> Precision:
    """That of the coarser end."""
    shortest = min(len(stated[:10]) for stated in span if stated)
    return {4: "year", 7: "month"}.get(shortest, "day")  # type: ignore[return-value]


def _is_aside(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    start, end = match.span()
    for n in (1, 2):
        is_bare = groups.get(f"a{n}") and not groups[f"part{n}"]
        if is_bare and is_count(match.string, *match.span(f"a{n}")):
            return True
    if is_of_office(match.string, start):
        return True
    return is_of_document(match.string, _behind_lead(match), end)


def _behind_lead(match: re.Match[str]) -> int:
    """Where the date itself begins, without "on the" before it."""
    lead = LEAD.match(match[0])
    return match.start() + (lead.end() if lead else 0)


def _is_future(match: re.Match[str], span: Span, around: Calendar) -> bool:
    """Past the document's own time, as stated or as the words before it tell."""
    last = max(around.end, around.published)
    begun = span.since or span.until
    if last and begun[: len(last)] > last[: len(begun)]:
        return True
    if around.year or not around.published or re.search(YEAR, match[0]):
        return False
    return begun[:4] < around.published[:4] and is_to_come(match.string, match.end())


def _days(match: re.Match[str], around: Calendar) -> Span | None:
    first = exact(match["y"] or "", match["m"], match["first"], around)
    last = exact(match["y"] or "", match["m"], match["last"], around)
    return Span(first.since, last.until) if first and last and first < last else None


def _years(match: re.Match[str], around: Calendar) -> Span | None:
    first, last = match["first"], match["last"]
    if len(last) == 2:
        if last <= first[2:] and 1 <= int(last) <= 12 and "/" not in match[0]:
            return Span(f"{first}-{last}", f"{first}-{last}")
        last = first[:2] + last
    return Span(first, last) if 0 < int(last) - int(first) <= 60 else None


def _range(match: re.Match[str], around: Calendar) -> Span | None:
    mine = own_year(match, 1)
    until = read(match, 2, around) or read(match, 2, around, mine)
    if until is None:
        return None
    since = read(match, 1, around, until.until[:4])
    if since and since.since > until.until and not mine:
        since = read(match, 1, around, str(int(until.until[:4]) - 1))
    return Span(since.since, until.until) if since and since.since <= until.until else None


def _pair(match: re.Match[str], around: Calendar) -> Span | None:
    """Without "from" or "between": what is next to each other, or plainly goes on."""
    kinds = kind(match, 1), kind(match, 2)
    joined = re.search(r"and|or", match["join"])
    if "month" in kinds and not own_year(match, 2) and not _is_told_as_month(match):
        return None
    if kinds[0] != kinds[1] and (joined or not match["join"].split()):
        return None
    span = _range(match, around)
    if span is None or not joined:
        return span
    if kinds[0] == "day" or _months(span.until) - _months(span.since) > _REACH[kinds[0]]:
        return None
    return span


_REACH = {"month": 1, "year": 23, "decade": 12 * 29 + 11}


def _months(stated: str) -> int:
    return int(stated[:4]) * 12 + int(stated[5:7] or 0)


def _ongoing(match: re.Match[str], around: Calendar) -> Span | None:
    span = read(match, 1, around)
    return Span(span.since, around.end) if span else None


def _offset(match: re.Match[str], around: Calendar) -> Span | None:
    """Between "two weeks before" a date and that date: no more is known of when."""
    base = read(match, 1, around)
    if base is None:
        return None
    numbers: dict[str, int] = table()["numbers"]
    told = plain(match["count"] or ("several" if match["many"] else "one"))
    unit = match["unit"].lower()
    far = timedelta(days=(numbers.get(told) or int(told)) * table()["spans"][unit])
    is_vague = told in words("vague")
    size = 4 if unit == "year" else min(len(base.since), 7 if is_vague else 10)
    if match["way"].lower() in ("after", "following"):
        last = (_last_day(base.until) + far).isoformat()[:size]
        return Span(base.since[:size], min(last, around.end[:size] or last))
    first = date.fromisoformat((base.since + "-01-01")[:10]) - far
    return Span(first.isoformat()[:size], base.until[:size])


def _last_day(stated: str) -> date:
    if len(stated) == 4:
        return date(int(stated), 12, 31)
    if len(stated) == 7:
        following = date.fromisoformat(f"{stated}-28") + timedelta(days=4)
        return following.replace(day=1) - timedelta(days=1)
    return date.fromisoformat(stated)


def _since(match: re.Match[str], around: Calendar) -> Span | None:
    span = read(match, 1, around)
    if span and match["from"] and RECORDING.search(match.string[: match.start()]):
        return span
    return Span(span.since, around.end) if span else None


def _until(match: re.Match[str], around: Calendar) -> Span | None:
    if not _dates_bound(match):
        return None
    if _is_lone(match) and match["word"].lower() in ("as of ", "through "):
        return None
    span = read(match, 1, around)
    return Span("", span.until) if span else None


def _after(match: re.Match[str], around: Calendar) -> Span | None:
    span = read(match, 1, around) if _dates_bound(match) else None
    return Span(span.since, around.end) if span else None


def _dates_bound(match: re.Match[str]) -> bool:
    """Not "by May" or "after June Smith": a month alone may be somebody."""
    if not _is_lone(match):
        return True
    if match["part1"]:
        return True
    return match["m1"] != "May" and not NAME_AFTER.match(match.string, match.end())


def _point(match: re.Match[str], around: Calendar) -> Span | None:
    if _is_lone(match) and not _is_told_as_month(match):
        return None
    span = read(match, 1, around)
    if span and opens_span(match.string, _behind_lead(match)):
        return Span(span.since, around.end)
    if span and ends_span(match.string, *match.span()):
        return Span("", span.until)
    return span


def _is_lone(match: re.Match[str]) -> bool:
    """Whether it names a month and nothing else."""
    return kind(match, 1) == "month" and not own_year(match, 1)


def _is_told_as_month(match: re.Match[str]) -> bool:
    start = match.start("m1")
    return start >= 0 and bool(LONE_MONTH.search(match.string[:start]))


Reading = Callable[[re.Match[str], Calendar], Span | None]
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (OFFSET, _offset),
    *((pattern, _days) for pattern in DAYS),
    (RANGE, _range),
    (ONGOING, _ongoing),
    (YEARS, _years),
    (PAIR, _pair),
    (SINCE, _since),
    (UNTIL, _until),
    (AFTER, _after),
    (POINT, _point),
)
