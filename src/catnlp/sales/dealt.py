"""When a clause says that a sale was: a day, a month, a year or a span of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catnlp.extract.dates import (
    DAY_FIRST,
    ISO,
    MONTH_FIRST,
    MONTH_NAMES,
    MONTH_ONLY,
    MONTHS,
    iso_date,
)
from catnlp.link.calendar import Calendar
from catnlp.sales.marks import any_of

FULL = "|".join(f"(?:{p.pattern})" for p in (ISO, DAY_FIRST, MONTH_FIRST, MONTH_ONLY))
YEAR = r"\b(?:19|20)\d\d\b"
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
SPAN = re.compile(
    rf"(?P<lead>\b(?:between|from)\s+)?(?P<since>{FULL}|{YEAR})(?:\s+(?P<and>and|or)\s+"
    rf"|\s+(?:to|until|through|till)\s+|\s*[–-]\s*)(?P<until>{FULL}|{YEAR})",
    re.I,
)
MONTHS_OF = re.compile(rf"\b(?:{MONTH})\s+(?:and|to|or)\s+(?:{MONTH})\s+(?P<date>{YEAR})", re.I)
DATE = re.compile(rf"(?P<date>{FULL})", re.I)
YEAR_ALONE = re.compile(
    r"\b(?:in|since|during|throughout|early|late|mid-?|(?:end|beginning|start|half|quarter|spring"
    r"|summer|autumn|fall|winter)\s+of)\s*(?:fiscal\s+(?:year\s+)?)?(?:(?!the\b)[a-z]+\s+)?"
    rf"(?P<date>{YEAR})|\b(?:an?|the|its|their)\s+(?P<deal>{YEAR})\s+"
    r"(?:sale|deal|contract|agreement|order|purchase|transfer)\b",
    re.I,
)
MONTH_ALONE = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Ss]ince|[Dd]uring)\s+(?:early\s+|late\s+|mid-)?"
    rf"(?P<date>(?P<month>{MONTH_NAMES})(?:\s+(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)?)\b"
    r"(?!,?\s+(?:(?:of\s+)?(?:this|last|next|that|the\s+\w+)\s+year|of\b|and\b|or\b|to\b|\d))"
)
NOWHEN = Calendar("", "")


@dataclass(frozen=True, slots=True)
class Dealt:
    """A date as precise as said, the last of a span, and where it stands."""

    date: str
    until: str
    start: int
    end: int


def dealt(text: str, start: int, end: int, around: Calendar = NOWHEN) -> Dealt | None:
    """The one date of the sale between two offsets; None where several are named. A month without
    a year ("in September") is the one of its calendar."""
    taken: list[tuple[int, int]] = []
    found: list[Dealt] = []
    for pattern in (SPAN, MONTHS_OF, DATE, YEAR_ALONE):
        for match in pattern.finditer(text, start, end):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            if not _is_other(text[start : match.start()]):
                found.append(_of(match))
    if not taken:
        found += _months(text, start, end, around)
    dates = {(held.date, held.until) for held in found}
    return found[0] if len(dates) == 1 and found[0].date else None


def _is_other(before: str) -> bool:
    """Whether the words before a date say that it is not that of the sale."""
    return (
        any_of("other_date", r"\s*(?:\b(?:in|on|of|since|during)\s+)?$").search(before) is not None
    )


def _months(text: str, start: int, end: int, around: Calendar) -> Iterator[Dealt]:
    for match in MONTH_ALONE.finditer(text, start, end):
        parts = f"{MONTHS[match['month'].lower()]:02}"
        parts += f"-{int(match['day']):02}" if match["day"] else ""
        year = around.year_of(parts)
        before = text[start : match.start()]
        if year and not _is_other(before) and not any_of("to_come").search(before):
            yield Dealt(f"{year}-{parts}", "", *match.span("date"))


def _of(match: re.Match[str]) -> Dealt:
    groups = match.groupdict()
    if groups.get("since"):
        since, until = iso_date(groups["since"]), iso_date(groups["until"])
        two = since > until or (groups["and"] and not groups["lead"])  # "in 2016 and 2020"
        return Dealt("" if two else since, until, match.start("since"), match.end())
    name = "date" if groups["date"] else "deal"
    return Dealt(iso_date(match[name]), "", *match.span(name))
