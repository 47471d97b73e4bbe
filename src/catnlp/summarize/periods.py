"""Years: the one a report covers where its title says it, else that of its publication."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from catnlp.domain import Evidence, Period
from catnlp.store import Origin
from catnlp.summarize.chapters import Chapters, in_chapter
from catnlp.taxonomy import FLAG_STATUSES

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
ENOUGH = 100  # sentences on the country, for a rate to say something
ALIKE = 3  # times as many in one year as in the other, at most
MORE = 1.5


def year_of(evidence: Evidence) -> str:
    """Empty where neither title nor date says it."""
    return covered(evidence.document_title, evidence.published)


def covered(title: str, published: str) -> str:
    """A title that names one year covers it."""
    named = set(YEAR.findall(title))
    return named.pop() if len(named) == 1 else published[:4]


def periods(
    evidence: Iterable[Evidence],
    documents: Iterable[Origin],
    code: str = "",
    chapters: Chapters | None = None,
) -> tuple[Period, ...]:
    """By year, the undated last. Where a year has documents about the country, others that only
    mention it do not count: they would thin the figures out. Of documents about many countries
    the chapters on this one count, as far as they have such."""
    by_year: dict[str, list[Origin]] = defaultdict(list)
    for document in documents:
        by_year[covered(document.title, document.published)].append(document)
    held: dict[str, list[Evidence]] = defaultdict(list)
    own = chapters or {}
    for e in evidence:
        if e.mention.document_id not in own or in_chapter(e.section, code):
            held[e.mention.document_id].append(e)
    years = sorted(by_year, key=lambda year: (not year, year))
    return tuple(_period(year, by_year[year], held, own) for year in years)


def _period(
    year: str,
    documents: Sequence[Origin],
    held: Mapping[str, Sequence[Evidence]],
    chapters: Chapters,
) -> Period:
    counted = [d for d in documents if d.about or d.id in chapters] or documents
    mentions = [e.mention for d in counted for e in held.get(d.id, ())]
    kinds: Counter[str] = Counter()
    for d in counted:
        if d.about or d.id in chapters:
            kinds[d.genre] += chapters.get(d.id, d.sentences)
    return Period(
        year=year,
        documents=len(counted),
        sentences=sum(chapters.get(d.id, d.sentences) for d in counted),
        by_status=dict(Counter(m.status for m in mentions)),
        by_category=dict(Counter(m.category for m in mentions if m.status in FLAG_STATUSES)),
        own=kinds.total(),
        kind=max(kinds, key=lambda kind: (kinds[kind], kind), default=""),
    )


def enough(period: Period) -> bool:
    """Whether so much is written on the country that a rate says something."""
    return period.own >= ENOUGH


def incomparable(before: Period, last: Period) -> str:
    """Why two years cannot be set against each other; empty where they can."""
    for period in (before, last):
        if not enough(period):
            return (
                f"{period.year} has {period.own or 'no'} sentences of documents or chapters on "
                f"the country, fewer than {ENOUGH}"
            )
    if max(before.own, last.own) > ALIKE * min(before.own, last.own):
        return f"one of them has more than {ALIKE} times as many sentences as the other"
    if before.kind != last.kind:
        return "their documents are of different kinds"
    return ""


def change(category: str, before: Period, last: Period) -> str:
    """What became of the rate of a category."""
    then, now = (
        period.by_category.get(category, 0) / (period.sentences or 1) for period in (before, last)
    )
    if not now:
        return "no longer found" if then else "–"
    if not then:
        return "new"
    if now > MORE * then:
        return "more"
    return "less" if now * MORE < then else "about the same"
