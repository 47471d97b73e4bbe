"""Alleged here, denied there: quotes of one category side by side."""

import re
from collections.abc import Mapping, Sequence

from catnlp.domain import Contradiction, Evidence
from catnlp.summarize.periods import year_of
from catnlp.summarize.same import shingles
from catnlp.summarize.strength import strength
from catnlp.taxonomy import taxonomy

PER_CATEGORY = 2
STEM = 6  # letters that two forms of a word have in common


def contradictions(
    said: Mapping[str, Sequence[Evidence]], denied: Mapping[str, Sequence[Evidence]]
) -> tuple[Contradiction, ...]:
    """For each denial the quote that it stands most against. Quotes are strongest first."""
    pairs = []
    for category in taxonomy().category_ids:
        for denial in denied.get(category, ())[:PER_CATEGORY]:
            against = [e for e in said.get(category, ()) if _speaks_of(e.quote, denial)]
            if against:
                pairs.append(Contradiction(category, _against(denial, against), denial))
    return tuple(pairs)


def _speaks_of(quote: str, denial: Evidence) -> bool:
    """Not every pair of a category is a contrast: either the whole category is denied, in words
    of its name, or a word of what is denied stands in the quote."""
    denied = _stems(denial.mention.trigger)
    label = taxonomy().category(denial.mention.category).label
    return bool(denied & (_stems(label) | _stems(quote)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(r"\w{5,}", text.lower()))


def _against(denial: Evidence, said: Sequence[Evidence]) -> Evidence:
    """Of the same year first, then of another document, then with words in common; of these
    the strongest."""
    words = shingles(denial.quote)
    return max(
        said,
        key=lambda e: (
            year_of(e) == year_of(denial),
            e.mention.document_id != denial.mention.document_id,
            bool(words & shingles(e.quote)),
            strength(e),
        ),
    )
