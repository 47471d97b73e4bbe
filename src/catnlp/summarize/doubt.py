"""How likely all that the page says of a quote is right, and what is unclear, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import prod

from catnlp.domain import CountryLink, Evidence
from catnlp.gazetteer import country_name, find_forces, find_places
from catnlp.summarize.strength import table
from catnlp.taxonomy import taxonomy

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


def assessed(evidence: Evidence, country: str) -> Evidence:
    """With its certainty for the page of a country, and why it has to be checked first: empty
    where it is certain enough to stand as evidence. What a reviewer decided is certain."""
    if evidence.review:
        return replace(evidence, certainty=1.0, unclear=())
    chances = dict(_chances(evidence, country))
    certainty = round(prod(chances.values()), 4)
    return replace(evidence, certainty=certainty, unclear=_unclear(evidence, country, chances))


def _chances(evidence: Evidence, country: str) -> Iterator[tuple[str, float]]:
    """Probabilities that a field is right, by the words that say otherwise. They are taken as
    independent of each other."""
    mention, words = evidence.mention, table()["unclear"]
    label = taxonomy().category(mention.category).label.lower()
    yield words["category"].format(category=label), mention.score
    yield words["status"][mention.status], mention.status_score
    yield words["actor"], mention.actor_score
    link = _link(evidence, country)
    if link:
        yield words[link.role], link.score


def _unclear(evidence: Evidence, country: str, chances: dict[str, float]) -> tuple[str, ...]:
    limits = table()["certainty"]
    others = other_states(evidence, country)
    found = [f"the quote names {', '.join(others)}"] if others else []
    if prod(chances.values()) < limits["sure"]:
        below = [words for words, chance in chances.items() if chance < limits["part"]]
        found += below or [min(chances, key=chances.__getitem__)]
    return tuple(found)


def other_states(evidence: Evidence, country: str) -> tuple[str, ...]:
    """States that the quote names, where it does not name the state of the page, or names the
    forces of others only; and where a heading, a title or the subject of the document made the
    state responsible, no words of the quote. A city is where it happened, not who did it."""
    link = _link(evidence, country)
    if link is None or link.role != "responsible" or link.reason in evidence.quote:
        return ()
    named = _named(evidence.quote)
    for states in (named.acting, named.states):
        if states and country not in states:
            return tuple(sorted(country_name(code) for code in states))
    return ()


def _link(evidence: Evidence, country: str) -> CountryLink | None:
    """That of the state responsible before that of the place, as the store orders them."""
    return next((k for k in evidence.links if k.country == country), None)


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
