"""Numbers that Word shows before paragraphs."""

import zipfile
from pathlib import Path

import pytest

from catnlp.extract import extract
from catnlp.extract.docx_numbering import FORMATS

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(number: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)") + level(2, "bullet", "o")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>'
)  # fmt: skip
STYLES = (
    f'<w:styles {SPACE}><w:style w:styleId="Para"><w:name w:val="Para"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Child">'
    '<w:name w:val="Child"/><w:basedOn w:val="Para"/></w:style></w:styles>'
)


def paragraph(text: str, *, style: str = "", number: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = ""
    if number:
        identity, _, depth = number.partition("/")
        listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(path: Path, *paragraphs: str) -> list[str]:
    with zipfile.ZipFile(path, "w") as archive:
        body = f"<w:document {SPACE}><w:body>{''.join(paragraphs)}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/styles.xml", STYLES)
    (document,) = extract(path)
    return document.text.split("\n")


def test_paragraphs_are_counted_by_level(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.docx",
        paragraph("The army shelled the town.", number="1/0"),
        paragraph("Two houses burned.", number="1/1"),
        paragraph("One school burned.", number="1/1"),
        paragraph("No number here."),
        paragraph("The police came.", number="1/0"),
        paragraph("They arrested nobody.", number="1/1"),
        paragraph("A bullet.", number="1/2"),
    )
    assert found == [
        "1. The army shelled the town.",
        "(a) Two houses burned.",
        "(b) One school burned.",
        "No number here.",
        "2. The police came.",
        "(a) They arrested nobody.",
        "A bullet.",
    ]


def test_number_of_a_style_and_of_the_style_it_is_based_on(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.docx",
        paragraph("The first one.", style="Para"),
        paragraph("The second one.", style="Child"),
    )
    assert found == ["1. The first one.", "2. The second one."]


def test_list_that_restarts(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.docx",
        paragraph("The first one.", number="1/0"),
        paragraph("The seventh one.", number="2/0"),
        paragraph("The eighth one.", number="2/0"),
    )
    assert found == ["1. The first one.", "7. The seventh one.", "8. The eighth one."]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [("lowerLetter", 28, "bb"), ("upperRoman", 19, "XIX"), ("decimalZero", 4, "04")],
)
def test_forms_of_numbers(form: str, number: int, shown: str) -> None:
    assert FORMATS[form](number) == shown
