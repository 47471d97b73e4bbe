"""Flags: one for each mention and country it is linked to."""

from collections.abc import Iterator
from dataclasses import dataclass

from catnlp.domain import CountryLink, Evidence, Flag, make_id
from catnlp.store import Store


@dataclass(frozen=True, slots=True)
class Filters:
    """What is exported; an empty tuple lets everything through."""

    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    min_score: float = 0.0

    def lets_through(self, evidence: Evidence, link: CountryLink) -> bool:
        mention = evidence.mention
        return all(
            not allowed or value in allowed
            for allowed, value in (
                (self.categories, mention.category),
                (self.statuses, mention.status),
                (self.actors, mention.actor),
                (self.roles, link.role),
            )
        )


def flags(store: Store, filters: Filters = Filters()) -> Iterator[Flag]:
    """Flags by country, then in the order of the documents. A responsible state has one flag
    for a mention, not a second one for the place."""
    for country in store.countries():
        if filters.countries and country not in filters.countries:
            continue
        for evidence in store.evidence(country, min_score=filters.min_score):
            link = next(k for k in evidence.links if k.country == country)
            if filters.lets_through(evidence, link):
                yield _flag(evidence, link)


def _flag(evidence: Evidence, link: CountryLink) -> Flag:
    mention = evidence.mention
    return Flag(
        id=make_id("flag", mention.document_id, evidence.quote_start, evidence.quote_end,
                   mention.category, mention.status, mention.actor, link.country, link.role),
        country=link.country,
        role=link.role,
        category=mention.category,
        status=mention.status,
        actor=mention.actor,
        score=mention.score,
        quote=evidence.quote,
        trigger=mention.trigger,
        trigger_start=mention.start - evidence.quote_start,
        trigger_end=mention.end - evidence.quote_start,
        reason=link.reason,
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
    )  # fmt: skip
