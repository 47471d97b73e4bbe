from dataclasses import replace
from pathlib import Path

from catnlp.summarize.places import citation, source_link
from tests.summarize.quotes import evidence

LONG = (
    "One two three four five six seven eight nine ten eleven twelve thirteen-fourteen, 15 16 17 18."
)


def test_link_of_a_web_page_has_the_words_at_both_ends() -> None:
    (e,) = evidence(LONG)
    link = source_link(replace(e, url="https://example.org/x"))
    assert link.startswith("https://example.org/x#:~:text=One%20two%20three")
    assert link.endswith(
        ",ten%20eleven%20twelve%20thirteen%2Dfourteen%2C%2015%2016%2017%2018."[-30:]
    )


def test_link_of_a_pdf_opens_its_page(tmp_path: Path) -> None:
    (e,) = evidence(LONG)
    path = tmp_path / "a b.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert source_link(replace(e, uri=str(path), page=7)) == f"{path.as_uri()}#page=7"
    assert source_link(replace(e, uri=str(tmp_path / "gone.pdf"), page=7)) == ""


def test_link_of_a_kept_web_page_finds_the_words(tmp_path: Path) -> None:
    (e,) = evidence("Police took bribes.")
    path = tmp_path / "a.html"
    path.write_text("<p>Police took bribes.</p>")
    assert source_link(replace(e, uri=str(path))).endswith("a.html#:~:text=Police%20took%20bribes.")


def test_no_link_from_an_address_that_is_none() -> None:
    (e,) = evidence(LONG)
    assert source_link(replace(e, url="javascript:alert(1)")) == ""


def test_citation_names_document_headings_and_place() -> None:
    (e,) = evidence(LONG)
    assert citation(e) == "Report a, Us, 2023-05, Section 1. › c. Torture, paragraph 1"
