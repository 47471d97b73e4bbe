"""A country summary as JSON; `catnlp schema summary` describes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from catnlp.domain import CountrySummary, Evidence, Period
from catnlp.summarize.places import place, source_link
from catnlp.taxonomy.criteria import criteria


def as_json(summary: CountrySummary) -> str:
    """The same facts as on the page, every quote with its place and offsets."""
    return json.dumps(as_record(summary), ensure_ascii=False, indent=1) + "\n"


def _period(period: Period) -> dict[str, Any]:
    return {k: v for k, v in asdict(period).items() if k not in ("own", "kind")}


def as_record(s: CountrySummary) -> dict[str, Any]:
    return {
        "country": s.country,
        "name": s.name,
        "documents": s.documents,
        "sentences": s.sentences,
        "counts": [asdict(count) for count in s.counts],
        "periods": [_period(period) for period in s.periods],
        **{part: _quotes(found) for part, found in s.evidence.items()},
        "to_check": {part: _quotes(found) for part, found in s.to_check.items()},
        "tallies": {
            part: {category: asdict(tally) for category, tally in found.items()}
            for part, found in s.tallies.items()
        },
        "rejected": dict(s.rejected),
        "independent_sources": {c: list(names) for c, names in s.independent.items()},
        "contradictions": [
            {"category": c.category, "said": quote(c.said), "denied": quote(c.denied)}
            for c in s.contradictions
        ],
        "units": [
            {"name": u.name, "mentions": u.mentions, "categories": list(u.categories),
             "example": quote(u.example)}
            for u in s.units
        ],
        "questions": [
            {"criterion": q.criterion, "question": _question(q.criterion),
             "by_status": dict(q.by_status), "categories": list(q.categories)}
            for q in s.criteria
        ],
        "not_found": list(s.absent),
        "sales": [
            {**asdict(sale), "document_title": title, "mentions": s.sale_mentions.get(sale.id, 0)}
            for sale, title in s.sales
        ],
        "sources": [
            {"title": title, "publisher": publisher, "published": published,
             "by_status": dict(by_status)}
            for (title, publisher, published), by_status in s.sources.items()
        ],
        "unread": [asdict(unread) for unread in s.unread],
    }  # fmt: skip


def _question(criterion: str) -> str:
    return next(c.question for c in criteria().criteria if c.id == criterion)


def _quotes(found: Mapping[str, Iterable[Evidence]]) -> dict[str, list[dict[str, Any]]]:
    return {category: [quote(e) for e in held] for category, held in found.items()}


def quote(e: Evidence) -> dict[str, Any]:
    """One quote: verbatim, with offsets in the text of its document."""
    return {
        "quote": e.quote,
        "trigger": e.mention.trigger,
        "trigger_start": e.mention.start - e.quote_start,
        "category": e.mention.category,
        "status": e.mention.status,
        "actor": e.mention.actor,
        "score": e.mention.score,
        "status_score": e.mention.status_score,
        "actor_score": e.mention.actor_score,
        "certainty": e.certainty,
        "unclear": list(e.unclear),
        "countries": [{"country": k.country, "role": k.role, "reason": k.reason} for k in e.links],
        "document_id": e.mention.document_id,
        "title": e.document_title,
        "publisher": e.publisher,
        "published": e.published,
        "uri": e.uri,
        "url": e.url,
        "section": list(e.section),
        "place": place(e),
        "page": e.page,
        "page_label": e.page_label,
        "paragraph": e.paragraph,
        "start": e.quote_start,
        "end": e.quote_end,
        "link": source_link(e),
        "independent_sources": list(e.sources),
        "also_in": list(e.also_in),
        "sales": [k.sale_id for k in e.sale_links],
        "review": e.review,
        "units": [{"name": u.name, "state": u.state} for u in e.units],
        "event": asdict(e.when) if e.when else None,
    }
