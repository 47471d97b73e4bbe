"""Security forces, rulers and armed groups that belong to, or act for, a state."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catnlp.gazetteer.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Force:
    """A named force in a text; `state` is empty for groups that act for none."""

    start: int
    end: int
    name: str
    state: str  # ISO alpha-3 of the state it belongs to or acts for
    kind: str  # state, state-aligned, non-state


def find_forces(text: str) -> list[Force]:
    """Named forces from left to right; an abbreviation in brackets only repeats a name."""
    table = _table()
    return [
        Force(match.start, match.end, match.key, *table[match.key])
        for match in _matcher().find(text)
        if text[match.start - 1 : match.start] != "("
    ]


@cache
def _table() -> dict[str, tuple[str, str]]:
    text = files("catnlp.gazetteer").joinpath("forces.csv").read_text(encoding="utf-8")
    return {
        row["name"]: (row["state"], row["kind"])
        for row in csv.DictReader(text.splitlines(), delimiter="|")
    }


@cache
def _matcher() -> Matcher[str]:
    return Matcher({name: name for name in _table()})
