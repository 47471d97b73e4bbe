import json
from dataclasses import replace
from pathlib import Path

import pytest

from catnlp.domain import Analysis, Sentence, make_id
from catnlp.errors import InputError
from catnlp.export import flags
from catnlp.export.verify import claims_of_file, claims_of_flags, wrong
from catnlp.extract import extract
from catnlp.settings import Settings
from catnlp.store import Store
from catnlp.summarize import write_pages
from tests.analyses import analysis
from tests.export.write import written


def test_every_quote_of_pages_and_flags_stands_where_it_says(store: Store, tmp_path: Path) -> None:
    write_pages(store, tmp_path, settings=Settings())
    (tmp_path / "flags.jsonl").write_text(written("jsonl", flags(store)), encoding="utf-8")
    pages = tmp_path / "countries"
    for path in (pages / "TGO.html", pages / "TGO.json", tmp_path / "flags.jsonl"):
        claims = list(claims_of_file(path))
        assert len(claims) >= 4
        assert list(wrong(store, claims, sources=False)) == []


def test_a_quote_that_was_changed_is_named(store: Store, tmp_path: Path) -> None:
    write_pages(store, tmp_path, settings=Settings())
    page = tmp_path / "countries" / "TGO.html"
    page.write_text(
        page.read_text("utf-8").replace("beat detainees", "killed detainees"), encoding="utf-8"
    )
    (first, *_) = wrong(store, claims_of_file(page), sources=False)
    claim, reason = first
    assert "killed detainees" in claim.quote
    assert "beat detainees" in reason


def test_a_document_that_is_gone_is_named(store: Store) -> None:
    (claim, *_) = claims_of_flags(flags(store))
    ((_, reason),) = wrong(store, [replace(claim, document_id="gone")], sources=False)
    assert reason == "document gone is not in this store"


def test_sources_are_read_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Report on Togo\n\nPolice in Kara beat detainees in May.\n", encoding="utf-8")
    (document,) = extract(path, str(path))
    quote = "Police in Kara beat detainees in May."
    start = document.text.index(quote)
    sentence = Sentence(make_id("s", 1), document.id, start, start + len(quote), quote, (), 2)
    mention = replace(
        analysis("z").mentions[0], document_id=document.id, sentence_id=sentence.id,
        start=start, end=start + 6, trigger="Police",
    )  # fmt: skip
    link = replace(analysis("z").country_links[0], mention_id=mention.id)
    store.put(Analysis(document, (sentence,), (mention,), (link,)), "x")
    claims = [c for c in claims_of_flags(flags(store)) if c.document_id == document.id]
    assert list(wrong(store, claims, sources=True)) == []
    ((_, reason),) = wrong(store, [replace(claims[0], page=3)], sources=True)
    assert reason == "stands on page [], not on 3"
    path.write_text("Something else stands here now, and not a word of it is old.\n")
    ((_, reason),) = wrong(store, claims, sources=True)
    assert reason == "the file has changed since it was read"
    path.unlink()
    assert len(list(wrong(store, claims, sources=True))) == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_text(json.dumps([]))
    with pytest.raises(InputError, match="give a country page"):
        list(claims_of_file(path))
