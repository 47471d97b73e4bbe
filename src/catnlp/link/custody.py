"""Where people are held: in the prison of a state, or where its authorities arrest and deport."""

import re
from functools import cache

from catnlp.link.clauses import CLAUSE
from catnlp.link.evidence import Clue
from catnlp.link.patterns import either
from catnlp.resources import read_toml

IN = re.compile(r"\b(?:in|at|inside)\s(?:an?\s|the\s)?$")
WHERE = re.compile(r",?\swhere\b[^;,]*$")
ELSE = re.compile(r"\band\s(?:later\s|then\s)?\w+ed\b")
HERE = re.compile(r"\b(?:in|inside|within|across|near)\s(?:the\s)?(?:country|border)\b(?!’s)")


def is_cell(text: str, clue: Clue, start: int, end: int) -> bool:
    """Whether what stands at `text[start:end]` is done in a prison of theirs: "held in Austrian
    prisons", "in a Cameroonian prison, where he was beaten"."""
    cell = _patterns()["cell"].match(text, clue.start)
    if not clue.country or cell is None:
        return False
    if start < clue.start < end:
        return True
    if not IN.search(text, 0, clue.start):
        return False
    if clue.start >= end:
        return not (CLAUSE.search(text, end, clue.start) or ELSE.search(text, end, clue.start))
    return WHERE.match(text, cell.end(), max(start, cell.end())) is not None


def holds(text: str, clue: Clue, home: str, start: int) -> bool:
    """Whether authorities of another state than `home` arrest or send away by what begins at
    `start`, which they do in their own country."""
    if clue.country in _held().get(home, ()) or HERE.search(text):
        return False
    patterns = _patterns()
    if patterns["courts"].search(clue.words):
        return patterns["sentences"].match(text, start) is not None
    named = clue.kind == "state" or patterns["authorities"].search(clue.words)
    return bool(named and patterns["holding"].match(text, start))


@cache
def _held() -> dict[str, list[str]]:
    held: dict[str, list[str]] = read_toml("catnlp.link", "custody.toml")["held"]
    return held


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "custody.toml")
    return {
        "cell": re.compile(rf"[\w’.-]+(?:\s[\w-]+)?\s(?:{either(data['cells'])})\b"),
        "authorities": re.compile(rf"\b(?:{either(data['authorities'])})$", re.I),
        "holding": re.compile(rf"(?:[\w’-]+\s)?(?:{'|'.join(data['holding'])})\b"),
        "courts": re.compile(rf"\b(?:{'|'.join(data['courts'])})$", re.I),
        "sentences": re.compile(rf"(?:{'|'.join(data['sentences'])})\b"),
    }
