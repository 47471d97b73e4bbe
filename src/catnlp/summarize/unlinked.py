"""What names no country: a page of its own, so that it is not lost."""

from collections.abc import Mapping
from itertools import islice

from catnlp.settings import Settings
from catnlp.store import NO_COUNTRY, WHY_NO_COUNTRY, Store
from catnlp.summarize.doubt import assessed
from catnlp.summarize.templating import template
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

LISTED = 500


def unlinked_counts(store: Store, settings: Settings) -> dict[str, int]:
    """Affirmed and alleged mentions that are linked to no country, by category."""
    return store.unlinked(min_score=settings.min_score, statuses=FLAG_STATUSES)


def unlinked_page(store: Store, settings: Settings, counts: Mapping[str, int]) -> str:
    """`countries/none.html`; empty where every mention has a country (no `counts`)."""
    if not counts:
        return ""
    found = store.evidence(NO_COUNTRY, min_score=settings.min_score, statuses=FLAG_STATUSES)
    return template("none.html").render(
        quotes=[assessed(evidence, NO_COUNTRY) for evidence in islice(found, LISTED)],
        counts=counts, total=sum(counts.values()), why=WHY_NO_COUNTRY,
        categories={c.id: c for c in taxonomy().categories},
        actors={a.id: a.label for a in taxonomy().actor_labels},
        linked_sales={},
    )  # fmt: skip
