"""What is not English is named and left out; what is English stays."""

from pathlib import Path

import pytest

from catnlp.domain import Document
from catnlp.errors import SkippedInput
from catnlp.extract import extract
from tests.extract.pages import lines, write_pdf

ENGLISH = [
    "The police arrested forty people in the capital and held them for nine days without charge.",
    "A court released most of them in May, after their families had asked for it in a letter.",
]
FRENCH = [
    "La police a arrêté quarante personnes dans la capitale et les a détenues pendant neuf jours.",
    "Le tribunal a libéré la plupart des personnes en mai, après une lettre de leurs familles.",
    "Les avocats ont dit que plusieurs des détenus avaient été battus pendant les interrogatoires.",
]
NAMES = "M. Jean-Pierre Dubois, Ministre plénipotentiaire, Mission permanente de la France, Genève"


def read(path: Path, paragraphs: list[str]) -> Document:
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return next(iter(extract(path)))


def test_long_part_in_another_language_is_named_and_left_out(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", [*ENGLISH * 5, *FRENCH * 4, *ENGLISH * 5])
    assert "arrêté" not in document.text
    assert document.text.count("forty people") == 10
    assert document.warnings == (
        "paragraphs 11 to 22 left out, written in French (“La police a arrêté quarante personnes "
        "da …”); only English is analysed",
    )


def test_part_in_another_language_is_named_by_its_pages(tmp_path: Path) -> None:
    pages = [lines(40, 100, ENGLISH * 9, size=9), lines(40, 100, FRENCH * 5, size=9),
             lines(40, 100, ENGLISH * 9, size=9)]  # fmt: skip
    document = next(iter(extract(write_pdf(tmp_path / "a.pdf", pages))))
    assert "tribunal" not in document.text
    assert document.warnings[0].startswith("page 2 left out, written in French")
    assert [document.text[p.start : p.end].strip() == "" for p in document.pages] == [
        False,
        True,
        False,
    ]


def test_paragraph_in_two_languages_stays(tmp_path: Path) -> None:
    both = [f"{one} {other}" for one, other in zip(ENGLISH * 6, FRENCH * 4, strict=True)]
    document = read(tmp_path / "a.txt", [*ENGLISH * 5, *both, *ENGLISH * 5])
    assert document.text.count("forty people") == 16


@pytest.mark.parametrize("short", [FRENCH[:2], [NAMES] * 3])
def test_short_part_stays(tmp_path: Path, short: list[str]) -> None:
    document = read(tmp_path / "a.txt", [*ENGLISH * 5, *short, *ENGLISH * 5])
    assert short[0] in document.text
    assert document.warnings == ()


def test_document_in_another_language_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(SkippedInput, match="written in French"):
        read(tmp_path / "a.txt", FRENCH * 9)
