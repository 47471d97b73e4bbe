"""Years: the one a report covers where its title says it, else that of its publication."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from catnlp.domain import Evidence, Period
from catnlp.store import Origin
from catnlp.taxonomy import FLAG_STATUSES

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def year_of(evidence: Evidence) -> str:
    """Empty where neither title nor date says it."""
    return covered(evidence.document_title, evidence.published)


def covered(title: str, published: str) -> str:
    """A title that names one year covers it."""
    named = set(YEAR.findall(title))
    return named.pop() if len(named) == 1 else published[:4]


def periods(evidence: Iterable[Evidence], documents: Iterable[Origin]) -> tuple[Period, ...]:
    """By year, the undated last. Where a year has documents about the country, others that only
    mention it do not count: they would thin the figures out."""
    by_year: dict[str, list[Origin]] = defaultdict(list)
    for document in documents:
        by_year[covered(document.title, document.published)].append(document)
    held: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        held[e.mention.document_id].append(e)
    years = sorted(by_year, key=lambda year: (not year, year))
    return tuple(_period(year, by_year[year], held) for year in years)


def _period(
    year: str, documents: Sequence[Origin], held: Mapping[str, Sequence[Evidence]]
) -> Period:
    counted = [d for d in documents if d.about] or documents
    mentions = [e.mention for d in counted for e in held.get(d.id, ())]
    return Period(
        year=year,
        documents=len(counted),
        sentences=sum(d.sentences for d in counted),
        by_status=dict(Counter(m.status for m in mentions)),
        by_category=dict(Counter(m.category for m in mentions if m.status in FLAG_STATUSES)),
    )
