"""What pdfplumber finds of a quote, and what it does not."""

from pathlib import Path

import pytest

from catnlp.extract import extract
from catnlp.extract.quotes import Quote
from catnlp.extract.second_reader import SecondReader, UnreadPage
from catnlp.extract.verify import Finding, verify
from tests.extract.pages import lines, write_pdf, write_scan

LEFT = ["Guards beat two prison-", "ers in the northern camp", "until the visit of"]
RIGHT = ["a judge from Doria, who", "found 2,140 people there."]
QUOTE = "Guards beat two prisoners in the northern camp until the visit of a judge from Doria"
NEXT = "who² found 2,140 people there."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    head, foot = lines(72, 40, ["Report of Doria"]), lines(72, 780, ["1"])
    page = [*head, *lines(72, 100, LEFT), *lines(310, 100, RIGHT), *foot]
    return write_pdf(tmp_path / "r.pdf", [page, lines(72, 100, ["It was closed later."])])


def missing(path: Path, quote: str, page: int = 1) -> list[str]:
    with SecondReader(path) as reader:
        return reader.missing(quote, page)


def checked(quote: str, path: Path) -> Finding:
    (finding,) = verify([Quote(quote, str(path), page=1)])
    return finding


@pytest.mark.parametrize(
    "quote",
    [QUOTE, f"{QUOTE}, {NEXT}", "found 2,140 people there. It was closed later.", "camp"],
    ids=["columns and a broken word", "mark of a note", "over the page", "one word"],
)
def test_quote_is_found(report: Path, quote: str) -> None:
    assert missing(report, quote) == []


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (QUOTE.replace("two", "ten"), ["beat ten prisoners"]),
        (QUOTE.replace("Doria", "Ruvia"), ["from Ruvia"]),
        ("who found 2,150 people", ["found 2,150 people"]),
        ("Guards beat two people there", ["two people"]),
        ("It was closed later. Guards beat two", ["later. Guards beat two"]),
        ("mill", ["mill"]),
    ],
    ids=["word", "name", "number", "joined wrongly", "pages in the wrong order", "one word"],
)
def test_words_that_are_not_there_are_named(report: Path, quote: str, words: list[str]) -> None:
    assert missing(report, quote) == words


def test_damaged_file_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.4\nnothing")
    with pytest.raises(UnreadPage):
        missing(tmp_path / "r.pdf", QUOTE)


def test_page_without_letters_is_not_read(tmp_path: Path) -> None:
    blank = write_pdf(tmp_path / "r.pdf", [[]])
    with pytest.raises(UnreadPage, match="no letters on it"):
        missing(blank, QUOTE)


def test_verify_names_the_words(report: Path) -> None:
    changed = "found 2,150 people there."
    assert checked("found 2,140 people there.", report) == Finding(
        Quote("found 2,140 people there.", str(report), page=1)
    )
    assert checked(changed, report).problem == (
        "not in the file; a second reader (pdfplumber) does not find these words on page 1: "
        "found 2,150 people"
    )


def test_verify_notes_a_page_that_is_not_read(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise ValueError("no such font")

    monkeypatch.setattr("catnlp.extract.second_reader._open", fail)
    finding = checked("found 2,140 people there.", report)
    assert finding.problem == ""
    assert finding.note == "page 1 not read by a second reader: ValueError: no such font"


def test_pages_of_ocr_are_left_out(report: Path, tmp_path: Path) -> None:
    from catnlp.extract import ocr

    if not ocr.version():
        pytest.skip("needs Tesseract")
    scan = write_scan(tmp_path / "scan.pdf", report)
    (document,) = extract(scan)
    assert {page.quality for page in document.pages} == {"ocr"}
    finding = checked("found 2,140 people there.", scan)
    assert (finding.problem, finding.note) == ("", "")
