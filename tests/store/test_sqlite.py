import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from catnlp.errors import RefusedError, StoreError
from catnlp.store import InputRow, Store, open_store
from catnlp.store.migrations import STEPS
from catnlp.store.sqlite import APPLICATION_ID
from tests.analyses import analysis


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "s.db")


def keep(store: Store, name: str, sha256: str = "1", **changes: object) -> None:
    uri = f"in/{name}.html"
    store.begin_input(uri, sha256, 10)
    store.put(analysis(name, **changes), uri)  # type: ignore[arg-type]
    store.finish_input(InputRow(uri, sha256, 10, "done", fingerprint="v1", documents=1))


def test_store_gives_back_evidence_with_its_place(store: Store) -> None:
    keep(store, "a", pages=True, sale=True)
    store.relink_sales()
    first, second = store.evidence("TGO")
    assert first.quote == "Police in Lomé beat detainees – on May 3, 2023."
    at = first.mention.start - first.quote_start
    assert first.quote[at:].startswith(first.mention.trigger)
    assert (first.page, first.page_label, first.section[-1]) == (1, "iv", "c. Torture")
    assert first.sale_links[0].kind == "recipient"
    assert second.mention.status == "negated"
    assert not list(store.evidence("GHA"))
    ((sale, title),) = store.sales("TGO")
    assert (sale.items[0].quantity, title) == (12, "Report on Togo")


def test_store_refuses_rows_that_contradict_each_other_and_keeps_the_rest(store: Store) -> None:
    keep(store, "a")
    before = list(store.dump())
    twice = analysis("b")
    store.begin_input("in/b.html", "2", 10)
    with pytest.raises(RefusedError, match="mentions"):
        store.put(replace(twice, mentions=twice.mentions * 2), "in/b.html")
    store.finish_input(InputRow("in/a.html", "1", 10, "done", fingerprint="v1", documents=1))
    assert [r for r in store.dump() if "in/b.html" not in str(r)] == before


def test_store_has_the_same_rows_in_any_order(tmp_path: Path) -> None:
    dumps = []
    for number, names in enumerate(("abc", "cba", "abcab")):
        with open_store(tmp_path / f"{number}.db") as store:
            for name in names:
                keep(store, name)
            dumps.append(list(store.dump()))
    assert dumps[0] == dumps[1] == dumps[2]


def test_store_remembers_what_is_finished(store: Store) -> None:
    keep(store, "a")
    assert store.finished("in/a.html", "1", "v1")
    assert not store.finished("in/a.html", "2", "v1")
    assert not store.finished("in/a.html", "1", "v2")
    assert not store.finished("in/b.html", "1", "v1")


def test_store_tries_failures_again(store: Store) -> None:
    store.finish_input(InputRow("x", "1", 1, "failed", "no text", fingerprint="v1"))
    assert store.finished("x", "1", "v1") is None
    assert [u.reason for u in store.unread()] == ["no text"]


def test_store_drops_what_a_changed_file_had_said(store: Store) -> None:
    keep(store, "a")
    store.begin_input("in/a.html", "2", 10)
    assert not list(store.evidence("TGO"))
    assert not list(store.search("detainees"))


def test_store_keeps_a_document_that_another_input_has_too(store: Store) -> None:
    keep(store, "a")
    store.begin_input("copy.html", "1", 10)
    store.put(analysis("a"), "copy.html")
    store.begin_input("in/a.html", "2", 10)
    assert len(list(store.evidence("TGO"))) == 2


def test_store_failed_input_leaves_no_document(store: Store) -> None:
    store.begin_input("in/a.html", "1", 10)
    store.put(analysis("a"), "in/a.html")
    store.finish_input(InputRow("in/a.html", "1", 10, "failed", "crashed"))
    assert not list(store.evidence("TGO"))


@pytest.mark.parametrize("query", ["detainees", "POLICE beat", "lome", "beat detainees."])
def test_search_finds_words_in_any_case_and_accent(store: Store, query: str) -> None:
    keep(store, "a")
    (hit,) = store.search(query)
    assert "beat detainees" in hit.text


@pytest.mark.parametrize("query", ["", '"', "a AND", "NEAR(", "x*y", "harvest", "-"])
def test_search_survives_odd_queries_and_finds_nothing(store: Store, query: str) -> None:
    keep(store, "a")
    assert list(store.search(query)) == []


def test_search_filters_by_country_and_category(store: Store) -> None:
    keep(store, "a")
    assert list(store.search("detainees", country="TGO", category="torture-ill-treatment"))
    assert not list(store.search("detainees", country="GHA"))
    assert not list(store.search("detainees", category="impunity"))


def test_full_text_index_and_keys_are_sound_after_changes(store: Store, tmp_path: Path) -> None:
    for name in "abab":
        keep(store, name)
    db = sqlite3.connect(tmp_path / "s.db")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('integrity-check')")
    (packed,) = db.execute("SELECT text FROM documents WHERE id = 'a'").fetchone()
    assert zlib.decompress(packed).decode() == analysis("a").document.text


def test_open_store_names_a_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is no database, only a text of some length")
    with pytest.raises(StoreError, match=r"text\.db"):
        open_store(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError, match="not a store of catnlp"):
        open_store(tmp_path / "other.db")
    with pytest.raises(StoreError, match="no such store"):
        open_store(tmp_path / "none.db", read_only=True)


def test_open_store_refuses_a_newer_one(tmp_path: Path) -> None:
    open_store(tmp_path / "s.db").close()
    db = sqlite3.connect(tmp_path / "s.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="newer catnlp"):
        open_store(tmp_path / "s.db")


def test_readers_work_while_a_run_writes(store: Store, tmp_path: Path) -> None:
    keep(store, "a")
    with store.transaction(), open_store(tmp_path / "s.db", read_only=True) as reader:
        assert len(list(reader.evidence("TGO"))) == 2


def test_an_older_store_is_brought_up_to_date_for_reading(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript(f"{STEPS[0]}; PRAGMA application_id = {APPLICATION_ID};")
    db.execute("PRAGMA user_version = 1")
    db.close()
    with open_store(tmp_path / "old.db", read_only=True) as store:
        assert list(store.evidence("TGO")) == []


def test_mentions_of_an_older_store_have_no_doubt_of_status_and_actor(tmp_path: Path) -> None:
    """The last but one schema knew one probability."""
    before = next(n for n, step in enumerate(STEPS) if "ADD COLUMN status_score" in step)
    db = sqlite3.connect(tmp_path / "old.db")
    for step in STEPS[:before]:
        db.executescript(step)
    db.executescript(
        f"""
        PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {before};
        INSERT INTO inputs VALUES ('x', '1', 1, 'done', '', '', '', 1, 0, 2);
        INSERT INTO documents VALUES ('d', 'x', '', '', 'T', '', '', '', 'en', '', '', '[]', x'00');
        INSERT INTO input_documents VALUES ('x', 'd');
        INSERT INTO sentences VALUES (1, 's', 'd', 0, 9, 'They beat', '[]', 1, NULL, '', NULL);
        INSERT INTO mentions VALUES
            ('m', 'd', 's', 5, 9, 'beat', 'impunity', 'alleged', 'state', 0.9, 'model 1');
        INSERT INTO country_links VALUES ('m', 'TGO', 'responsible', 0.9, 'title');
        """
    )
    db.close()
    with open_store(tmp_path / "old.db") as store:
        (found,) = store.evidence("TGO")
    assert (found.mention.score, found.mention.status_score, found.mention.actor_score) == (
        0.9,
        1,
        1,
    )
