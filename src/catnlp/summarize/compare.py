"""Countries side by side: rates by category, and the strongest quote of each."""

from collections.abc import Sequence

from catnlp.domain import CountrySummary
from catnlp.summarize.templating import template
from catnlp.taxonomy import FLAG_STATUSES, taxonomy


def comparison(summaries: Sequence[CountrySummary]) -> str:
    """An HTML page. Figures are also given for 1,000 sentences, as much more is written about
    one country than about another."""
    loaded = taxonomy()
    return template("compare.html").render(
        summaries=summaries,
        categories=[
            c
            for c in loaded.categories
            if any(count.category == c.id for s in summaries for count in s.counts)
        ],
        flags={s.country: _flags(s) for s in summaries},
        statuses=loaded.status_labels,
    )


def _flags(summary: CountrySummary) -> dict[str, int]:
    return {
        count.category: sum(count.by_status.get(status, 0) for status in FLAG_STATUSES)
        for count in summary.counts
    }
