"""What only a store in a file has."""

import sqlite3
import zlib
from pathlib import Path

import pytest

from catnlp.errors import StoreError
from catnlp.store import open_store, sqlite
from catnlp.store.migrations import STEPS
from catnlp.store.sqlite import APPLICATION_ID
from tests.analyses import analysis
from tests.store.test_store import keep


def test_full_text_index_and_keys_are_sound_after_changes(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
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


def test_an_older_store_is_brought_up_to_date_for_reading(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript(f"{STEPS[0]}; PRAGMA application_id = {APPLICATION_ID};")
    db.execute("PRAGMA user_version = 1")
    db.close()
    with open_store(tmp_path / "old.db", read_only=True) as store:
        assert list(store.evidence("TGO")) == []


def test_a_store_on_a_read_only_medium_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path / "s.db") as store:
        keep(store, "a")
    openly = sqlite._open

    def on_disc(path: Path, how: str, read_only: bool) -> sqlite.SQLite:
        if "immutable" not in how:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return openly(path, how, read_only)

    monkeypatch.setattr(sqlite, "_open", on_disc)
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert len(list(store.evidence("TGO"))) == 2
    with pytest.raises(StoreError, match="copy the store"):
        open_store(tmp_path / "s.db")
    (tmp_path / "s.db-wal").write_bytes(b"x")  # holds what the file may lack
    with pytest.raises(StoreError, match="copy the store"):
        open_store(tmp_path / "s.db", read_only=True)


def test_a_full_disk_is_said_and_leaves_nothing_half(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        keep(store, "a")
        before = list(store.dump())
        with store.snapshot() as db:
            (pages,) = db.execute("PRAGMA page_count").fetchone()
            db.execute(f"PRAGMA max_page_count = {pages}")
        long = (("Police beat detainees again. " * 9000, "", "", ""),)
        with pytest.raises(StoreError, match=r"cannot be written \(database or disk is full\)"):
            store.put(analysis("b", long), "in/a.html")
        assert list(store.dump()) == before


def test_a_store_that_another_writes_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catnlp.store.sqlite.BUSY_MS", 50)
    with open_store(tmp_path / "s.db") as one, open_store(tmp_path / "s.db") as other:
        with one.transaction(), pytest.raises(StoreError, match="another run may be at work"):
            keep(other, "a")
        keep(other, "a")


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
