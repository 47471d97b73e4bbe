"""What the store says of a quote now."""

from functools import cache

from catnlp.domain import Decision, Labels
from catnlp.review.anchor import Anchors
from catnlp.review.replay import labels_of
from catnlp.review.tasks import Quote
from catnlp.store import decisions
from catnlp.store.database import Database
from catnlp.store.decisions import Read


class Seen:
    """Finds quotes in a store; reads a document once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._anchors = cache(lambda document: Anchors(decisions.sentences_of(db, document)))

    def sentence(self, quote: Quote) -> Read | None:
        """The sentence that the quote is now."""
        probe = Decision(
            quote.document_id, quote.text, quote.start, "add", None, None, "", "",
            before=quote.before, after=quote.after, uri=quote.uri, title=quote.title,
        )  # fmt: skip
        for document in decisions.documents_of(self._db, probe):
            anchor = self._anchors(document).find(probe)
            if anchor is not None:
                return anchor.sentence
        return None

    def labels(self, sentence: Read) -> list[Labels]:
        """Its mentions as they stand, with what was decided before."""
        return [
            labels_of(mention, links, sentence.start)
            for mention, links in decisions.mentions_of(self._db, sentence.id)
        ]

    def original(self, sentence: Read) -> list[Labels]:
        """Its mentions as the tagger alone has them."""
        return [labels_of(mention, links, sentence.start) for mention, links in sentence.mentions]
