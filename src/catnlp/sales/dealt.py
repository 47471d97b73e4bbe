"""When a clause says that a sale was: a day, a month, a year or a span of them."""

import re
from dataclasses import dataclass

from catnlp.extract.dates import DAY_FIRST, ISO, MONTH_FIRST, MONTH_ONLY, MONTHS, iso_date
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


@dataclass(frozen=True, slots=True)
class Dealt:
    """A date as precise as said, the last of a span, and where it stands."""

    date: str
    until: str
    start: int
    end: int


def dealt(text: str, start: int, end: int) -> Dealt | None:
    """The one date of the sale between two offsets; None where several are named."""
    taken: list[tuple[int, int]] = []
    found: list[Dealt] = []
    for pattern in (SPAN, MONTHS_OF, DATE, YEAR_ALONE):
        for match in pattern.finditer(text, start, end):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            taken.append(match.span())
            if not any_of("other_date", r"\s*(?:\b(?:in|on|of|since|during)\s+)?$").search(
                text[start : match.start()]
            ):
                found.append(_of(match))
    dates = {(held.date, held.until) for held in found}
    return found[0] if len(dates) == 1 and found[0].date else None


def _of(match: re.Match[str]) -> Dealt:
    groups = match.groupdict()
    if groups.get("since"):
        since, until = iso_date(groups["since"]), iso_date(groups["until"])
        two = since > until or (groups["and"] and not groups["lead"])  # "in 2016 and 2020"
        return Dealt("" if two else since, until, match.start("since"), match.end())
    name = "date" if groups["date"] else "deal"
    return Dealt(iso_date(match[name]), "", *match.span(name))
