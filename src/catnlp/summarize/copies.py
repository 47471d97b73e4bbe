"""Quotes in texts that repeat others: they are no sources of their own."""

from collections.abc import Mapping

from catnlp.domain import Evidence
from catnlp.store.copies import Place, first_with
from catnlp.summarize.same import same_words, shingles


class Copies:
    """What a store knows of texts that repeat others, by document and paragraph."""

    def __init__(self, originals: Mapping[Place, Place]) -> None:
        self._originals = originals

    def repeat(self, one: Evidence, other: Evidence) -> bool:
        """In nearly the same words; or in copies of one paragraph, with words in common."""
        return same_words(one.quote, other.quote) or (
            self._paragraph(one) == self._paragraph(other)
            and bool(shingles(one.quote) & shingles(other.quote))
        )

    def first_document(self, evidence: Evidence) -> str:
        """Id of the document that had the text of a quote first; its own where it repeats none."""
        document = evidence.mention.document_id
        original = first_with(self._originals, document, evidence.paragraph)
        return original.document_id if original else document

    def _paragraph(self, evidence: Evidence) -> Place:
        place = Place(evidence.mention.document_id, evidence.paragraph)
        return self._originals.get(place, place)


NO_COPIES = Copies({})
