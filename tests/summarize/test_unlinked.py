"""What names no country is listed, never lost."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from catnlp.extract.quotes import read_quotes
from catnlp.review import decide
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from catnlp.summarize import unlinked, write_pages
from tests.analyses import analysis
from tests.review.decisions import decision

NASTY = "Guards <b>beat</b> & kicked “X” <script>alert(1)</script> there."
QUOTES = (
    (NASTY, "kicked", "torture-ill-treatment", "alleged"),
    ("Officers took bribes.", "bribes", "bribery-extortion", "affirmed"),
    ("There were no reports of disappearances.", "disappearances", "enforced-disappearance",
     "negated"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "s.db")
    store.begin_input("x", "1", 1)
    store.put(analysis("a"), "x")
    return store


def pages(store: Store, out: Path, **settings: float) -> tuple[str, str]:
    """Index and page of what names no country, empty where there is none."""
    write_pages(store, out, settings=Settings(**settings))  # type: ignore[arg-type]
    page = out / "countries" / "none.html"
    return (out / "index.html").read_text("utf-8"), page.read_text("utf-8") if page.exists() else ""


def test_what_names_no_country_is_counted_and_quoted(store: Store, tmp_path: Path) -> None:
    store.put(analysis("n", QUOTES, country="", pages=True, title="A <i>story</i>"), "x")
    index, page = pages(store, tmp_path)
    row = index[index.index("<tfoot>") :].split("</tfoot>")[0]
    assert [n for n in re.findall(r"<td>([^<]*)</td>", row) if n != "–"] == ["1", "1"]
    assert '<a href="countries/none.html">2 affirmed or alleged mentions</a>' in index
    quotes = re.findall(r"<blockquote>(.*?)</blockquote>", page, re.S)
    plain = [html.unescape(re.sub("</?mark>", "", quote)) for quote in quotes]
    assert plain == [NASTY, "Officers took bribes."]
    assert "<mark>kicked</mark>" in quotes[0]
    assert "which state answers, or where it was" in page
    assert "page iv (page 1 of the file)" in page
    assert ">Torture and ill-treatment</span>" in page
    assert ">alleged</span>" in page
    assert "<script" not in page
    assert "A &lt;i&gt;story&lt;/i&gt;" in page


def test_quotes_without_a_country_can_be_looked_up_again(store: Store, tmp_path: Path) -> None:
    store.put(analysis("n", QUOTES, country="", pages=True), "x")
    pages(store, tmp_path)
    found = read_quotes(tmp_path / "countries" / "none.html")
    assert [(q.quote, q.document_id, q.start, q.page) for q in found] == [
        (NASTY, "n", 0, 1),
        ("Officers took bribes.", "n", len(NASTY) + 1, 1),
    ]


def test_no_page_where_every_mention_has_a_country(store: Store, tmp_path: Path) -> None:
    store.put(analysis("n", QUOTES, country=""), "x")
    assert pages(store, tmp_path)[1]
    assert pages(store, tmp_path, min_score=0.95)[1] == ""
    assert pages(store, tmp_path)[1]
    given = [decision(analysis("n", QUOTES, country=""), n, "correct", responsible=("TGO",))
             for n in range(2)]  # fmt: skip
    decide(store, given)
    index, page = pages(store, tmp_path)
    assert page == ""
    assert "none.html" not in index
    assert "Officers took" in (tmp_path / "countries" / "TGO.html").read_text("utf-8")


def test_the_page_says_how_many_it_leaves_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(analysis("n", QUOTES, country=""), "x")
    assert "The first" not in pages(store, tmp_path)[1]
    monkeypatch.setattr(unlinked, "LISTED", 1)
    page = pages(store, tmp_path)[1]
    assert "The first 1 of 2" in page
    assert page.count("<blockquote>") == 1


def test_none_is_no_country_among_the_pages_asked_for(store: Store, tmp_path: Path) -> None:
    store.put(analysis("n", QUOTES, country=""), "x")
    asked = ("TGO", "none")
    written = write_pages(store, tmp_path, settings=Settings(), countries=asked, formats=("json",))
    assert [summary.country for summary in written] == ["TGO"]
    files = sorted(path.name for path in (tmp_path / "countries").iterdir())
    assert files == ["TGO.json", "none.html"]


def test_a_sentence_with_two_mentions_is_quoted_once(store: Store, tmp_path: Path) -> None:
    made = analysis("n", QUOTES[:2], country="")
    torture, bribes = made.mentions
    both = (torture, replace(bribes, sentence_id=torture.sentence_id))
    store.put(replace(made, mentions=both), "x")
    page = pages(store, tmp_path)[1]
    assert page.count("<blockquote>") == 1
    assert "The same sentence: bribery and extortion, affirmed, “bribes”." in page
