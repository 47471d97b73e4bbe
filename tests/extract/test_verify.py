"""Quotes that stand in a file, and quotes that do not."""

import json
from pathlib import Path

import pytest

from catnlp.errors import InputError
from catnlp.extract import extract
from catnlp.extract.quotes import Quote, read_quotes
from catnlp.extract.verify import verify
from tests.extract.pages import lines, write_pdf

WORDS = "Guards beat two prisoners in the northern camp."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write_pdf(
        tmp_path / "r.pdf", [lines(72, 100, ["A page before."]), lines(72, 100, [WORDS])]
    )


def problem(quote: Quote) -> str:
    (finding,) = verify([quote])
    return finding.problem


def test_quote_at_its_place_is_found(report: Path) -> None:
    (document,) = extract(report)
    start = document.text.index(WORDS)
    assert problem(Quote(WORDS, str(report), document.id, page=2, start=start)) == ""
    assert problem(Quote(WORDS, str(report))) == ""


def test_quote_that_is_not_there_is_named(report: Path) -> None:
    assert problem(Quote(WORDS.replace("two", "ten"), str(report))) == "not in the file"


def test_quote_on_another_page_is_named(report: Path) -> None:
    assert problem(Quote(WORDS, str(report), page=1)) == "not on page 1, but on page 2"


def test_quote_of_a_changed_file_is_named(report: Path) -> None:
    assert "its hash differs" in problem(Quote(WORDS, str(report), document_id="0" * 64))


def test_file_that_is_gone_is_named(tmp_path: Path) -> None:
    assert problem(Quote(WORDS, str(tmp_path / "gone.pdf"))).startswith("file not read: no such")


def test_files_may_lie_elsewhere(report: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    report.rename(tmp_path / "new" / "r.pdf")
    (finding,) = verify([Quote(WORDS, "old/r.pdf")], tmp_path / "new")
    assert finding.problem == ""


def test_line_without_a_quote_is_named(tmp_path: Path) -> None:
    flags = tmp_path / "flags.jsonl"
    flags.write_text(json.dumps({"quote": WORDS, "uri": "r.pdf"}) + '\n{"uri": "r.pdf"}\n')
    with pytest.raises(InputError, match=r"flags\.jsonl:2: no `quote` and `uri`"):
        read_quotes(flags)


def test_file_without_quotes_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><p>No article here.</p>", encoding="utf-8")
    with pytest.raises(InputError, match="no quotes"):
        read_quotes(page)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"SQLite format 3\0\xff\xfe\x81", r"a store, .* flags\.jsonl"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "not text in UTF-8"),
    ],
)
def test_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    given = tmp_path / "given"
    given.write_bytes(data)
    with pytest.raises(InputError, match=said):
        read_quotes(given)


def test_page_of_json_that_is_broken_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "TGO.json"
    page.write_text('{"quote": ', encoding="utf-8")
    with pytest.raises(InputError, match="not JSON"):
        read_quotes(page)


def test_quotes_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    flags = tmp_path / "flags.jsonl"
    flags.write_text(json.dumps({"quote": WORDS, "uri": "r.pdf"}), encoding="utf-8-sig")
    assert [quote.quote for quote in read_quotes(flags)] == [WORDS]
