"""Places named with their state or province: "Moscow, Idaho" is no place in Russia."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.towns import towns_of_state
from catnlp.resources import read_toml

CAPITAL = r"[A-ZÀ-Þ](?:[\w’'-]+|t\.)"
LISTED = re.compile(r"[A-ZÀ-Þ][\w’-]+,\s$")  # "Paris, London, New York"
LIST_GOES_ON = re.compile(r",?\s(?:and|or)\s(?:[a-z]+\s){0,2}[A-ZÀ-Þ]|,\s[A-ZÀ-Þ]")
NAME_GOES_ON = re.compile(r"\s[A-ZÀ-Þ][a-zà-þ]")


@dataclass(frozen=True, slots=True)
class StatePlace:
    """`text[start:end]` is a place with its state; `code` is empty where one cannot tell."""

    start: int
    end: int
    code: str


def find_state_places(
    text: str, known: Mapping[str, str], near: Set[str], before: re.Pattern[str]
) -> list[StatePlace]:
    """From left to right. `known` are codes by name of place; a place that is not among them
    counts after one of the prepositions `before`."""
    found = []
    for match in _pattern().finditer(text):
        state = match["state"]
        start = match.start()
        while match["place"] and " " in text[start : match.end("place")]:
            if text[start : match.end("place")] in known or before.search(text[:start]):
                break
            start = text.index(" ", start) + 1  # "Police of Cuba": the place is the last of it
        place = text[start : match.end("place")]
        home = known.get(place, "")
        if not (home or match["county"] or before.search(text[:start])):
            continue
        more = LIST_GOES_ON.match(text, match.end())
        another = more and _pattern().match(text, more.end() - 1)  # "and Cairo, Illinois"
        goes_on = LISTED.search(text[:start]) or (more and not another)
        if place in _codes() or (goes_on and (state in _also() or place in _countries())):
            continue  # "offices in Mexico, Texas and Arizona"
        if NAME_GOES_ON.match(text, match.end()) and not home:
            continue
        country = _data()["country"].get(state, "")
        code = _of_two(place, home, state, country, near) if country else _codes()[state]
        if not country or code != country:
            found.append(StatePlace(start, match.end(), code))
    return found


def _of_two(place: str, home: str, state: str, country: str, near: Set[str]) -> str:
    """The country of a place whose state is called like a country: empty where nothing tells."""
    union = _codes()[state]
    if home == country or place in towns_of_state(country, ""):
        return country
    if home or place in towns_of_state(union, state):
        return union
    return next((code for code in (country, union) if code in near), "")


@cache
def _data() -> dict[str, dict[str, Any]]:
    return read_toml("catnlp.gazetteer", "states.toml")


@cache
def _also() -> frozenset[str]:
    return frozenset(_data()["also"]["names"])


@cache
def _countries() -> frozenset[str]:
    return frozenset(name for c in countries().values() for name in (c.name, *c.aliases))


@cache
def _codes() -> dict[str, str]:
    return {
        name: code
        for code, group in _data().items()
        if "codes" in group
        for name in (*group["names"], *group["short"], *group["codes"])
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(_codes(), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<place>{CAPITAL}(?:\s(?:(?:of|de|la|du|the)\s)?{CAPITAL}){{0,3}}?)"
        rf"(?P<county>\s(?:County|Parish|Township))?,\s(?P<state>{names})(?!\w|-)"
    )
