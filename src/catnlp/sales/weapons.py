"""Classes of weapons, and the weapons that a text names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from catnlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon in a text: its class; `type` is a designation ("F-16"), `act` a word for an act
    that needs one ("air strike"), and neither a general word ("bombs")."""

    start: int
    end: int
    kind: str
    text: str
    how: str  # word, type, act


def find_weapons(text: str) -> Iterator[Weapon]:
    """Weapons from left to right; the longest name of each class."""
    for kind, how, pattern in _patterns():
        for match in pattern.finditer(text):
            yield Weapon(match.start(), match.end(), kind, match[0], how)


def kinds_of(names: Iterable[str]) -> frozenset[str]:
    """The classes that names of goods belong to."""
    return frozenset(w.kind for name in names for w in find_weapons(name) if w.how != "act")


def label(kind: str) -> str:
    return str(_data()[kind]["label"])


@cache
def _data() -> dict[str, dict[str, object]]:
    return read_toml("catnlp.sales", "weapons.toml")


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    found = []
    for kind, entry in _data().items():
        for how, field, flags in (
            ("type", "types", 0),
            ("word", "words", re.I),
            ("act", "act", re.I),
        ):
            names = entry[field]
            if isinstance(names, list) and names:
                longest = sorted(names, key=len, reverse=True)
                pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(longest)})(?![\w])", flags)
                found.append((kind, how, pattern))
    return tuple(found)
