"""Texts that repeat others with small edits, and texts that do not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from catnlp.address import Where
from catnlp.domain import Analysis, Block, Document
from catnlp.store import Store, open_store
from catnlp.store.copies import WHOLE, Place
from catnlp.store.likeness import find_copies
from tests.analyses import analysis as quoted

KILLED = (
    "On 4 May soldiers of the second brigade entered the village of Moura at dawn, separated the "
    "men from the women, and shot eleven farmers beside the well while their families looked on."
)
EDITED = KILLED.replace("at dawn", "before dawn").replace("farmers", "young farmers")
OTHER = (
    "The prison of the capital held three times as many people as it was built for, and inmates "
    "slept in turns because there was no room for all of them to lie down at the same time."
)
MORE = (
    "The ombudsman received ninety complaints about the police during the year, upheld twelve of "
    "them, and named two officers whom the ministry later moved to other stations in the north."
)


def document(name: str, published: str, *paragraphs: str, subject: str = "") -> Analysis:
    text = "\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Analysis(
        Document(name, f"{name}.txt", "text/plain", "text 2", name.title(), text, tuple(blocks),
                 published=published, subject_countries=(subject,) if subject else ())
    )  # fmt: skip


@pytest.fixture
def store(address: Where) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


def put(store: Store, *analyses: Analysis) -> None:
    for analysis in analyses:
        uri = analysis.document.uri
        store.begin_input(uri, analysis.document.id, 1)
        store.put(analysis, uri)
    store.mark_copies()


def test_likeness_of_texts() -> None:
    texts = [KILLED, OTHER, EDITED, MORE]
    (copy,) = find_copies(texts, texts.__getitem__, least=0.5)
    assert (copy.place, copy.original) == (2, 0)
    assert 0.5 < copy.likeness < 1


def test_paragraph_carried_forward_is_a_copy_of_the_earlier_one(store: Store) -> None:
    put(store, document("later", "2024", MORE, KILLED), document("early", "2023", KILLED, OTHER))
    assert store.originals() == {Place("later", 2): Place("early", 1)}
    assert store.repeated_in() == {Place("early", 1): ["Later"]}


def test_document_with_small_edits_is_a_copy(store: Store) -> None:
    put(store, document("a", "2023-01-02", KILLED, OTHER, MORE),
        document("b", "2023-01-03", KILLED, OTHER, MORE.replace("twelve", "ten")))  # fmt: skip
    assert store.originals()[Place("b", WHOLE)] == Place("a", WHOLE)


def test_same_words_on_another_country_are_no_copy(store: Store) -> None:
    put(store, document("a", "2023", OTHER, subject="MLI"),
        document("b", "2023", OTHER, subject="TCD"), document("c", "2024", OTHER, subject="TCD"),
        )  # fmt: skip
    assert store.originals()[Place("c", 1)] == Place("b", 1)
    assert Place("b", 1) not in store.originals()


def test_other_texts_are_no_copies(store: Store) -> None:
    put(store, document("a", "2023", KILLED), document("b", "2024", OTHER, MORE))
    assert store.originals() == {}


def test_paragraph_repeated_within_a_document_is_no_copy(store: Store) -> None:
    put(store, document("a", "2023", KILLED, KILLED))
    assert store.originals() == {}


def test_copies_go_with_their_documents(store: Store) -> None:
    first, second = document("a", "2023", KILLED), document("b", "2024", KILLED)
    put(store, first, second)
    changed = replace(second, document=replace(second.document, text=OTHER,
                                               blocks=(Block(0, len(OTHER)),)))  # fmt: skip
    put(store, changed)
    assert store.originals() == {}


def test_copies_are_found_again_after_a_document_was_read_anew(store: Store) -> None:
    first, second = document("a", "2023", KILLED), document("b", "2024", KILLED)
    put(store, first, second)
    before = store.originals()
    put(store, second)
    store.mark_copies()
    assert store.originals() == before != {}


def test_evidence_names_the_documents_that_repeat_its_paragraph(store: Store) -> None:
    said = ((KILLED, "shot eleven farmers", "unlawful-killing", "affirmed"),)
    repeated = ((EDITED, "shot eleven", "unlawful-killing", "affirmed"),)
    early = quoted("early", said, "MLI", title="Early")
    early = replace(early, document=replace(early.document, published="2023"))
    put(store, early, quoted("later", repeated, "MLI", title="Later"))
    found = {e.document_title: e.also_in for e in store.evidence("MLI")}
    assert found == {"Early": ("Later",), "Later": ()}
