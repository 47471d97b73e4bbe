"""Names of countries that are first names too: "Jordan Peters", "Chad, a cook, ..."."""

import re
from collections.abc import Container
from functools import cache

from catnlp.resources import read_toml

SURNAME = re.compile(r"\s(?:[A-Z]\.\s)?([A-ZÀ-Þ][a-zà-þ’']+)((?:\s[A-ZÀ-Þ][\w’]*)*)")
AGED = re.compile(r",\s(?:(?:an?|the)\s\d{1,2}-year-old\b|\d{1,2},)")
PLACED = re.compile(r"\b(?:in|from|to|of|at|near|across|into|with|and|or)\s$", re.I)
WORD = re.compile(r"\b[A-Za-zÀ-þ]{3,}")
TITLE_SHARE = 0.7  # of the longer words with a capital, in a title


def is_person(
    text: str, start: int, end: int, places: Container[str], *, in_titles: bool = False
) -> bool:
    """Whether the name `text[start:end]` is a person's: by what follows, which is no other of the
    `places`. In titles every word has its capital, and none of them tells a surname."""
    patterns = _patterns()
    if patterns["relatives"].match(text, end):
        return True
    if AGED.match(text, end) or patterns["befalls"].match(text, end):
        return not PLACED.search(text[:start])  # "a woman from Cuba was killed"
    surname = SURNAME.match(text, end)
    if surname is None or (not in_titles and _is_title(text, end, surname.end(1))):
        return False
    words = [surname[1], *surname[2].split()]
    return words[0] not in places and not any(word in _no_surnames() for word in words)


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether the words of the text have capitals; its first, the name and surname tell nothing."""
    before = text[:start].rpartition(" ")[0].partition(" ")[2]
    words = WORD.findall(f"{before} {text[end:]}")
    return bool(words) and sum(w[0].isupper() for w in words) >= TITLE_SHARE * len(words)


@cache
def _data() -> dict[str, list[str]]:
    data: dict[str, list[str]] = read_toml("catnlp.gazetteer", "guards.toml")["given"]
    return data


@cache
def _no_surnames() -> frozenset[str]:
    return frozenset(_data()["no_surnames"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    befalls, relatives = "|".join(_data()["befalls"]), "|".join(_data()["relatives"])
    return {
        "befalls": re.compile(
            rf"\s(?:was|had\sbeen|has\sbeen|is|got)\s(?:\w+ly\s|then\s|later\s)?(?:{befalls})\b"
        ),
        "relatives": re.compile(rf"(?:’s|'s)\s(?:\w+\s)?(?:{relatives})\b"),
    }
