"""Dates as people write them -> ISO 8601, as precise as they are."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
MONTH_NAMES = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?!\d)")
COMPACT = re.compile(r"\b((?:19|20)\d\d)(\d\d)(\d\d)\b")
DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.I
)
MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I
)
MONTH_ONLY = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.I)
US_NUMBERS = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")
YEAR = re.compile(r"\A\s*((?:19|20)\d\d)\s*\Z")


def iso_date(text: str) -> str:
    """The first date in a date field; empty where there is none."""
    return first_full_date(text) or _compact(text) or _month_or_year(text)


def first_full_date(text: str) -> str:
    """The first date with day, month and year in running text."""
    found = []
    for pattern, order in ((ISO, "ymd"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy")):
        match = pattern.search(text)
        if match and match[3]:
            found.append((match.start(), _iso(dict(zip(order, match.groups(), strict=True)))))
    return next((stated for _, stated in sorted(found) if stated), "")


def first_month(text: str) -> str:
    """The first month with its year in running text."""
    match = MONTH_ONLY.search(text)
    return f"{match[2]}-{MONTHS[match[1].lower()]:02}" if match else ""


def _compact(text: str) -> str:
    match = COMPACT.search(text)
    return _iso(dict(zip("ymd", match.groups(), strict=True))) if match else ""


def _month_or_year(text: str) -> str:
    iso = ISO.search(text)
    if iso and 1 <= int(iso[2]) <= 12:
        return f"{iso[1]}-{iso[2]}"
    slashes = US_NUMBERS.search(text)
    if slashes:
        # Which number is the day is known only where one is above 12.
        first, second, year = int(slashes[1]), int(slashes[2]), slashes[3]
        if first > 12 >= second:
            return _iso({"y": year, "m": str(second), "d": str(first)})
        if second > 12 >= first:
            return _iso({"y": year, "m": str(first), "d": str(second)})
        return year
    year_only = YEAR.match(text)
    return first_month(text) or (year_only[1] if year_only else "")


def _iso(parts: dict[str, str]) -> str:
    month = parts["m"].lower()
    number = MONTHS.get(month) or int(month)
    try:
        return date(int(parts["y"]), number, int(parts["d"])).isoformat()
    except ValueError:
        return ""
