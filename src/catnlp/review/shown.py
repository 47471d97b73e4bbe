"""The flags of a quote: a mention for each country that it is linked to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catnlp.domain import Labels, flag_id
from catnlp.review.tasks import Quote


@dataclass(frozen=True, slots=True)
class Shown:
    """A flag as the reviewer saw it; without a country, the mention itself."""

    labels: Labels
    role: str
    country: str
    id: str


def shown_flags(quote: Quote, mentions: Iterable[Labels]) -> Iterator[Shown]:
    """In the order of the mentions; a responsible state has no second flag for the place."""
    counted: Counter[tuple[str, str]] = Counter()
    end = quote.start + len(quote.text)
    for labels in mentions:
        for role, country in _links(labels):
            ordinal = counted[labels.category, country]
            counted[labels.category, country] += 1
            key = (quote.document_id, quote.start, end, labels.category, country, ordinal)
            yield Shown(labels, role, country, flag_id(*key))


def _links(labels: Labels) -> list[tuple[str, str]]:
    places = (c for c in labels.location if c not in labels.responsible)
    found = [("responsible", c) for c in labels.responsible] + [("location", c) for c in places]
    return found or [("", "")]
