"""Faults on purpose: what a run has kept must still be there, once, and the rest must come.

    python scripts/torture.py                       20 kills, each scenario once
    python scripts/torture.py --engine ray --only kills
    python scripts/torture.py --only full-disk --seed 7

Runs a driver over small files with a worker that needs no model, and does to it, at moments that
the seed decides: SIGKILL of the driver, of workers, actors and raylets; a full disk and a
read-only folder (a small tmpfs; needs root); clocks that jump (needs faketime); a second run on
the same store. After each fault the store is checked: every input that was reported as through
is there, SQLite finds no damage, its full-text index fits; in the end all rows are compared with
those of an undisturbed run.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).parent
LIMIT = 300.0  # seconds in which a driver must end
ENDS = {0, 2, -signal.SIGKILL}  # of a driver: done, said why not, killed


class Wrong(Exception):
    """Something was lost, doubled or damaged, or did not end."""


class Skipped(Exception):
    """What a scenario needs is not to be had here."""


@dataclass(frozen=True)
class Place:
    """What a scenario works with."""

    files: Path
    folder: Path  # empty, for stores
    engine: str
    workers: int
    kills: int
    chance: random.Random
    expected: list[object]


def write_files(folder: Path, count: int) -> Path:
    """Small texts, all different; a broken one, a copy and an archive among them."""
    import zipfile

    folder.mkdir()
    for n in range(count):
        lines = [f"Report {n} on Lagos", f"Police in ward {n} beat detainees.", "It rained."]
        (folder / f"{n:04}.txt").write_text("\n\n".join(lines * 3), encoding="utf-8")
    shutil.copy(folder / "0000.txt", folder / "copy.txt")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nno more")
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for n in range(12):
            archive.writestr(f"{n}.txt", f"Clerk {n} of the port of Lagos took bribes. It rained.")
    return folder


def drive(files: Path, store: Path, engine: str, workers: int) -> int:
    """The process that is tortured: says each input that is through, as it is kept."""
    sys.path.insert(0, str(HERE))
    from catnlp.engine.alone import alone
    from catnlp.engine.run import run  # here, as workers import this module when they start
    from catnlp.errors import CatnlpError
    from catnlp.settings import Settings
    from catnlp.store import open_store
    from plain_worker import register

    register()

    def say(line: str, done: int, total: int) -> None:
        print(line.split(": ")[0], flush=True)

    settings = Settings(engine=engine, workers=workers, timeout=20, memory=1024)
    try:
        with alone(store), open_store(store) as opened:
            run([str(files)], opened, settings, progress=say)
    except CatnlpError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


def start(place: Place, store: Path, *, engine: str = "", wrap: tuple[str, ...] = (),
          **variables: str) -> "subprocess.Popen[str]":  # fmt: skip
    """A driver; its workers end with it."""
    command = [*wrap, sys.executable, __file__, "--drive", str(place.files), str(store),
               engine or place.engine, str(place.workers)]  # fmt: skip
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env={**os.environ, **variables},
    )  # fmt: skip


@contextmanager
def listening(driver: "subprocess.Popen[str]") -> Iterator[list[str]]:
    """The inputs that the driver says are through, as they come."""
    said: list[str] = []
    stream = driver.stdout
    assert stream is not None

    def follow() -> None:
        for line in iter(stream.readline, ""):
            said.append(line.rstrip("\n"))

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        if driver.poll() is None:
            os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
        thread.join(10)
        stream.close()
        if driver.stderr is not None:
            driver.stderr.close()


def message_of(driver: "subprocess.Popen[str]") -> str:
    """What an ended driver wrote to stderr."""
    assert driver.stderr is not None
    with driver.stderr as stream:
        return stream.read()


def check(store: Path, said: list[str]) -> None:
    """Raises Wrong where the store is damaged, or does not have what was said to be through."""
    if not store.exists():
        if said:
            raise Wrong(f"{len(said)} inputs were said to be through, and there is no store")
        return
    with closing(sqlite3.connect(store)) as db:
        (found,) = db.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise Wrong(f"integrity check: {found}")
        foreign = db.execute("PRAGMA foreign_key_check").fetchall()
        if foreign:
            raise Wrong(f"{len(foreign)} rows point to rows that are not there")
        searched = [name for (name,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'")]  # fmt: skip
        for name in searched:
            db.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        db.rollback()
        kept = {uri for (uri,) in db.execute("SELECT uri FROM inputs WHERE status != 'reading'")}
    missing = set(said) - kept
    if missing:
        raise Wrong(f"said to be through, but not kept: {sorted(missing)[:3]}")


def rows(store: Path) -> list[object]:
    from catnlp.store import open_store

    with open_store(store, read_only=True) as opened:
        return list(opened.dump())


def compare(store: Path, expected: list[object]) -> None:
    found = rows(store)
    if found != expected:
        lost = Counter(map(repr, expected)) - Counter(map(repr, found))
        more = Counter(map(repr, found)) - Counter(map(repr, expected))
        raise Wrong(f"{lost.total()} rows lost, {more.total()} too many: "
                    f"{[*lost, *more][:2]}")  # fmt: skip


def finish(place: Place, store: Path, **options: str) -> None:
    """Lets a driver run to its end."""
    driver = start(place, store, **options)
    with listening(driver) as said:
        try:
            driver.wait(LIMIT)
        except subprocess.TimeoutExpired:
            raise Wrong(f"a run did not end in {LIMIT:.0f} s, {len(said)} through") from None
        if driver.returncode != 0:
            raise Wrong(f"exit code {driver.returncode}: {message_of(driver)}")
    check(store, said)


VICTIMS = {
    "worker": ("multiprocessing.spawn",),
    "actor": ("ray::Reader",),
    "raylet": ("/raylet/raylet ",),
}


def victims(driver: int, kind: str) -> list[psutil.Process]:
    """Processes of that kind under the driver."""
    found = []
    with suppress(psutil.Error):
        if kind == "driver":
            return [psutil.Process(driver)]
        for process in psutil.Process(driver).children(recursive=True):
            with suppress(psutil.Error):
                if any(sign in " ".join(process.cmdline()) + " " for sign in VICTIMS[kind]):
                    found.append(process)
    return found


def kills(place: Place) -> str:
    """SIGKILL at random moments, until so many have hit, each kind once before any comes again; a
    new store whenever a run ends. A run whose driver lives must end, with a clear message."""
    kinds = ["driver", "worker"]
    if place.engine.endswith("ray"):
        kinds += ["actor", "actor", "raylet"]
    owed = place.chance.sample(sorted(set(kinds)), len(set(kinds)))
    hits: Counter[str] = Counter()
    stores = [place.folder / "0.db"]
    while hits.total() < place.kills:
        driver = start(place, stores[-1])
        with listening(driver) as said:
            if place.chance.random() < 0.85:  # else it is hit while it starts
                wait_until(driver, lambda said=said: bool(said))
            for _ in range(place.chance.randrange(1, 5)):
                time.sleep(place.chance.uniform(0.0, 0.6))
                kind = owed[-1] if owed else place.chance.choice(kinds)
                found = victims(driver.pid, kind)
                if hits.total() >= place.kills or not found:
                    break
                place.chance.choice(found).kill()
                hits[kind] += 1
                owed = owed[:-1]
                print(f"{hits.total()} kills: {kind}", file=sys.stderr, flush=True)
                if kind in ("driver", "raylet"):
                    break
            wait_until(driver, lambda: False)
            message = message_of(driver).strip()
        check(stores[-1], said)
        if driver.returncode not in ENDS or "Traceback" in message:
            raise Wrong(f"exit code {driver.returncode}: {message[-500:]}")
        if driver.returncode == 0:
            compare(stores[-1], place.expected)
            stores.append(place.folder / f"{len(stores)}.db")
    finish(place, stores[-1])
    compare(stores[-1], place.expected)
    return f"{dict(hits)}, {len(stores)} stores"


def wait_until(driver: "subprocess.Popen[str]", there: Callable[[], bool]) -> None:
    """Waits until it is there, or the driver has ended."""
    until = time.monotonic() + LIMIT
    while driver.poll() is None and not there():
        if time.monotonic() > until:
            raise Wrong(f"a run did not end in {LIMIT:.0f} s")
        time.sleep(0.01)


def wait_for(driver: "subprocess.Popen[str]") -> None:
    try:
        driver.wait(LIMIT)
    except subprocess.TimeoutExpired:
        raise Wrong(f"a run did not end in {LIMIT:.0f} s") from None


def full_disk(place: Place) -> str:
    """The disk is full in the middle; with room again, the run goes on."""
    with tmpfs(place.folder, "size=1400k") as small:
        driver = start(place, small / "s.db")
        with listening(driver) as said:
            wait_for(driver)
            message = message_of(driver).strip()
            check(small / "s.db", said)
        if driver.returncode == 0:
            raise Wrong("the disk was never full")
        if not said:
            raise Wrong("the disk was full before anything was kept")
        if "Traceback" in message or "full" not in message:
            raise Wrong(f"an unclear message: {message[-300:]}")
        subprocess.run(["mount", "-o", "remount,size=200m", str(small)], check=True)
        finish(place, small / "s.db")
        compare(small / "s.db", place.expected)
    return f"stopped after {len(said)} inputs: {message}"


def read_only(place: Place) -> str:
    """Nothing can be written: a clear message and no damage."""
    with tmpfs(place.folder, "size=50m") as folder:
        finish(place, folder / "s.db")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        messages = []
        for name in ("s.db", "new.db"):
            driver = start(place, folder / name)
            with listening(driver):
                wait_for(driver)
                messages.append(message_of(driver).strip())
            if driver.returncode != 2 or "Traceback" in messages[-1]:
                raise Wrong(f"exit code {driver.returncode}: {messages[-1][-300:]}")
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        compare(folder / "s.db", place.expected)
    return messages[0]


def clock(place: Place) -> str:
    """The clock of the driver and its workers jumps years and back while they work."""
    if not shutil.which("faketime"):
        raise Skipped("faketime is not installed")
    (library,) = sorted(Path("/usr/lib").rglob("libfaketime.so.1"))[:1]
    stamp = place.folder / "clock"
    stamp.write_text("+0\n")
    driver = start(place, place.folder / "clock.db", LD_PRELOAD=str(library), FAKETIME_NO_CACHE="1",
                   FAKETIME_TIMESTAMP_FILE=str(stamp), FAKETIME_DONT_FAKE_MONOTONIC="1",
                   FAKETIME_DONT_RESET="1")  # fmt: skip
    jumps = 0
    with listening(driver) as said:
        while driver.poll() is None and jumps < 200:
            time.sleep(0.2)
            stamp.write_text(f"{place.chance.choice('+-')}{place.chance.randrange(1, 3000)}d\n")
            jumps += 1
        wait_for(driver)
        if driver.returncode != 0:
            raise Wrong(message_of(driver)[-500:])
    check(place.folder / "clock.db", said)
    compare(place.folder / "clock.db", place.expected)
    return f"{jumps} jumps"


def two_runs(place: Place) -> str:
    """A second run on the same store says why not; the first ends as if it were alone."""
    store = place.folder / "two.db"
    first = start(place, store)
    with listening(first) as said:
        while not said and first.poll() is None:
            time.sleep(0.02)
        os.kill(first.pid, signal.SIGSTOP)  # so that it does not end before the second begins
        second = start(place, store)
        with listening(second):
            wait_for(second)
            message = message_of(second).strip()
        if second.returncode != 2 or f"process {first.pid}" not in message:
            raise Wrong(f"the second run: exit code {second.returncode}, {message[-300:]}")
        os.kill(first.pid, signal.SIGCONT)
        wait_for(first)
    check(store, said)
    compare(store, place.expected)
    return message


@contextmanager
def tmpfs(folder: Path, options: str) -> Iterator[Path]:
    mounted = folder / "small"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(mounted)]
    if subprocess.run(mount).returncode:  # as in a container
        raise Skipped("a tmpfs cannot be mounted")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)
        mounted.rmdir()


SCENARIOS: dict[str, Callable[[Place], str]] = {
    "kills": kills,
    "full-disk": full_disk,
    "read-only": read_only,
    "clock": clock,
    "two-runs": two_runs,
}
NEEDS_ROOT = {"full-disk", "read-only"}


def torture(
    *, files: int, kills: int, engine: str, workers: int, seed: int, only: list[str]
) -> Iterator[tuple[str, bool, str]]:
    """(scenario, whether all was well, what happened) for each."""
    with tempfile.TemporaryDirectory(prefix="torture") as temporary:
        folder = Path(temporary)
        written = write_files(folder / "files", files)
        quiet = Place(written, folder, "plain", 1, 0, random.Random(seed), [])
        finish(quiet, folder / "undisturbed.db")
        expected = rows(folder / "undisturbed.db")
        for name in only:
            if name in NEEDS_ROOT and os.geteuid() != 0:
                yield name, True, "SKIPPED: needs root"
                continue
            mine = folder / name
            mine.mkdir()
            used = f"plain-{engine}" if engine == "ray" else "plain"
            place = Place(written, mine, used, workers, kills, random.Random(seed), expected)
            try:
                yield name, True, SCENARIOS[name](place)
            except Skipped as skipped:
                yield name, True, f"SKIPPED: {skipped}"
            except Wrong as wrong:
                yield name, False, str(wrong)


def main() -> int:
    if sys.argv[1:2] == ["--drive"]:
        files, store, engine, workers = sys.argv[2:]
        return drive(Path(files), Path(store), engine, int(workers))
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--engine", choices=["local", "ray"], default="local")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(SCENARIOS), default=list(SCENARIOS))
    options = parser.parse_args()
    failed = False
    for name, well, message in torture(**vars(options)):
        print(f"{'ok    ' if well else 'FAILED'} {name}: {message}", flush=True)
        failed |= not well
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
