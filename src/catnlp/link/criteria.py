"""Evidence -> the legal and policy questions it bears on, as the crosswalk says."""

from functools import lru_cache

from catnlp.domain import CountryLink, Evidence
from catnlp.gazetteer import find_forces
from catnlp.link.units import KINDS
from catnlp.taxonomy.criteria import ABROAD, UNIT, Bearing, Finding, criteria, unit_names


def named_units(text: str, country: str) -> list[str]:
    """Units of any armed force and known forces of the country that a text names, in order."""
    return list(dict.fromkeys([*_forces(text, country), *unit_names(text)]))


def bearings(evidence: Evidence, link: CountryLink) -> list[Bearing]:
    """The criteria on which a mention bears for the country of one of its links."""
    mention = evidence.mention
    return criteria().bearings(
        Finding(mention.category, mention.status, mention.actor, link.role, cues(evidence, link))
    )


def cues(evidence: Evidence, link: CountryLink) -> frozenset[str]:
    """What narrows the crosswalk: words of the quote and its headings, named forces, place."""
    found = set(_of_words(evidence.quote, evidence.section))
    if _forces(evidence.quote, link.country):
        found.add(UNIT)
    places = {other.country for other in evidence.links if other.role == "location"}
    if link.role == "responsible" and places and link.country not in places:
        found.add(ABROAD)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _of_words(quote: str, section: tuple[str, ...]) -> frozenset[str]:
    return criteria().cues_of(quote, section)


@lru_cache(maxsize=4096)
def _forces(quote: str, country: str) -> tuple[str, ...]:
    """Names of forces of the country, not of its rulers and parties."""
    return tuple(
        force.name
        for force in find_forces(quote, near={country})
        if force.state == country and force.kind in KINDS
    )
