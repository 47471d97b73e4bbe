"""Names that are not UTF-8: the file is read, and its name shown with escapes, everywhere."""

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from catnlp.engine.inputs import inspect
from catnlp.engine.run import Run, run
from catnlp.extract import extract
from catnlp.settings import Settings
from catnlp.store import open_store

SCRIPTS = Path(__file__).parents[2] / "scripts"
SAID = "Police in Lagos beat detainees number {}. Nobody was charged with it. It rained."


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The engine of scripts/load.py, whose workers need no model."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from plain_worker import register

    register()
    return Settings(engine="plain", workers=1)


def named(folder: Path, name: bytes) -> Path:
    path = folder / os.fsdecode(name)
    try:
        path.touch()
    except OSError:  # APFS
        pytest.skip("this file system takes UTF-8 only")
    return path


def read(folder: Path, settings: Settings) -> tuple[Run, list[str]]:
    with open_store(folder.parent / "s.db") as store:
        done = run([str(folder)], store, settings)
        json.dumps(done.manifest(), ensure_ascii=False).encode()
        return done, sorted(row.uri for row in store.inputs())


def test_names_that_are_not_utf8_are_read_and_shown_with_escapes(
    tmp_path: Path, plain: Settings
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    named(folder, b"caf\xe9.txt").write_text(SAID.format(1))
    (folder / "café.txt").write_text(SAID.format(2))
    named(folder, b"\xff\xfe.csv").write_text(f'text\n"{SAID.format(3)}"\n')
    named(folder, b"bad\xff.pdf").write_bytes(b"%PDF-1.4\nno more")
    done, kept = read(folder, plain)
    names = {Path(record.uri).name: record for record in done.records}
    assert sorted(names) == [r"\xff\xfe.csv", r"bad\xff.pdf", r"caf\xe9.txt", "café.txt"]
    assert names.pop(r"bad\xff.pdf").status == "failed"
    assert [record.mentions for record in names.values()] == [1, 1, 1]
    assert kept == sorted(record.uri for record in done.records)
    again, _ = read(folder, plain)
    assert sum(record.resumed for record in again.records) == 3


def test_two_names_that_are_shown_alike_are_two_inputs(tmp_path: Path, plain: Settings) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    named(folder, b"bad\xff.txt").write_text(SAID.format(1))
    (folder / r"bad\xff.txt").write_text(SAID.format(2))
    done, kept = read(folder, plain)
    assert [record.status for record in done.records] == ["done", "done"]
    assert len(kept) == len({record.uri for record in done.records}) == 2


def test_members_whose_names_are_not_utf8_are_read(tmp_path: Path, plain: Settings) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "a.tar"
    with tarfile.open(path, "w") as archive:
        for number, name in enumerate((b"rep\xff.txt", b"b\xe9/rep.txt", b"broken\xff.pdf")):
            data = b"%PDF-" if name.endswith(b"pdf") else SAID.format(number).encode()
            member = tarfile.TarInfo(os.fsdecode(name))
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    done, _ = read(folder, plain)
    (record,) = done.records
    assert (record.status, record.documents, record.mentions) == ("done", 2, 2)
    assert r"broken\xff.pdf left out" in "\n".join(record.warnings)
    members = sorted(document.uri.partition("#")[2] for document in extract(path))
    assert members == [r"member=b\xe9/rep.txt", r"member=rep\xff.txt"]


def test_half_characters_in_a_record_do_not_end_the_run(tmp_path: Path, plain: Settings) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    fields = {"text": SAID.format(1) + " \ud800", "title": "T\ud800", "url": "https://a.org/\ud800"}
    (folder / "a.jsonl").write_text(json.dumps(fields))
    (folder / "b.txt").write_text(SAID.format(2))
    done, _ = read(folder, plain)
    assert [record.status for record in done.records] == ["done", "done"]


def test_inspect_shows_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    found = inspect(named(tmp_path, b"a\xff"), 1)
    assert found.uri == (tmp_path / r"a\xff").as_posix()
    assert found.path.read_bytes() == b""
