from catnlp.domain import Block, Document, Page
from catnlp.segment.places import Places

DOCUMENT = Document(
    id="d", uri="d", media_type="application/pdf", reader="pdf", title="", text="abcdef\nghijkl",
    blocks=(Block(0, 6), Block(7, 13)),
    pages=(Page(1, 0, 4, label="ii"), Page(2, 4, 13, label="1")),
)  # fmt: skip


def test_places_know_paragraph_and_page() -> None:
    sentence = Places(DOCUMENT).sentence(7, 13, ("A",))
    assert (sentence.paragraph, sentence.page, sentence.page_label) == (2, 2, "1")
    assert sentence.text == "ghijkl"


def test_places_of_a_sentence_over_a_page_break_know_both_pages() -> None:
    sentence = Places(DOCUMENT).sentence(2, 6, ())
    assert (sentence.page, sentence.page_end, sentence.page_label) == (1, 2, "ii")


def test_places_without_pages_have_none() -> None:
    html = Document(
        id="d", uri="d", media_type="text/html", reader="html", title="", text="abc",
        blocks=(Block(0, 3),),
    )  # fmt: skip
    sentence = Places(html).sentence(0, 3, ())
    assert (sentence.page, sentence.page_end, sentence.paragraph) == (None, None, 1)
