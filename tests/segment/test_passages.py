from catnlp.domain import Block, Document, Section
from catnlp.segment.passages import PASSAGE_CHARS, passages


def document(*lines: tuple[str, str]) -> Document:
    blocks, text = [], ""
    for kind, line in lines:
        start = len(text)
        text += line + "\n"
        blocks.append(Block(start, start + len(line), kind, level=int(kind == "heading")))  # type: ignore[arg-type]
    return Document(
        id="d", uri="d", media_type="text/plain", reader="text", title="", text=text,
        blocks=tuple(blocks),
    )  # fmt: skip


def texts(doc: Document, sections: tuple[Section, ...] = ()) -> list[str]:
    return [doc.text[p.start : p.end] for p in passages(doc, sections)]


def test_passages_leave_out_headings_and_do_not_cross_them() -> None:
    doc = document(
        ("paragraph", "Before."), ("heading", "One"), ("paragraph", "First."),
        ("paragraph", "Second."), ("heading", "Two"), ("paragraph", "Third."),
    )  # fmt: skip
    sections = (Section(8, 27, ("One",)), Section(27, 40, ("Two",)))
    found = list(passages(doc, sections))
    assert texts(doc, sections) == ["Before.", "First.\nSecond.", "Third."]
    assert [p.section for p in found] == [(), ("One",), ("Two",)]


def test_passages_of_a_long_section_are_cut_at_a_block() -> None:
    doc = document(*[("paragraph", "word " * 100)] * 10)
    found = list(passages(doc, ()))
    assert len(found) > 1
    assert all(p.end - p.start < PASSAGE_CHARS + 600 for p in found)


def test_passages_of_a_document_of_headings_are_none() -> None:
    assert texts(document(("heading", "Only")), (Section(0, 5, ("Only",)),)) == []
