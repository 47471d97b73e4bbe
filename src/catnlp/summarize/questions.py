"""Which legal and policy questions the evidence of a country bears on, and named units."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from catnlp.domain import CriterionCount, Evidence, NamedUnit
from catnlp.link.criteria import bearings, named_units
from catnlp.summarize.strength import strength
from catnlp.taxonomy import FLAG_STATUSES, taxonomy
from catnlp.taxonomy.criteria import criteria

MOST_UNITS = 30


def questions(evidence: Iterable[Evidence], country: str) -> tuple[CriterionCount, ...]:
    """Counts by status for each criterion that any evidence bears on, in the order of the table."""
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    categories: dict[str, set[str]] = defaultdict(set)
    for e in evidence:
        link = next(k for k in e.links if k.country == country)
        for bearing in bearings(e, link):
            statuses[bearing.criterion][e.mention.status] += 1
            categories[bearing.criterion].add(e.mention.category)
    return tuple(
        CriterionCount(
            c.id,
            dict(statuses[c.id]),
            tuple(k for k in taxonomy().category_ids if k in categories[c.id]),
        )
        for c in criteria().criteria
        if c.id in statuses
    )


def units(evidence: Iterable[Evidence], country: str) -> tuple[NamedUnit, ...]:
    """Units and forces of the state named where something is affirmed or alleged."""
    held: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        if e.mention.status in FLAG_STATUSES:
            for name in named_units(e, country):
                held[name].append(e)
    found = [
        NamedUnit(
            name,
            len(mentions),
            tuple(
                k for k in taxonomy().category_ids if k in {e.mention.category for e in mentions}
            ),
            max(mentions, key=lambda e: (strength(e), e.mention.id)),
        )
        for name, mentions in held.items()
    ]
    return tuple(sorted(found, key=lambda u: (-u.mentions, u.name)))[:MOST_UNITS]
