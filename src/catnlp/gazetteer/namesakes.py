"""Others who have the surname of a ruler."""

import re
from functools import cache

from catnlp.gazetteer.places import TITLE_WORDS
from catnlp.resources import read_toml

WORD_BEFORE = re.compile(r"([A-ZÀ-Þ][\w-]*[a-zà-þ])(?:\s(?:al-|el-|bin\s|ibn\s))?\s?$")


def is_namesake(surname: str, text: str, start: int) -> bool:
    """Whether the surname that begins at `start` has the first name of somebody else before it."""
    known = _data()["first_names"].get(surname)
    if known is None:
        return False
    found = WORD_BEFORE.search(text[:start])
    return found is not None and found[1] not in known and found[1] not in _others()


@cache
def _others() -> frozenset[str]:
    return frozenset(_data()["before"]["words"]) | TITLE_WORDS


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.gazetteer", "namesakes.toml")
