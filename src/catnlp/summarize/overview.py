"""The end of a run on a terminal: the countries, and the strongest words on the first of them."""

import textwrap
from collections.abc import Iterator, Sequence

from catnlp.domain import CountrySummary, Evidence
from catnlp.summarize.strength import strongest

ORDER = "Most mentions first: this measures how much was written, not how much was done."
COUNTRIES = 12  # rows of the table
QUOTED = 3  # countries with quotes
QUOTES = 2
WIDTH = 92


def status_count(summary: CountrySummary, *statuses: str) -> int:
    """Mentions of these statuses for which the country is responsible."""
    return sum(count.by_status.get(status, 0) for count in summary.counts for status in statuses)


def overview(summaries: Sequence[CountrySummary]) -> str:
    """A table of countries, those most was written about first, as it says; then quotes."""
    ranked = sorted(summaries, key=lambda s: (-status_count(s, "affirmed", "alleged"), s.name))
    if not ranked:
        return "No mention of a country was found."
    lines = [
        f"{'':34}{'affirmed':>9}{'alleged':>9}{'denied':>9}{'norms':>9}{'fears':>9}{'sales':>9}"
    ]
    for s in ranked[:COUNTRIES]:
        columns = ("affirmed", "alleged", "negated", "normative", "hypothetical")
        counts = [status_count(s, status) for status in columns] + [len(s.sales)]
        lines.append(f"{s.country}  {s.name[:28]:29}" + "".join(f"{n or '-':>9}" for n in counts))
    if len(ranked) > COUNTRIES:
        lines.append(f"and {len(ranked) - COUNTRIES} more countries in index.html")
    lines.append(ORDER)
    for s in ranked[:QUOTED]:
        lines += _quotes(s)
    return "\n".join(lines)


def _quotes(summary: CountrySummary) -> Iterator[str]:
    found = [e for kept in summary.evidence["happened"].values() for e in kept]
    best = strongest(found, QUOTES)
    if best:
        yield f"\n{summary.name}"
    for evidence in best:
        yield textwrap.fill(
            f"“{evidence.quote}”", WIDTH, initial_indent="  ", subsequent_indent="  "
        )
        yield f"    {_labels(evidence)}"


def _labels(evidence: Evidence) -> str:
    from catnlp.summarize.places import place

    mention = evidence.mention
    return (
        f"{mention.category}, {mention.status}, {mention.actor} actor; "
        f"{evidence.document_title}, {place(evidence)}"
    )
