"""The index page: a matrix of countries and categories, straight from SQL."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catnlp.gazetteer import country_name
from catnlp.settings import Settings
from catnlp.store import WHY_NO_COUNTRY, Store
from catnlp.summarize.templating import template
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

SHADES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A country with what is affirmed or alleged by category, and everything else beside it."""

    code: str
    name: str
    counts: dict[str, int]
    flags: int
    other: int  # denied, norms, fears
    documents: int
    sales: int


def index_page(store: Store, settings: Settings, unlinked: Mapping[str, int]) -> str:
    """`index.html`; cells are shaded within their column, on a logarithmic scale."""
    rows = index_rows(store, settings)
    loaded = taxonomy()
    documents, sentences = store.extent()
    highest = {
        c: max((row.counts.get(c, 0) for row in rows), default=0) for c in loaded.category_ids
    }
    return template("index.html").render(
        rows=rows, categories=loaded.categories, groups=_groups(), inputs=list(store.inputs()),
        documents=documents, sentences=sentences, unread=store.unread(),
        unlinked=unlinked, why=WHY_NO_COUNTRY,
        shade=lambda category, count: shade(count, highest[category]),
    )  # fmt: skip


def index_rows(store: Store, settings: Settings) -> list[Row]:
    """All countries of the store, those with the most affirmed or alleged first."""
    flagged: dict[str, Counter[str]] = defaultdict(Counter)
    other: Counter[str] = Counter()
    for country, category, status, count in store.matrix(min_score=settings.min_score):
        if status in FLAG_STATUSES:
            flagged[country][category] += count
        else:
            other[country] += count
    rows = [
        Row(
            code, country_name(code), dict(flagged[code]), flagged[code].total(), other[code],
            documents, sales,
        )
        for code, (documents, sales) in store.totals().items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.flags, row.name))


def _groups() -> list[dict[str, Any]]:
    return [
        {"label": label, "size": sum(c.group == group for c in taxonomy().categories)}
        for group, label in taxonomy().groups.items()
    ]


def shade(count: int, highest: int) -> int:
    """0 for none, then 1 to 5."""
    if not count:
        return 0
    share = math.log1p(count) / math.log1p(highest)
    return max(1, min(SHADES, math.ceil(share * SHADES)))
