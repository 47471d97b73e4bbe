"""When a DOCX was published, as far as the time of its creation tells it."""

import re
from functools import cache

from catnlp.extract.dates import iso_date
from catnlp.resources import read_toml

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def created_date(created: str, title: str) -> str:
    """The day of creation; empty where a template or an unset clock gave it, or where the title
    names only later years: a file made from an older one keeps the older date."""
    day = "" if created.startswith(_not_created()) else iso_date(created)
    named = YEAR.findall(title)
    return "" if named and day[:4] < min(named) else day


@cache
def _not_created() -> tuple[str, ...]:
    return tuple(read_toml("catnlp.extract", "docx.toml")["not_created"])
