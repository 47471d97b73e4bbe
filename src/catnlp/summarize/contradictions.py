"""Alleged here, denied there: quotes of one category side by side."""

from collections.abc import Mapping, Sequence

from catnlp.domain import Contradiction, Evidence
from catnlp.summarize.periods import year_of
from catnlp.summarize.same import shingles
from catnlp.summarize.strength import strength
from catnlp.taxonomy import taxonomy

PER_CATEGORY = 2


def contradictions(
    said: Mapping[str, Sequence[Evidence]], denied: Mapping[str, Sequence[Evidence]]
) -> tuple[Contradiction, ...]:
    """For each denial the quote that it stands most against. Quotes are strongest first."""
    return tuple(
        Contradiction(category, _against(no, said[category]), no)
        for category in taxonomy().category_ids
        if said.get(category)
        for no in denied.get(category, ())[:PER_CATEGORY]
    )


def _against(denial: Evidence, said: Sequence[Evidence]) -> Evidence:
    """Of the same year first, then with the most words in common, then the strongest."""
    words = shingles(denial.quote)
    return max(
        said,
        key=lambda e: (
            year_of(e) == year_of(denial),
            e.mention.document_id != denial.mention.document_id,
            len(words & shingles(e.quote)),
            strength(e),
        ),
    )
