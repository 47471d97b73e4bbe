"""Evidence -> the legal and policy questions it bears on, as the crosswalk says."""

from collections.abc import Sequence
from functools import lru_cache

from catnlp.domain import CountryLink, Evidence, MentionUnit
from catnlp.link.units import Unit, find_units
from catnlp.taxonomy.criteria import ABROAD, UNIT, Bearing, Finding, criteria


def named_units(evidence: Evidence, country: str) -> tuple[str, ...]:
    """The units that a quote names and that belong to the country or to no state that is known,
    each once, in order. A mention that a reviewer added has none in the store."""
    units: Sequence[MentionUnit | Unit] = evidence.units
    if evidence.review == "added":
        units = find_units(evidence.quote, {country})
    return tuple(dict.fromkeys(unit.name for unit in units if unit.state in ("", country)))


def bearings(evidence: Evidence, link: CountryLink) -> list[Bearing]:
    """The criteria on which a mention bears for the country of one of its links."""
    mention = evidence.mention
    return criteria().bearings(
        Finding(mention.category, mention.status, mention.actor, link.role, cues(evidence, link))
    )


def cues(evidence: Evidence, link: CountryLink) -> frozenset[str]:
    """What narrows the crosswalk: words of the quote and its headings, named units, place."""
    found = set(_of_words(evidence.quote, evidence.section))
    if named_units(evidence, link.country):
        found.add(UNIT)
    places = {other.country for other in evidence.links if other.role == "location"}
    if link.role == "responsible" and places and link.country not in places:
        found.add(ABROAD)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _of_words(quote: str, section: tuple[str, ...]) -> frozenset[str]:
    return criteria().cues_of(quote, section)
