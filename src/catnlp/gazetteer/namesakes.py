"""Others who have the surname of a ruler."""

import re
from collections.abc import Mapping
from functools import cache

from catnlp.gazetteer.places import TITLE_WORDS
from catnlp.resources import read_toml

WORD_BEFORE = re.compile(r"([A-ZÀ-Þ][\w-]*[a-zà-þ])(?:\s(?:al-|el-|bin\s|ibn\s))?\s?$")


def is_namesake(surname: str, text: str, start: int) -> bool:
    """Whether the surname that begins at `start` has the first name of somebody else before it."""
    known = _first_names().get(surname)
    found = WORD_BEFORE.search(text[:start]) if known else None
    if known is None or found is None:
        return False
    return found[1] not in known and found[1] not in _others()


@cache
def _first_names() -> Mapping[str, list[str]]:
    names: Mapping[str, list[str]] = read_toml("catnlp.gazetteer", "namesakes.toml")["first_names"]
    return names


@cache
def _others() -> frozenset[str]:
    words: list[str] = read_toml("catnlp.gazetteer", "namesakes.toml")["before"]["words"]
    return frozenset(words) | TITLE_WORDS
