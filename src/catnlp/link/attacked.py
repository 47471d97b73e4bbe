"""Attacks on a country: "drones hit a bakery in Kharkiv", "the attack by X on Y"."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.resources import read_toml

ON = re.compile(r"(?:\sby\s[\w-]+)?\s(?:on|against|in)\s")
OTHER = re.compile(r"[’'-]|\s(?:embass|consulate|citizen|national)")


def is_struck(country: str, text: str, clues: Sequence[Clue]) -> bool:
    """Whether something strikes in a country that others attack or occupy, and its own forces
    are not named."""
    return (
        country in _countries()
        and _strikes().search(text) is not None
        and not any(c.acts and c.country == country for c in clues)
    )


def target(text: str, end: int, clues: Sequence[Clue]) -> Clue | None:
    """The country that an attack, named up to `end`, is said to be on: "the attack by X on Y"."""
    if not _attacks().search(text, 0, end):
        return None
    for clue in clues:
        if clue.kind in ("in", "named") and ON.fullmatch(text, end, max(end, clue.start)):
            return None if OTHER.match(text, clue.end) else clue
    return None


@cache
def _attacks() -> re.Pattern[str]:
    words = "|".join(read_toml("catnlp.link", "attacked.toml")["attacks"])
    return re.compile(rf"\b(?:{words})(?:\sby\s[\w-]+)?$")


@cache
def _countries() -> frozenset[str]:
    return frozenset(read_toml("catnlp.link", "attacked.toml")["countries"])


@cache
def _strikes() -> re.Pattern[str]:
    words = "|".join(read_toml("catnlp.link", "attacked.toml")["words"])
    return re.compile(rf"\b(?:{words})\b", re.I)
