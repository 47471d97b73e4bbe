"""Whether a sentence of a report is on a part of the country that others rule: what is done in "the
area administered by Turkish Cypriots", or by “police” in quotation marks, is not the state's.

Reports speak of such a part at the end of a section, and seldom say so in each sentence.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal

from catnlp.link.de_facto import territories_of
from catnlp.link.evidence import Clue
from catnlp.link.patterns import either
from catnlp.resources import read_toml

Mark = Literal["", "opens", "names", "returns"]
NAMED = ("force", "government", "unit", "state")  # clues that name the state itself
MARKS = ("“", '"')
HEADED = re.compile(r"[A-Z][\w/,’-]*(?:\s[\w/,’-]+){0,8}:\s(?=[A-Z“])")  # "Libel Laws: The law"


def is_ruled_by_others(text: str, before: Iterable[tuple[str, bool]], home: str) -> bool:
    """Whether a sentence of a report on `home` is on such a part; `before` are the sentences
    before it under the same heading, the nearest first, and whether they stand in its paragraph."""
    if not _parts(home):
        return False
    for words, same in ((text, True), *before):
        mark = _mark(words, home)
        if mark == "returns":
            return False
        if mark == "opens" or (mark == "names" and same):
            return True
    return False


def names_state(text: str, home: str, clues: Sequence[Clue]) -> bool:
    """Whether a sentence on such a part names the state's own people as those who act."""
    mine = [c for c in clues if c.country == home and c.manner not in ("speaks", "other-end")]
    strict = home in _data()["quoted"]["states"]  # its reports put bodies of others in quotes
    return any(
        c.kind in NAMED
        or (c.kind == "own" and not text.endswith(MARKS, 0, c.start)
            and (strict or "government" in c.words.lower()))
        for c in mine
    )  # fmt: skip


@lru_cache(maxsize=64)
def _mark(text: str, home: str) -> Mark:
    """The sentences beside one are asked again for the next."""
    patterns = _patterns(home)
    if patterns["opens"].match(text) or patterns["quoted"].search(text):
        return "opens"
    if patterns["names"].search(text):
        return "names"
    return "returns" if HEADED.match(text) or patterns["returns"].search(text) else ""


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.link", "territories.toml")


@cache
def _parts(home: str) -> str:
    """What the parts of a country that others rule are called; empty where there are none."""
    return "|".join([*_data()["parts"].get(home, []), *territories_of(home)])


@cache
def _patterns(home: str) -> dict[str, re.Pattern[str]]:
    data = _data()
    never = r"(?!)"
    on_way = r"(?:the\s|both\s|[a-z-]+\s|Russian?-\w+\s|regions?\sof\s){0,6}?"
    parts = rf"(?:{_parts(home)})"
    words = either(data["quoted"]["words"])
    body = rf"(?:{words}|lines?|leaders?)\s(?:in|of|with)"
    quoted = rf"[“\"](?:[a-z][\w’-]*\s){{0,3}}(?:{words})(?:’s)?[,.;]?[”\"]"
    returns = data["returns"].get(home, [])
    return {
        "opens": re.compile(rf"(?:[\w’,-]+\s){{0,4}}?(?i:in|within|throughout)\s{on_way}{parts}\b"),
        "names": re.compile(
            rf"\b(?i:in|inside|within|throughout|across|{body})\s{on_way}{parts}\b"
        ),
        "quoted": re.compile(quoted, re.I)
        if home in data["quoted"]["states"]
        else re.compile(never),
        "returns": re.compile(rf"\b(?:{either(returns)})\b") if returns else re.compile(never),
    }
