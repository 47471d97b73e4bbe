"""Differences of two runs in words, and as JSON lines."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from catnlp.review.diff import Difference

SIGNS = {"came": "+", "went": "-", "changed": "~"}


def difference_text(difference: Difference) -> str:
    """A few lines for a person."""
    flag = difference.flag
    changed = ", ".join(f"{n} {x} -> {y}" for n, (x, y) in difference.changed().items())
    labels = f"{flag.category}, {flag.status}, {flag.actor}, {flag.country} ({flag.role})"
    page = f", page {flag.page}" if flag.page else ""
    why = ", ".join(difference.causes)
    return "\n".join(
        (
            f"{SIGNS[difference.kind]} {labels}{f'; {changed}' if changed else ''}",
            f"    “{flag.quote}”",
            f"    {difference.title}{page} ({difference.uri})",
            f"    why: {why}{f' ({difference.detail})' if difference.detail else ''}",
        )
    )


def difference_line(difference: Difference) -> str:
    """One JSON object, keys sorted."""
    return json.dumps(asdict(difference), ensure_ascii=False, sort_keys=True)


def summary(differences: Iterable[Difference]) -> str:
    """Counts by kind and by cause."""
    found = list(differences)
    kinds = Counter(d.kind for d in found)
    causes = Counter("+".join(d.causes) for d in found)
    listed = ", ".join(f"{count} by {cause}" for cause, count in sorted(causes.items()))
    return (
        f"{kinds['came']} came, {kinds['went']} went, {kinds['changed']} changed"
        f"{f'; {listed}' if listed else ''}"
    )
