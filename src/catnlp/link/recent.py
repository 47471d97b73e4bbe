"""Dates that only the day of publication tells: "yesterday", "on Friday", "two years ago"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from catnlp.link.calendar import Calendar
from catnlp.link.points import Span, either, plain, table, words

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIXED = re.compile(
    r"\b(?:during\sthe\syear|throughout\sthe\syear|this\syear|last\syear|last\smonth|this\smonth|"
    r"last\sweek|this\sweek|yesterday|last\snight|today|tonight)\b",
    re.I,
)
WEEKDAY = re.compile(
    rf"\b(?P<before>[\w-]+\s)?(?P<day>{'|'.join(day.title() for day in WEEKDAYS)})"
    r"(?:\s(?:morning|afternoon|evening|night))?(?![-\w]|\s[A-Z]|,\s[A-Z][a-z]+\s\d)"
)
AGO = re.compile(
    rf"(?<!than\s)(?<!over\s)(?<!most\s)(?<!rly\s)(?<!out\s)\b(?P<count>{either(list(table()['numbers']))}|\d{{1,2}})\s"
    rf"(?P<unit>{either(list(table()['spans']))})s?\sago\b",
    re.I,
)


def recent(text: str, around: Calendar) -> Iterator[tuple[Span, int, int]]:
    """What the words `text[start:end]` say; in a report on a year, only of the year."""
    for match in FIXED.finditer(text):
        span = _fixed(re.sub(r"\s", " ", match[0].lower()), around)
        if span:
            yield span, *match.span()
    if around.year or len(around.published) < 10:
        return
    today = date.fromisoformat(around.published[:10])
    for match in WEEKDAY.finditer(text):
        before = (match["before"] or "").strip().lower()
        if before not in words("no_weekday_after"):
            back = (today.weekday() - WEEKDAYS.index(match["day"].lower())) % 7
            day = _day(today - timedelta(days=back or (7 if before == "last" else 0)))
            start = match.start("before" if before in ("on", "last", "early", "late") else "day")
            yield day, start, match.end()
    for match in AGO.finditer(text):
        if match["count"].lower() not in words("vague"):
            yield _ago(match, today), *match.span()


def _fixed(told: str, around: Calendar) -> Span | None:
    year = around.year or around.published[:4]
    if told.endswith("year"):
        if told == "last year":
            year = str(int(year) - 1) if year else ""
        return Span(year, year) if year else None
    if around.year or len(around.published) < 10:
        return None
    today = date.fromisoformat(around.published[:10])
    monday = today - timedelta(days=today.weekday())
    if told == "this month":
        return Span(f"{today:%Y-%m}", f"{today:%Y-%m}")
    if told == "last month":
        month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
        return Span(month, month)
    if told == "this week":
        return Span(monday.isoformat(), today.isoformat())
    if told == "last week":
        first = monday - timedelta(days=7)
        return Span(first.isoformat(), (first + timedelta(days=6)).isoformat())
    return _day(today - timedelta(days=told in ("yesterday", "last night")))


def _ago(match: re.Match[str], today: date) -> Span:
    numbers: dict[str, int] = table()["numbers"]
    count = numbers.get(plain(match["count"])) or int(match["count"])
    unit = match["unit"].lower()
    if unit == "year":
        year = str(today.year - count)
        return Span(year, year)
    then = today - timedelta(days=count * table()["spans"][unit])
    if unit == "day":
        return _day(then)
    days = timedelta(days=4 if unit == "week" else 16)
    return Span(f"{then - days:%Y-%m}", f"{min(then + days, today):%Y-%m}")


def _day(day: date) -> Span:
    return Span(day.isoformat(), day.isoformat())
