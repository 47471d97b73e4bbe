"""Strikes on a country that others attack: "drones hit a bakery in Kharkiv"."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.resources import read_toml


def is_struck(country: str, text: str, clues: Sequence[Clue]) -> bool:
    """Whether something strikes in a country that others attack or occupy, and its own forces
    are not named."""
    return (
        country in _countries()
        and _strikes().search(text) is not None
        and not any(c.acts and c.country == country for c in clues)
    )


@cache
def _countries() -> frozenset[str]:
    return frozenset(read_toml("catnlp.link", "attacked.toml")["countries"])


@cache
def _strikes() -> re.Pattern[str]:
    words = "|".join(read_toml("catnlp.link", "attacked.toml")["words"])
    return re.compile(rf"\b(?:{words})\b", re.I)
