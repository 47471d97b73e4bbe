"""Many small files, one in a hundred of them poison: does it end, is every file accounted for?

    python scripts/load.py                          1,000 files
    python scripts/load.py --files 10000 --workers 2

The poison crashes, hangs or eats memory in the worker, is a bomb, or has a name that is not UTF-8,
itself or in an archive, and is read all the same. The worker needs no model
(scripts/plain_worker.py), so that what is measured is the engine. Writes files a second, and the
memory of the run and of its workers while it goes, as JSON; exit code 1 where a file is missing,
has the wrong end, or where the memory of the run or of its workers grows by more than --growth
from the 1,000th file (of fewer files, the first tenth) to the last.
"""

import argparse
import io
import json
import os
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import psutil

MIB = 1024 * 1024
POISON = ("crash", "hang", "eat", "bomb", "name", "member")
READ = ("good", "name", "member")
SETTLED = 1000  # files after which memory should not grow any more
TIMEOUT = 5.0  # seconds for a file
MEMORY = 512  # MiB for a worker


def bomb(number: int) -> bytes:
    """An archive that unpacks to more than 200 times its size; each one different."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{number}.txt", b"0" * 20_000_000)
    return stream.getvalue()


def member(text: str) -> bytes:
    """An archive with a file in it whose name is not UTF-8."""
    stream, data = io.BytesIO(), text.encode()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        info = tarfile.TarInfo(os.fsdecode(b"report\xff.txt"))
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def files(folder: Path, count: int, share: float, seed: int) -> Iterator[tuple[Path, str]]:
    """Writes the files: (path, the kind of poison or "good")."""
    chance = random.Random(seed)
    for n in range(count):
        kind = chance.choice(POISON) if chance.random() < share else "good"
        path = folder / f"{n // 1000:03}" / f"{n:06}-{kind}"
        path.parent.mkdir(exist_ok=True)
        first = f"Report {n}" if kind in READ else f"{kind.upper()} {n}"
        text = f"{first}\n\nPolice in ward {n} beat detainees.\n\nIt rained for {n} days."
        if kind == "name":
            path = path.with_name(f"{n:06}-{os.fsdecode(bytes([0xFF]))}")
        path.write_bytes(
            bomb(n) if kind == "bomb" else member(text) if kind == "member" else text.encode()
        )
        yield path, kind


class Watch:
    """Samples memory as files come to their end."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.began = time.monotonic()
        self.samples: list[dict[str, float]] = []

    def __call__(self, line: str, done: int, total: int) -> None:
        if done % self.every and done != total:
            return
        me = psutil.Process()
        workers = 0
        for child in me.children(recursive=True):
            try:
                workers += child.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        self.samples.append({
            "files": done, "seconds": round(time.monotonic() - self.began, 1),
            "run_mib": round(me.memory_info().rss / MIB, 1), "workers_mib": round(workers / MIB, 1),
        })  # fmt: skip
        print(json.dumps(self.samples[-1]), file=sys.stderr, flush=True)


def load(count: int, share: float, seed: int, workers: int, engine: str) -> dict[str, Any]:
    from catnlp.engine.inputs import inspect
    from catnlp.engine.run import run  # here, as workers import this module when they start
    from catnlp.settings import Settings
    from catnlp.store import open_store
    from plain_worker import register

    register()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "files")
        folder.mkdir()
        kinds = {inspect(path, 1024).uri: kind for path, kind in files(folder, count, share, seed)}
        watch = Watch(max(1, count // 100))
        settings = Settings(engine=engine, workers=workers, timeout=TIMEOUT, memory=MEMORY)
        with open_store(Path(temporary, "s.db")) as store:
            done = run([str(folder)], store, settings, progress=watch)
            kept = {row.uri: row.status for row in store.inputs()}
    wrong = [
        f"{record.uri}: {kinds[record.uri]} ended as {record.status} {record.reason}"
        for record in done.records
        if record.status != ("done" if kinds[record.uri] in READ else "failed")
        or kept[record.uri] != record.status
    ]
    settled = [
        s for s in watch.samples if s["files"] >= (SETTLED if count > SETTLED else count // 10)
    ]
    first, last = settled[0], settled[-1]
    part = max(1, len(settled) // 4)  # workers come and go, and poison fills one for a while
    before, after = (median(s["workers_mib"] for s in some)
                     for some in (settled[:part], settled[-part:]))  # fmt: skip
    return {
        "files": count,
        "kinds": dict(Counter(kinds.values())),
        "missing": sorted(set(kinds) - {record.uri for record in done.records}),
        "wrong": wrong,
        "files_per_second": round(count / last["seconds"], 1),
        "growth_of_the_run": round(last["run_mib"] / first["run_mib"] - 1, 4),
        "growth_of_the_workers": round(after / max(before, 1) - 1, 4),
        "growth_between": [first["files"], last["files"]],
        "samples": watch.samples,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--poison", type=float, default=0.01, help="Share of poison.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--engine", choices=["plain", "plain-ray"], default="plain")
    parser.add_argument("--growth", type=float, default=0.10)
    options = parser.parse_args()
    result = load(options.files, options.poison, options.seed, options.workers, options.engine)
    print(json.dumps(result, indent=2))
    well = not result["missing"] and not result["wrong"]
    grown = max(result["growth_of_the_run"], result["growth_of_the_workers"])
    return 0 if well and grown <= options.growth else 1


if __name__ == "__main__":
    sys.exit(main())
