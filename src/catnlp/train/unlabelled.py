"""Sentences of documents as they stand, for a teacher to label."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from catnlp.domain import Document
from catnlp.errors import InputError
from catnlp.extract import extract
from catnlp.segment.passages import PassageSpan, passages
from catnlp.segment.sections import sections
from catnlp.tag.pipeline import split
from catnlp.train.corpus import Annotated
from catnlp.train.standoff import shared_splitter
from catnlp.train.weak import KEY, keys

DOCUMENTS = 400  # of a folder
MOST = 50  # sentences of a document, in whole passages
SHORTEST, LONGEST = 4, 120  # words of a sentence
UNREAD = "unlabelled"  # source of a sentence that no reader labelled


def unlabelled(
    folders: Sequence[Path], leave_out: Sequence[Annotated], *, seed: int
) -> Iterator[Annotated]:
    """Some passages of each of DOCUMENTS documents a folder, none that holds a sentence of
    `leave_out`."""
    known = keys(leave_out)
    for folder in folders:
        chance = random.Random(seed)
        files = sorted(f for f in folder.rglob("*") if f.is_file())
        chance.shuffle(files)
        left = DOCUMENTS
        for file in files:
            for run in _documents(file, left, chance):
                left -= 1
                for passage in run:
                    if not any(sentence.text[:KEY] in known for sentence in passage):
                        yield from passage
            if left <= 0:
                break


def _documents(file: Path, most: int, chance: random.Random) -> Iterator[list[list[Annotated]]]:
    try:
        for number, document in enumerate(extract(file)):
            if number == most:
                return
            spans = list(passages(document, sections(document)))
            chance.shuffle(spans)
            chosen, sentences = [], 0
            for span in spans:
                sentences += document.text.count(". ", span.start, span.end) + 1
                chosen.append(span)
                if sentences >= MOST:
                    break
            docs = split(shared_splitter(), document, chosen)
            yield [
                _linked(document, span, [" ".join(sent.text.split()) for sent in doc.sents])
                for span, doc in zip(chosen, docs, strict=True)
            ]  # fmt: skip
    except InputError:
        return


def _linked(document: Document, span: PassageSpan, texts: Sequence[str]) -> list[Annotated]:
    """The sentences of a passage, each between its neighbours."""
    texts = [text for text in texts if SHORTEST <= len(text.split()) <= LONGEST]
    around = ["", *texts, ""]
    return [
        Annotated(
            f"{document.id[:12]}-{span.start}-{number}", UNREAD, document.id[:12],
            document.title, tuple(span.section), around[number], text, around[number + 2],
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip
