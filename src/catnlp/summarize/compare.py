"""Countries side by side: rates by category, and the strongest quote of each."""

from collections.abc import Sequence

from catnlp.domain import CountrySummary
from catnlp.summarize.periods import ENOUGH
from catnlp.summarize.templating import template
from catnlp.taxonomy import FLAG_STATUSES, taxonomy


def comparison(summaries: Sequence[CountrySummary]) -> str:
    """An HTML page. Rates are those of the documents about a country, as much more is written
    about one country than about another."""
    loaded = taxonomy()
    return template("compare.html").render(
        summaries=summaries,
        categories=[
            c
            for c in loaded.categories
            if any(count.category == c.id for s in summaries for count in s.counts)
        ],
        flags={s.country: _flags(s) for s in summaries},
        rates={s.country: _rates(s) for s in summaries},
        statuses=loaded.status_labels,
    )


def _flags(summary: CountrySummary) -> dict[str, int]:
    return {
        count.category: sum(count.by_status.get(status, 0) for status in FLAG_STATUSES)
        for count in summary.counts
    }


def _rates(summary: CountrySummary) -> dict[str, float]:
    """Empty where too little is written on the country."""
    if sum(period.own for period in summary.periods) < ENOUGH:
        return {}
    sentences = sum(period.sentences for period in summary.periods)
    return {
        count.category: 1000
        * sum(period.by_category.get(count.category, 0) for period in summary.periods)
        / sentences
        for count in summary.counts
    }
