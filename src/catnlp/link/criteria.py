"""Evidence -> the legal and policy questions it bears on, as the crosswalk says."""

from catnlp.domain import CountryLink, Evidence
from catnlp.gazetteer import find_forces
from catnlp.taxonomy.criteria import ABROAD, Bearing, Finding, criteria

UNIT = "unit"


def bearings(evidence: Evidence, link: CountryLink) -> list[Bearing]:
    """The criteria on which a mention bears for the country of one of its links."""
    mention = evidence.mention
    return criteria().bearings(
        Finding(mention.category, mention.status, mention.actor, link.role, cues(evidence, link))
    )


def cues(evidence: Evidence, link: CountryLink) -> frozenset[str]:
    """What narrows the crosswalk: words of the quote and its headings, named forces, place."""
    found = set(criteria().cues_of(evidence.quote, evidence.section))
    if any(force.state == link.country for force in find_forces(evidence.quote)):
        found.add(UNIT)
    places = {other.country for other in evidence.links if other.role == "location"}
    if link.role == "responsible" and places and link.country not in places:
        found.add(ABROAD)
    return frozenset(found)
