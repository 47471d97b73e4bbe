"""Quotes whose country a reader should check before anything else."""

import re
from dataclasses import dataclass
from functools import lru_cache

from catnlp.domain import Evidence
from catnlp.gazetteer import country_name, find_forces, find_places

SURE = 0.5  # score of a link below which its country is in doubt
STATES = ("country", "demonym")  # kinds of names that say which state acts
FORCES = re.compile(
    r"(?:[’']s?)?\s+(?:(?:armed|security|military|occupation|occupying|proxy|federal|ground|air)\s+)*"
    r"(?:forces?|military|troops|soldiers|army|police|personnel|officers|authorities|proxies)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """States that a quote names, and those of which it names the forces."""

    states: frozenset[str]
    acting: frozenset[str]


def doubt(evidence: Evidence, country: str) -> str:
    """Why the country of a quote has to be checked, in words; "" where nothing speaks against."""
    others = other_states(evidence, country)
    if others:
        return f"the quote names {', '.join(others)}"
    link = next((k for k in evidence.links if k.country == country), None)
    return "the linker is unsure" if link and link.score < SURE else ""


def other_states(evidence: Evidence, country: str) -> tuple[str, ...]:
    """States that the quote names, where it does not name the state of the page, or names the
    forces of others only; and where a heading, a title or the subject of the document made the
    link, no words of the quote. A city is where it happened, not who did it."""
    link = next((k for k in evidence.links if k.country == country), None)
    if link is None or link.reason in evidence.quote:
        return ()
    named = _named(evidence.quote)
    for states in (named.acting, named.states):
        if states and country not in states:
            return tuple(sorted(country_name(code) for code in states))
    return ()


@lru_cache(maxsize=8192)
def _named(quote: str) -> Named:
    places = find_places(quote, with_towns=False)
    states = {place.code for place in places if place.kind in STATES}
    acting = {
        place.code for place in places if place.kind in STATES and FORCES.match(quote, place.end)
    }
    near = frozenset(place.code for place in places)
    forces = {force.state for force in find_forces(quote, near=near) if force.state}
    return Named(frozenset(states | forces), frozenset(acting | forces))
