"""Runs that read the same files into one store on a server, and one that is killed."""

import threading
import time
import zipfile
from pathlib import Path

import pytest

from catnlp.address import Address
from catnlp.engine.run import Run, run
from catnlp.settings import Settings
from catnlp.store import open_store
from tests.analyses import analysis
from tests.engine.runs import PLACES
from tests.postgresql import Server


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """An archive with a document that it holds twice, and a file."""
    said = "On May 3, police in {} beat detainees to extract confessions. Nobody was charged."
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for place in (*PLACES[:4], PLACES[0]):
            archive.writestr(f"{place}-{len(archive.namelist())}.txt", said.format(place))
    (tmp_path / "one.txt").write_text(said.format("Oslo"))
    return [str(tmp_path / "many.zip"), str(tmp_path / "one.txt")]


def waits(server: Server, name: str) -> bool:
    import psycopg

    with psycopg.connect(server.address(name).url) as db:
        found = db.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return found.fetchone() is not None


def test_a_run_waits_for_another_and_reads_what_it_left_when_killed(
    postgresql: Server, files: list[str]
) -> None:
    place, done = postgresql.database(0), []
    name = place.url.rpartition("/")[2]
    killed = open_store(place)
    assert killed.hold(files[0])
    killed.begin_input(files[0], "x", 1)
    killed.put(analysis("half"), files[0])
    thread = threading.Thread(target=lambda: done.append(_read(place, files)))
    thread.start()
    deadline = time.monotonic() + 120
    while not waits(postgresql, name) and time.monotonic() < deadline:
        time.sleep(0.1)
    with open_store(place, read_only=True) as store:
        assert [(row.uri, row.status) for row in store.inputs()] == [
            (files[0], "reading"), (files[1], "done"),
        ]  # fmt: skip
    assert not done
    killed.close()  # as the server does when the process is gone
    thread.join(120)
    assert [(r.uri, r.status, r.documents) for r in done[0].records] == [
        (files[0], "done", 4), (files[1], "done", 1),
    ]  # fmt: skip
    with open_store(place, read_only=True) as store:
        assert store.extent()[0] == 5
        assert not list(store.evidence("TGO"))


def test_runs_at_the_same_time_read_each_file_once_and_lose_nothing(
    postgresql: Server, files: list[str]
) -> None:
    place, done = postgresql.database(0), []
    open_store(place).close()
    threads = [threading.Thread(target=lambda: done.append(_read(place, files))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert [[r.status for r in each.records] for each in done] == [["done"] * 2] * 2
    assert sorted(r.resumed for each in done for r in each.records) == [False] * 2 + [True] * 2
    with open_store(place, read_only=True) as store:
        assert store.extent()[0] == 5


def _read(place: Address, files: list[str]) -> Run:
    with open_store(place) as store:
        return run(files, store, Settings(workers=1))
