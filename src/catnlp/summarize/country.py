"""What the store holds about one country."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from catnlp.domain import ArmsSale, CategoryCount, CountrySummary, Evidence, Tally
from catnlp.gazetteer import country_name
from catnlp.settings import Settings
from catnlp.store import Store
from catnlp.summarize.chapters import chapters
from catnlp.summarize.contradictions import contradictions
from catnlp.summarize.copies import Copies
from catnlp.summarize.doubt import assessed
from catnlp.summarize.origins import corroborated, independent
from catnlp.summarize.periods import periods
from catnlp.summarize.questions import questions, units
from catnlp.summarize.remedies import is_remedy
from catnlp.summarize.strength import strength, strongest
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

PER_DOCUMENT = 3
STATUSES = {  # part of a page -> the statuses of its quotes
    "happened": FLAG_STATUSES,
    "denied": ("negated",),
    "norms": ("normative",),
    "fears": ("hypothetical",),
}
Grouped = Mapping[str, Sequence[Evidence]]


def summarize_country(
    store: Store, code: str, settings: Settings, *, copies: Copies | None = None
) -> CountrySummary:
    """Counts of all mentions, and the strongest quotes of each category and part.

    `copies` are those of the store; give them where many countries are summarized.
    """
    if copies is None:
        copies = Copies(store.originals())
    everything = [assessed(e, code) for e in store.evidence(code, min_score=settings.min_score)]
    mine = [e for e in everything if _has_role(e, code, "responsible")]
    parts = _parts(mine, [e for e in everything if not _has_role(e, code, "responsible")])
    chosen = {
        part: _chosen(_kept(grouped), grouped, settings.quotes, copies)
        for part, grouped in parts.items()
    }
    to_check = {
        part: _chosen(_uncertain(grouped), grouped, settings.quotes, copies)
        for part, grouped in parts.items()
    }
    documents, sentences = store.extent(code)
    found = store.documents_on(code)
    sales = store.sales(code)
    return CountrySummary(
        country=code,
        name=country_name(code),
        documents=documents,
        sentences=sentences,
        counts=_counts(mine),
        evidence=chosen,
        to_check=to_check,
        tallies={part: _tallies(grouped) for part, grouped in parts.items()},
        rejected=store.rejected(code),
        independent={c: independent(found, copies) for c, found in parts["happened"].items()},
        contradictions=contradictions(_ranked(_kept(parts["happened"])), chosen["denied"]),
        periods=periods(mine, found, code, chapters(store, code, everything, found)),
        units=units(mine, code),
        criteria=questions(everything, code),
        absent=_absent(everything),
        sales=tuple(sorted(sales, key=_sale_order)),
        sale_mentions=Counter(k.sale_id for e in everything for k in e.sale_links),
        sources=_sources(everything),
        unread=tuple(store.unread()),
    )


def _parts(mine: Sequence[Evidence], located: Sequence[Evidence]) -> dict[str, Grouped]:
    """The parts of a page, each by category."""
    remedies = [e for e in mine if is_remedy(e)]
    remedied = {e.mention.id for e in remedies}
    rest = [e for e in mine if e.mention.id not in remedied]
    return {
        **{
            part: _group(e for e in rest if e.mention.status in statuses)
            for part, statuses in STATUSES.items()
        },
        "remedies": _group(remedies),
        "by_others": _group(e for e in located if e.mention.status in FLAG_STATUSES),
    }


def _kept(groups: Grouped) -> Grouped:
    """What is certain enough to stand as evidence."""
    found = {c: [e for e in held if not e.unclear] for c, held in groups.items()}
    return {c: held for c, held in found.items() if held}


def _uncertain(groups: Grouped) -> Grouped:
    """The categories of which nothing is certain enough."""
    return {c: held for c, held in groups.items() if all(e.unclear for e in held)}


def _tallies(groups: Grouped) -> dict[str, Tally]:
    unclear = {c: sum(bool(e.unclear) for e in held) for c, held in groups.items()}
    return {c: Tally(len(held) - unclear[c], unclear[c]) for c, held in groups.items()}


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


def _group(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for e in evidence:
        groups[e.mention.category].append(e)
    return {c: groups[c] for c in taxonomy().category_ids if c in groups}


def _chosen(
    groups: Grouped, everything: Grouped, most: int, copies: Copies
) -> dict[str, tuple[Evidence, ...]]:
    """The strongest of each category with their sources; no sentence leads in two of them."""
    chosen: dict[str, tuple[Evidence, ...]] = {}
    shown: set[str] = set()
    for category, found in groups.items():
        best = strongest(found, most, per_document=PER_DOCUMENT, shown=shown)
        chosen[category] = corroborated(best, everything[category], copies)
        shown.update(e.mention.sentence_id for e in best)
    return chosen


def _ranked(groups: Grouped) -> Grouped:
    """All of each category, the strongest first."""
    return {
        category: sorted(found, key=lambda e: (-strength(e), e.mention.id))
        for category, found in groups.items()
    }


def _absent(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    found = {e.mention.category for e in evidence}
    return tuple(c for c in taxonomy().category_ids if c not in found)


def _sale_order(held: tuple[ArmsSale, str]) -> tuple[bool, str, str]:
    sale, _ = held
    return not sale.date, sale.date, sale.id


def _sources(evidence: Iterable[Evidence]) -> dict[tuple[str, str, str], Counter[str]]:
    """Mentions by status of each document, the one that says most first."""
    counted: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for e in evidence:
        counted[e.document_title, e.publisher, e.published][e.mention.status] += 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1].total(), item[0])))
