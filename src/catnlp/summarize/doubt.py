"""Quotes whose country a reader should check before anything else."""

from functools import lru_cache

from catnlp.domain import Evidence
from catnlp.gazetteer import country_name, find_forces, find_places

STATES = ("country", "demonym")  # kinds of names that say which state acts


def other_states(evidence: Evidence, country: str) -> tuple[str, ...]:
    """States that the quote names, where it names neither the state of the page nor the words
    that linked it: then a heading, a title or the subject of the document decided against what
    stands in the quote itself. A city is where it happened, not who did it."""
    link = next((k for k in evidence.links if k.country == country), None)
    named = _states(evidence.quote)
    if link is None or country in named or link.reason in evidence.quote:
        return ()
    return tuple(sorted(country_name(code) for code in named))


@lru_cache(maxsize=8192)
def _states(quote: str) -> frozenset[str]:
    places = find_places(quote)
    named = {place.code for place in places if place.kind in STATES}
    near = frozenset(place.code for place in places)
    return frozenset(named | {f.state for f in find_forces(quote, near=near) if f.state})
