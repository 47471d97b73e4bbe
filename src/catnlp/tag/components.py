"""The spaCy components of catnlp: callables `Doc -> Doc`."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup

from catnlp.segment.boundaries import forbidden_starts, forced_starts
from catnlp.tag.factories import span_id
from catnlp.tag.prediction import Prediction
from catnlp.tag.tagger import Tagger
from catnlp.tag.windows import Passage

SPANS_KEY = "mentions"
DOCS_AT_ONCE = 2048
NO, YES = -1, 1  # of spaCy's SENT_START; 0 leaves it to the splitter


class Blocks:
    """Sets the sentence starts that line breaks and abbreviations decide."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = {offset: number for number, offset in enumerate(doc.to_array("IDX").tolist())}
        starts = doc.to_array("SENT_START").astype(np.int64)
        for offsets, value in ((forbidden_starts(doc.text), NO), (forced_starts(doc.text), YES)):
            starts[[tokens[offset] for offset in offsets if offset in tokens]] = value
        doc.from_array(["SENT_START"], starts.astype(np.uint64))  # type: ignore[arg-type]
        return doc


class MentionTagger:
    """Puts what the model finds into `doc.spans`."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = DOCS_AT_ONCE) -> Iterator[Doc]:
        """Docs in order; a larger batch_size gives batches of more equal length."""
        docs = iter(stream)
        while group := list(islice(docs, max(batch_size, DOCS_AT_ONCE))):
            sentences = [list(doc.sents) for doc in group]
            passages = [
                Passage(doc._.title, tuple(doc._.section), tuple(sent.text for sent in sents))
                for doc, sents in zip(group, sentences, strict=True)
            ]
            found = self.tagger.predict(passages)
            for doc, sents, by_sentence in zip(group, sentences, found, strict=True):
                doc.spans[SPANS_KEY] = SpanGroup(
                    doc,
                    name=SPANS_KEY,
                    spans=[
                        span
                        for sent, predictions in zip(sents, by_sentence, strict=True)
                        for span in _spans(sent, predictions)
                    ],
                )
                yield doc


def _spans(sentence: Span, predictions: Iterable[Prediction]) -> Iterator[Span]:
    for found in sorted(predictions, key=lambda p: (p.start, p.end, p.category)):
        span = sentence.char_span(
            found.start, found.end, label=found.category, alignment_mode="expand"
        )
        span.id_ = span_id(found)
        yield span
