"""A day, month, part of a year, year or decade as prose writes it -> first and last date."""

import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from catnlp.extract.dates import MONTH_NAMES, MONTHS, WEEKDAY, iso_date
from catnlp.link.calendar import Calendar
from catnlp.resources import read_toml


class Span(NamedTuple):
    """ISO 8601, as precise as the text is; an open end is empty."""

    since: str
    until: str


@cache
def table() -> dict[str, Any]:
    return read_toml("catnlp.link", "dates.toml")


def words(name: str) -> list[str]:
    found: list[str] = table()["words"][name]
    return found


def plain(told: str) -> str:
    """Words of a text as the table has them."""
    return " ".join(told.lower().split())


def either(names: list[str]) -> str:
    """A pattern of any of these words; the longest first, any space between."""
    told = sorted(names, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s") for name in told) + ")"


SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:(?:{MONTH_NAMES})\b|{SHORT}(?=\s\d))"
YEAR = r"(?:19|20)\d\d"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:]|[.,]\d)"
PARTS = either(list(table()["parts"]))
PART = rf"(?i:(?:the\s)?(?P<part_>{PARTS})(?:\s(?:in|of)(?:\sthe)?(?:\syear)?\s|[\s-]))"
HEDGE = rf"(?i:(?:{either(words('hedges'))}\s(?:the\s)?){{0,3}})"
YEAR_AFTER = re.compile(r",?\s(?:of\s)?(this|last|that|the\ssame)\syear\b")
OF_YEAR = rf",?\s(?:of\s)?(?P<{{}}_>{YEAR})(?!\d|[/,]\d)"
POINT = (
    rf"{HEDGE}{PART}?(?:{WEEKDAY},?\s(?:the\s)?)?(?:"
    rf"(?P<iso_>(?:{YEAR}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]{YEAR}))(?!\d)"
    rf"|(?P<m_>{MONTH})(?:\s(?P<d_>{DAY}))?(?:{OF_YEAR.format('y')})?"
    rf"|(?P<e_>{DAY})\s(?:of\s)?(?P<n_>{MONTH})(?:{OF_YEAR.format('z')})?"
    rf"|(?P<decade_>{YEAR[:-4]}\d0)[’']?s"
    rf"|(?P<a_>{YEAR})(?![\d%]|[/.,]\d|-\w)"
    r"|(?<=\sthe\s)(?P<this_>year)\b)"
)


def point(number: int) -> str:
    """A date with its groups numbered, so that two can stand in one pattern."""
    return re.sub(r"(?<=\w)_>", f"{number}>", POINT)


def read(match: re.Match[str], number: int, around: Calendar, year: str = "") -> Span | None:
    """What a matched `point(number)` says; `year` is for one that names none."""

    def group(name: str) -> str:
        return match[f"{name}{number}"] or ""

    if group("iso"):
        stated = iso_date(group("iso").replace(".", "/"))
        return Span(stated, stated) if stated else None
    if group("decade"):
        last = str(int(group("decade")) + 9)
        return Span(group("decade"), min(last, around.end[:4] or last))
    month, day = group("m") or group("n"), group("d") or group("e")
    stated = group("y") or group("z") or group("a") or (around.year if group("this") else "")
    if month:
        return exact(stated or _year_after(match, around) or year, month, day, around)
    if not stated:
        return None
    part = re.sub(r"\s+", " ", group("part").lower())
    if group("this") and not part:
        return None
    if part:
        first, last_month = table()["parts"][part]
        return Span(f"{stated}-{first:02}", f"{stated}-{last_month:02}")
    return Span(stated, stated)


def _year_after(match: re.Match[str], around: Calendar) -> str:
    """ "March last year", "October of that year": a year that another word tells."""
    told = YEAR_AFTER.match(match.string, match.end())
    if told is None:
        return ""
    if told[1] in ("this", "last"):
        year = around.year or around.published[:4]
        return str(int(year) - (told[1] == "last")) if year else ""
    named = re.findall(rf"\b{YEAR}\b", match.string[: match.start()])
    return named[-1] if named else ""


def exact(year: str, month: str, day: str, around: Calendar) -> Span | None:
    """A month or a day, where the calendar has it."""
    number = MONTHS[month.lower().rstrip(".")]
    days = re.sub(r"[a-z]", "", day)
    parts = f"{number:02}" + (f"-{int(days):02}" if days else "")
    stated = year or around.year_of(parts)
    if not stated:
        return None
    try:
        date(int(stated), number, int(days or 1))
    except ValueError:
        return None
    return Span(f"{stated}-{parts}", f"{stated}-{parts}")


def kind(match: re.Match[str], number: int) -> str:
    """Whether a matched point is a day, a month, a year or a decade."""
    if match[f"decade{number}"]:
        return "decade"
    if match[f"m{number}"] or match[f"n{number}"]:
        return "day" if match[f"d{number}"] or match[f"e{number}"] else "month"
    return "day" if match[f"iso{number}"] else "year"


def own_year(match: re.Match[str], number: int) -> str:
    """The year that a matched point itself names."""
    return next((y for name in "yza" if (y := match[f"{name}{number}"])), "")
