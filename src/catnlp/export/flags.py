"""Flags: one for each mention and country it is linked to; where asked for, one without."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from catnlp.domain import CountryLink, Evidence, Flag, flag_id
from catnlp.export.filters import EVERYTHING, Filters
from catnlp.link.criteria import bearings
from catnlp.store import NO_COUNTRY, WHY_NO_COUNTRY, Store
from catnlp.store.copies import Place, first_with

log = logging.getLogger(__name__)


def flags(store: Store, filters: Filters = EVERYTHING) -> Iterator[Flag]:
    """Flags by country, then in the order of the documents. A responsible state has one flag
    for a mention, not a second one for the place. Those without a country, the last, have to be
    asked for."""
    undated = 0
    originals = store.originals()
    for country in _countries(store, filters):
        for flag in _of_country(store, country, originals):
            if filters.dated and not flag.published:
                undated += 1
            elif filters.lets_through(flag):
                yield flag
    if undated:
        log.warning("left out by the date filter: %d flags of documents without a date", undated)


def _countries(store: Store, filters: Filters) -> list[str]:
    known = store.countries()
    if not filters.countries:
        return known
    return [country for country in (*known, NO_COUNTRY) if country in filters.countries]


def _of_country(store: Store, country: str, originals: Mapping[Place, Place]) -> Iterator[Flag]:
    """All flags of a country. The id leaves out what a better model may change (status, actor,
    role, trigger), and counts where a category stands twice in a sentence."""
    seen: Counter[tuple[str, int, int, str]] = Counter()
    for evidence in store.evidence(country):
        mention = evidence.mention
        key = (mention.document_id, evidence.quote_start, evidence.quote_end, mention.category)
        link = next((k for k in evidence.links if k.country == country), None)
        flag = _flag(evidence, link, flag_id(*key, link.country if link else "", seen[key]))
        yield replace(flag, repeats=_repeated(flag, originals))
        seen[key] += 1


def _repeated(flag: Flag, originals: Mapping[Place, Place]) -> str:
    """Id of the document that had the paragraph, or all of the text, before."""
    original = first_with(originals, flag.document_id, flag.paragraph)
    return original.document_id if original else ""


def _flag(evidence: Evidence, link: CountryLink | None, identity: str) -> Flag:
    mention = evidence.mention
    return Flag(
        id=identity,
        country=link.country if link else "",
        role=link.role if link else "",
        category=mention.category,
        status=mention.status,
        actor=mention.actor,
        score=mention.score,
        status_score=mention.status_score,
        actor_score=mention.actor_score,
        quote=evidence.quote,
        trigger=mention.trigger,
        trigger_start=mention.start - evidence.quote_start,
        trigger_end=mention.end - evidence.quote_start,
        reason=link.reason if link else WHY_NO_COUNTRY,
        document_id=mention.document_id,
        document_title=evidence.document_title,
        publisher=evidence.publisher,
        published=evidence.published,
        uri=evidence.uri,
        url=evidence.url,
        section=evidence.section,
        paragraph=evidence.paragraph,
        page=evidence.page,
        page_label=evidence.page_label,
        page_quality=evidence.page_quality,
        start=evidence.quote_start,
        end=evidence.quote_end,
        sales=tuple(k.sale_id for k in evidence.sale_links),
        method=mention.method,
        criteria=tuple(b.criterion for b in bearings(evidence, link)) if link else (),
        genre=evidence.genre,
        units=tuple(f"{u.name} ({u.state})" if u.state else u.name for u in evidence.units),
        event_since=evidence.when.since if evidence.when else "",
        event_until=evidence.when.until if evidence.when else "",
        event_precision=evidence.when.precision if evidence.when else "",
        also_in=evidence.also_in,
    )
