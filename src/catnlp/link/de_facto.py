"""Bodies of territories that no state in law rules, and those of an occupying power."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from catnlp.gazetteer.places import PlaceName
from catnlp.link.patterns import either
from catnlp.resources import read_toml

STEERED = 14  # characters between a state and the bodies that are its own: "Russian-backed"


def find_bodies(
    text: str, places: Sequence[PlaceName], near: Set[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, state they act for (empty for none) and state in law. `near` are the countries
    that the words around name."""
    for match in _patterns()["named"].finditer(text):
        if not _is_of_state(match.start(), places):
            yield *match.span(), "", _homes()[match["name"]]
    for match in _patterns()["of"].finditer(text):
        if not _is_of_state(match.start(), places):
            yield *match.span("body"), "", _homes()[match["name"]]
    if near & _countries("countries") and not near & _countries("rulers"):
        for match in _patterns()["bare"].finditer(text):
            if not _is_of_state(match.start(), places):
                yield *match.span(), "", ""
    occupied = [code for code in sorted(_data()["occupation"]) if code in near]
    if len(occupied) == 1:
        for match in _patterns()["occupation"].finditer(text):
            if not _is_of_state(match.start(), places):
                yield *match.span(), _data()["occupation"][occupied[0]], ""


def occupier(country: str) -> str:
    """The power that occupies a part of the country and rules it; empty for most."""
    return _data()["occupation"].get(country, "")


def territories_of(country: str) -> list[str]:
    """Names of the parts of a country that no state in law rules."""
    return [name for name, home in _data()["territories"].items() if home == country]


def _is_of_state(start: int, places: Sequence[PlaceName]) -> bool:
    """Whether a state stands right before: "Russian forces in Abkhazia"."""
    return any(0 <= start - place.end <= STEERED for place in places)


@cache
def _data() -> dict[str, dict[str, str]]:
    return read_toml("catnlp.link", "de_facto.toml")


@cache
def _homes() -> Mapping[str, str]:
    return {**_data()["adjectives"], **_data()["territories"]}


@cache
def _countries(name: str) -> frozenset[str]:
    return frozenset(_data()["beside"][name])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    bodies = rf"[“\"]?(?:{either(list(_data()['bodies']['words']))})\b[”\"]?"
    territories = either(list(_data()["territories"]))
    return {
        "named": re.compile(
            rf"\b(?:de facto\s)?(?P<name>{either(list(_homes()))})(?:’s|'s)?"
            rf"(?:\s(?!(?:and|or|in|of|to|by|with|against)\b)[\w-]+){{0,2}}?\s{bodies}"
        ),
        "of": re.compile(
            rf"\b(?P<body>(?i:(?:de facto\s)?{bodies}))\s(?:in|of)\s(?:the\s)?"
            rf"(?:[a-z][\w-]+\s){{0,3}}(?P<name>{territories})\b"
        ),
        "bare": re.compile(rf"\b[Dd]e facto\s(?:\w+\s)?{bodies}"),
        "occupation": re.compile(rf"\b[Oo]ccupation(?:al)?\s(?:\w+\s)?{bodies}"),
    }  # fmt: skip
