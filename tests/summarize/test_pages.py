"""Pages are read as a person does: what stands where, and nothing that is not in the source."""

import html
import json
import re
from pathlib import Path

import jsonschema
import pytest

from catnlp.extract.quotes import read_quotes
from catnlp.settings import Settings
from catnlp.store import InputRow, open_store
from catnlp.summarize import schema, write_comparison, write_pages
from catnlp.summarize.words import markdown
from tests.analyses import analysis

NASTY = "Guards <b>beat</b> & kicked “X” <script>alert(1)</script> in Lomé."


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    with open_store(out / "s.db") as store:
        documents = [
            analysis("a", sale=True, url="https://example.org/togo"),
            analysis("b", ((NASTY, "kicked", "torture-ill-treatment", "alleged"),), pages=True),
            analysis("c", (("Rebels burned Kara.", "burned", "civilian-harm", "affirmed"),),
                     role="location", actor="non-state"),
        ]  # fmt: skip
        for number, document in enumerate(documents):
            store.begin_input(f"in/{number}", str(number), 1)
            store.put(document, f"in/{number}")
            store.finish_input(InputRow(f"in/{number}", str(number), 1, "done", documents=1))
        store.relink_sales()
        store.finish_input(InputRow("in/broken.pdf", "9", 1, "failed", "not a PDF"))
        write_pages(store, out, settings=Settings())
    return out


@pytest.fixture(scope="module")
def page(out: Path) -> str:
    return (out / "countries" / "TGO.html").read_text(encoding="utf-8")


def part(page: str, ident: str) -> str:
    return page[page.index(f'id="{ident}"') :].split("</section>")[0]


def test_page_quotes_are_verbatim_with_the_trigger_marked(page: str) -> None:
    quotes = [
        html.unescape(re.sub("</?mark>", "", quote))
        for quote in re.findall(r"<blockquote>(.*?)</blockquote>", page, re.S)
    ]
    assert NASTY in quotes
    assert "Police in Lomé beat detainees – on May 3, 2023." in quotes
    assert "<mark>beat detainees</mark>" in page


def test_quotes_of_a_page_can_be_looked_up_again(out: Path) -> None:
    for suffix in ("html", "json"):
        quotes = read_quotes(out / "countries" / f"TGO.{suffix}")
        assert (NASTY, 1) in {(quote.quote, quote.page) for quote in quotes}
        assert all(quote.uri and quote.document_id for quote in quotes)
        assert all(isinstance(quote.start, int) for quote in quotes)


def test_page_has_no_live_markup_of_a_source(page: str) -> None:
    assert "<script" not in page
    assert "http" not in re.sub(r'<a href="https://example[^>]*>', "", page)


def test_page_keeps_denials_and_others_apart(page: str) -> None:
    assert "no reports of disappearances" not in re.sub("</?mark>", "", part(page, "happened"))
    assert "no reports of" in part(page, "denied")
    assert "<mark>burned</mark>" in part(page, "by_others")
    assert "burned" not in part(page, "happened")


def test_page_names_place_sale_and_what_was_not_read(page: str) -> None:
    assert "page iv (page 1 of the file)" in page
    assert "https://example.org/togo#:~:text=Police%20in" in page
    assert "up to USD 2.5 billion" in part(page, "sales")
    assert "in/broken.pdf: not a PDF" in part(page, "unread")


def test_page_links_lead_somewhere(page: str) -> None:
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_index_counts_only_what_the_state_is_responsible_for(out: Path) -> None:
    index = (out / "index.html").read_text(encoding="utf-8")
    row = index[index.index("TGO.html") :].split("</tr>")[0]
    cells = re.findall(r"<td[^>]*>(?:<a[^>]*>)?([^<]+)<", row)
    assert len(cells) == 27 + 3
    assert [cell for cell in cells if cell != "–"] == ["2", "1", "1", "3"]


def test_pages_ask_questions_and_give_no_verdict(page: str) -> None:
    questions = part(page, "questions")
    assert "Does the evidence show torture" in questions
    assert "22 U.S.C. 2304" in questions
    assert not re.search(r"\b(?:total|overall|verdict|risk level|rating)\b", questions, re.I)


def test_json_fits_the_published_schema(out: Path) -> None:
    record = json.loads((out / "countries" / "TGO.json").read_text(encoding="utf-8"))
    published = json.loads(schema("summary"))
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(record, published)
    for kind in ("happened", "denied", "norms", "fears"):
        for quotes in record[kind].values():
            for q in quotes:
                assert q["quote"][q["trigger_start"] :].startswith(q["trigger"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**record, "verdict": "refuse"}, published)


def test_docx_opens_with_the_quotes_and_their_links(out: Path, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    with open_store(out / "s.db") as store:
        for folder in ("one", "two"):
            write_pages(store, tmp_path / folder, settings=Settings(), formats=("docx",))
    paths = [tmp_path / folder / "countries" / "TGO.docx" for folder in ("one", "two")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    document = docx.Document(str(paths[0]))
    quotes = [p.text for p in document.paragraphs if p.style.name == "Quote"]
    assert "Police in Lomé beat detainees – on May 3, 2023." in quotes
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert any(link.startswith("https://example.org/togo#:~:text=Police") for link in links)


def test_comparison_has_countries_side_by_side(out: Path, tmp_path: Path) -> None:
    with open_store(out / "s.db") as store:
        store.put(analysis("g", country="GHA", title="Report on Ghana"), "in/1")
        both = write_pages(
            store, tmp_path, settings=Settings(), countries=("TGO", "GHA"), formats=("html",)
        )
    path = write_comparison(both, tmp_path)
    assert path.name == "compare-TGO-GHA.html"
    text = path.read_text(encoding="utf-8")
    assert text.count("<mark>beat detainees</mark>") == 2
    assert 'href="countries/GHA.html#happened-torture-ill-treatment"' in text


def test_markdown_escapes_what_would_be_marks(out: Path) -> None:
    assert markdown("a*b [c](d) <e>") == r"a\*b \[c\](d) \<e\>"
    text = (out / "countries" / "TGO.md").read_text(encoding="utf-8")
    assert "> Police in Lomé beat detainees – on May 3, 2023." in text


def test_markdown_tables_have_no_holes(out: Path) -> None:
    text = (out / "countries" / "TGO.md").read_text(encoding="utf-8")
    assert "|\n\n|" not in text
    tables = [part for part in text.split("\n\n") if part.startswith("|")]
    assert len(tables) >= 4
    for table in tables:
        assert len({row.count("|") for row in table.strip().splitlines()}) == 1


def test_pages_write_of_countries_and_years_as_a_person_does(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis("a", country="GMB", title="Prisons 2022"), "x")
        write_pages(store, tmp_path, settings=Settings())
    for suffix in ("html", "md"):
        page = (tmp_path / "countries" / f"GMB.{suffix}").read_text(encoding="utf-8")
        assert "for which the Gambia is named or known" in page
        assert ", on the year 2022." in page
    assert "Documents that say something of the Gambia<" in (
        tmp_path / "countries" / "GMB.html"
    ).read_text(encoding="utf-8")


def test_years_of_which_little_is_written_are_not_compared(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        for title in ("Togo 2021", "Togo 2022"):
            store.put(analysis(title, title=title), "x")
        write_pages(store, tmp_path, settings=Settings())
    page = (tmp_path / "countries" / "TGO.html").read_text(encoding="utf-8")
    assert "2021 and 2022 cannot be compared: 2021 has no sentences" in page
    assert "no longer found</td>" not in page
    assert "Last against the one before" not in page
