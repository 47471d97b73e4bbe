"""DOCX: notes, text boxes and tracked changes, as Word shows them."""

import zipfile
from pathlib import Path

import pytest

from catnlp.domain import Document
from catnlp.extract import extract

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BEATEN = "Police in Lomé beat four detainees until they signed what had been written."


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, properties: str = "") -> str:
    runs = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p>{properties}{runs}</w:p>"


def mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, text: str, kind: str = "footnote") -> str:
    ref = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{number}">{paragraph(ref, text)}</w:{kind}>'


def box(*paragraphs: str) -> str:
    """As Word writes it: the shape, and the same once more for older versions."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """Cells are the XML in them."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def read(path: Path, *body: str, footnotes: str = "", endnotes: str = "") -> Document:
    separator = f'<w:{{0}} w:type="separator" w:id="0">{paragraph("-")}</w:{{0}}>'
    with zipfile.ZipFile(path, "w") as archive:
        document = f"<w:document {SPACES}><w:body>{''.join(body)}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
            if notes:
                notes = separator.format(kind) + notes
                part = f"<w:{kind}s {SPACES}>{notes}</w:{kind}s>"
                archive.writestr(f"word/{kind}s.xml", part)
    (found,) = extract(path)
    return found


def texts(document: Document, kind: str = "") -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kind or b.kind == kind]


def test_notes_stand_at_the_end_with_the_numbers_of_their_marks(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.docx",
        paragraph(BEATEN, mark(5), " It was denied."),
        paragraph("The court sat in 2023", mark(3), " and in May."),
        footnotes=note(3, "Court file 9.") + note(5, "Interview, Kara."),
    )
    assert texts(document) == [
        f"{BEATEN}¹ It was denied.",
        "The court sat in 2023² and in May.",
        "¹ Interview, Kara.",
        "² Court file 9.",
    ]
    assert texts(document, "note") == ["¹ Interview, Kara.", "² Court file 9."]


def test_endnotes_with_the_same_ids_are_other_notes(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.docx",
        paragraph(BEATEN, mark(1), " Nobody was charged.", mark(1, "endnote")),
        footnotes=note(1, "Interview."),
        endnotes=note(1, "Press release.", "endnote"),
    )
    assert texts(document, "note") == ["¹ Interview.", "¹ Press release."]


def test_note_whose_mark_was_deleted_is_gone(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.docx",
        paragraph(BEATEN, f"<w:del>{mark(1)}</w:del>", " He was freed.", mark(2)),
        footnotes=note(1, "Withdrawn.") + note(2, "Interview."),
    )
    assert texts(document) == [f"{BEATEN} He was freed.¹", "¹ Interview."]


def test_number_in_superscript_that_is_no_mark_stays(tmp_path: Path) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    document = read(tmp_path / "a.docx", paragraph("A cell of 4 m", raised, " held nine men."))
    assert texts(document) == ["A cell of 4 m2 held nine men."]


def test_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.docx",
        paragraph(BEATEN, box(paragraph("In figures"), paragraph("Nine cases."))),
        paragraph("The ministry denied it."),
    )
    assert texts(document) == [BEATEN, "In figures", "Nine cases.", "The ministry denied it."]


def test_text_box_in_a_cell_is_read_once(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.docx",
        paragraph(BEATEN),
        table(
            (paragraph("Lomé", box(paragraph("the capital"))), paragraph("9")),
            (paragraph("Kara"), table((paragraph("2"), paragraph("3")))),
        ),
    )
    assert texts(document, "table-row") == ["Lomé the capital | 9", "Kara | 2 3"]


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (f"<w:ins>{run(' twice')}</w:ins>", " twice"),
        ("<w:del><w:r><w:delText> twice</w:delText></w:r></w:del>", ""),
        (f"<w:moveTo>{run(' twice')}</w:moveTo>", " twice"),
        (f"<w:moveFrom>{run(' twice')}</w:moveFrom>", ""),
        (f"<w:ins><w:del>{run(' twice')}</w:del></w:ins>", ""),
        ("<w:r><w:instrText> PAGE </w:instrText></w:r>", ""),
        (f'<w:hyperlink w:anchor="x">{run(" twice")}</w:hyperlink>', " twice"),
    ],
)
def test_tracked_changes_are_taken_as_accepted(tmp_path: Path, part: str, shown: str) -> None:
    document = read(tmp_path / "a.docx", paragraph("Police beat him", part, " in May."))
    assert texts(document) == [f"Police beat him{shown} in May."]


def test_paragraph_mark_that_was_deleted_joins_what_it_parted(tmp_path: Path) -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    document = read(
        tmp_path / "a.docx",
        paragraph("Police beat him ", properties=gone),
        paragraph("in May."),
        paragraph("He was freed.", properties="<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>"),
        paragraph("He left."),
    )
    assert texts(document) == ["Police beat him in May.", "He was freed.", "He left."]


def test_row_that_was_deleted_is_gone(tmp_path: Path) -> None:
    rows = table((paragraph("Lomé"), paragraph("9")), (paragraph("Kara"), paragraph("2")))
    before, _, after = rows.rpartition("<w:tr>")
    deleted = f"{before}<w:tr><w:trPr><w:del/></w:trPr>{after}"
    document = read(tmp_path / "a.docx", paragraph(BEATEN), deleted)
    assert texts(document, "table-row") == ["Lomé | 9"]


@pytest.mark.parametrize(
    ("created", "title", "published"),
    [
        ("2013-12-23T23:15:00Z", "Prisons of Togo", ""),  # the template of python-docx
        ("2013-12-23T09:10:00Z", "Prisons of Togo", "2013-12-23"),
        ("2019-05-02T09:10:00Z", "Prisons of Togo 2023", ""),  # made from an older file
        ("2024-02-01T09:10:00Z", "Prisons of Togo 2023", "2024-02-01"),
        ("2021-02-01T09:10:00Z", "Prisons of Togo, 2019 to 2022", "2021-02-01"),
        ("1980-01-01T00:00:00Z", "Prisons of Togo", ""),
        ("", "Prisons of Togo 2023", ""),
    ],
)
def test_creation_is_the_publication_unless_a_template_or_the_title_says_otherwise(
    tmp_path: Path, created: str, title: str, published: str
) -> None:
    path = tmp_path / "dated.docx"
    style = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>'
    styles = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    body = paragraph(title, properties=style) + paragraph(BEATEN)
    terms = 'xmlns:dcterms="http://purl.org/dc/terms/"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", f"<w:styles {SPACES}>{styles}</w:styles>")
        archive.writestr(
            "docProps/core.xml",
            f"<properties {terms}><dcterms:created>{created}</dcterms:created></properties>",
        )
    (found,) = extract(path)
    assert (found.title, found.published) == (title, published)
