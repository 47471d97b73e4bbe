"""What the store holds about one country."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from catnlp.domain import CategoryCount, CountrySummary, Evidence
from catnlp.gazetteer import country_name
from catnlp.settings import Settings
from catnlp.store import Store
from catnlp.summarize.strength import strongest
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

PER_DOCUMENT = 3
KINDS = {  # part of a page -> the statuses of its quotes
    "happened": FLAG_STATUSES,
    "denied": ("negated",),
    "norms": ("normative",),
    "fears": ("hypothetical",),
}


def summarize_country(store: Store, code: str, settings: Settings) -> CountrySummary:
    """Counts of all mentions, and the strongest quotes of each category and kind."""
    everything = list(store.evidence(code, min_score=settings.min_score))
    mine = [e for e in everything if _has_role(e, code, "responsible")]
    located = [e for e in everything if not _has_role(e, code, "responsible")]
    documents, sentences = store.extent(code)
    return CountrySummary(
        country=code,
        name=country_name(code),
        documents=documents,
        sentences=sentences,
        counts=_counts(mine),
        evidence={
            kind: _by_category([e for e in mine if e.mention.status in statuses], settings.quotes)
            for kind, statuses in KINDS.items()
        },
        located_only=_by_category(
            [e for e in located if e.mention.status in FLAG_STATUSES], settings.quotes
        ),
        sales=tuple(store.sales(code)),
        by_year=dict(sorted(Counter(e.published[:4] or "undated" for e in mine).items())),
        sources=_sources(everything),
        unread=tuple(store.unread()),
    )


def _has_role(evidence: Evidence, code: str, role: str) -> bool:
    return any(link.country == code and link.role == role for link in evidence.links)


def _counts(evidence: Iterable[Evidence]) -> tuple[CategoryCount, ...]:
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    actors: dict[str, Counter[str]] = defaultdict(Counter)
    for e in evidence:
        statuses[e.mention.category][e.mention.status] += 1
        actors[e.mention.category][e.mention.actor] += 1
    return tuple(
        CategoryCount(c, dict(statuses[c]), dict(actors[c]))
        for c in taxonomy().category_ids
        if c in statuses
    )


def _by_category(evidence: Iterable[Evidence], most: int) -> dict[str, tuple[Evidence, ...]]:
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        groups[e.mention.category].append(e)
    chosen: dict[str, tuple[Evidence, ...]] = {}
    shown: set[str] = set()
    for category in taxonomy().category_ids:
        if category in groups:
            chosen[category] = strongest(
                groups[category], most, per_document=PER_DOCUMENT, shown=shown
            )
            shown.update(e.mention.sentence_id for e in chosen[category])
    return chosen


def _sources(evidence: Iterable[Evidence]) -> dict[tuple[str, str, str], int]:
    counted = Counter((e.document_title, e.publisher, e.published) for e in evidence)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
