"""Arms sales and evidence of a country on one axis of time, with the marks of policy."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby

from catnlp.domain import ArmsSale, Evidence
from catnlp.gazetteer import country_name
from catnlp.resources import read_toml
from catnlp.sales.links import BY_FORCE
from catnlp.sales.when import When, happened
from catnlp.settings import Settings
from catnlp.store import Store
from catnlp.summarize.doubt import assessed
from catnlp.summarize.strength import strength
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

KNOWN = 3  # quotes shown beside a sale


@dataclass(frozen=True, slots=True)
class Mark:
    """A date of a policy, from which "what changed?" can be asked."""

    date: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """What the state is said to have done, with its date and what gives it."""

    when: When
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Entry:
    """A sale with what was known when it came, and what has come since.

    Known is what had been published by the day of the sale; since is what happened after it.
    Mentions that are neither, or whose dates are not known well enough, are `unclear`.
    """

    sale: ArmsSale
    titles: str
    known: tuple[Point, ...]  # the strongest of them first
    since: tuple[Point, ...]
    unclear: int
    links: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it for one country."""

    country: str
    name: str
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]  # by date
    undated: int
    marks: tuple[Mark, ...]


def timeline_of(store: Store, country: str, settings: Settings) -> Timeline:
    """Affirmed and alleged mentions for which the state is responsible, and the sales to it."""
    points, undated, links = [], 0, Counter[str]()
    for found in store.evidence(country, min_score=settings.min_score):
        evidence = assessed(found, country)
        links.update(link.sale_id for link in evidence.sale_links)
        mine = any(k.country == country and k.role == "responsible" for k in evidence.links)
        if not mine or evidence.mention.status not in FLAG_STATUSES:
            continue
        when = happened(evidence.quote, evidence.document_title, evidence.published, evidence.when)
        if when is None:
            undated += 1
        else:
            points.append(Point(when, evidence))
    points.sort(key=lambda point: (point.when.year, point.evidence.mention.id))
    return Timeline(
        country, country_name(country),
        tuple(_entry(sale, said, points, links[sale.id]) for sale, said in store.sales(country)),
        tuple(points), undated, marks(),
    )  # fmt: skip


@cache
def marks() -> tuple[Mark, ...]:
    """The dates that every axis shows."""
    return tuple(Mark(**mark) for mark in read_toml("catnlp.summarize", "marks.toml")["mark"])


def _entry(sale: ArmsSale, titles: str, points: Sequence[Point], links: int) -> Entry:
    known, since, unclear = [], [], 0
    for point in points:
        if sale.date and _surely_before(point.evidence.published, sale.date):
            known.append(point)
        elif sale.date and _surely_before(sale.date, point.when.date):
            since.append(point)
        else:
            unclear += 1
    return Entry(sale, titles, _strongest(known), _strongest(since), unclear, links)


def _surely_before(one: str, other: str) -> bool:
    """Whether a date is before another as far as both are known: 2022 is not before 2022-04."""
    shared = min(len(one), len(other))
    return bool(one) and one[:shared] < other[:shared]


def _strongest(points: Sequence[Point]) -> tuple[Point, ...]:
    """What forces do comes first: it is what a reader of an arms sale asks for."""
    return tuple(
        sorted(
            points,
            key=lambda p: (
                p.evidence.mention.category not in BY_FORCE,
                -strength(p.evidence), p.evidence.mention.id,
            ),
        )
    )  # fmt: skip


def shown(points: Sequence[Point], most: int = KNOWN) -> tuple[Point, ...]:
    """The first of them, no sentence twice."""
    by_sentence = {p.evidence.mention.sentence_id: p for p in reversed(points)}
    return tuple(p for p in points if by_sentence[p.evidence.mention.sentence_id] is p)[:most]


def as_json(timeline: Timeline) -> str:
    """The same as the page shows, with all quotes."""
    return json.dumps(
        {
            "country": timeline.country,
            "name": timeline.name,
            "marks": [asdict(mark) for mark in timeline.marks],
            "undated": timeline.undated,
            "events": [_point(point) for point in timeline.points],
            "sales": [
                {
                    **{k: v for k, v in asdict(entry.sale).items() if k not in ("spans", "quote")},
                    "known": [point.evidence.mention.id for point in entry.known],
                    "since": [point.evidence.mention.id for point in entry.since],
                    "unclear": entry.unclear,
                    "links": entry.links,
                }
                for entry in timeline.entries
            ],
        },
        ensure_ascii=False, indent=1,
    )  # fmt: skip


def _point(point: Point) -> dict[str, object]:
    e = point.evidence
    return {
        "mention": e.mention.id, "date": point.when.date, "date_from": point.when.said_by,
        "published": e.published, "category": e.mention.category, "status": e.mention.status,
        "quote": e.quote, "document": e.document_title, "publisher": e.publisher, "uri": e.uri,
        "page": e.page, "paragraph": e.paragraph, "score": e.mention.score,
        "sales": [
            {"sale": k.sale_id, "kind": k.kind, "score": k.score, "reason": k.reason,
             "against": k.against, "sale_quote": k.sale_quote}
            for k in e.sale_links
        ],
    }  # fmt: skip


def by_group(points: Sequence[Point]) -> dict[str, list[Point]]:
    """Points by group of categories, in the order of the taxonomy."""
    group = {c.id: c.group for c in taxonomy().categories}
    order = list(dict.fromkeys(c.group for c in taxonomy().categories))
    ranked = sorted(points, key=lambda p: order.index(group[p.evidence.mention.category]))
    return {
        name: list(held)
        for name, held in groupby(ranked, key=lambda p: group[p.evidence.mention.category])
    }
