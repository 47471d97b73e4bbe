"""The engine: documents a second with 2 workers against 1, and Ray against the local engine.

    python benchmarks/engine.py FOLDER [--documents 200] [--rounds 3]

Takes every n-th document of FOLDER and reads it with the real model. Documents a second are
counted from the first that ends to the last, so that loading is left out. CPU seconds are those
of the run and all its processes, loading and starting included, as a job pays them: a small
FOLDER shows what a start costs. Prints JSON: the best of the rounds, and each round.
"""

import argparse
import json
import os
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil


class Processor:
    """CPU seconds of this process and all below it, also of those that ended meanwhile."""

    def __init__(self) -> None:
        self.seen: dict[tuple[int, float], float] = {}
        self._on = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._start = time.process_time()

    def __enter__(self) -> "Processor":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.look()
        self._on.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        return sum(self.seen.values()) + time.process_time() - self._start

    def _watch(self) -> None:
        while not self._on.wait(0.2):
            self.look()

    def look(self) -> None:
        for process in psutil.Process().children(recursive=True):
            try:
                spent = process.cpu_times()
                key = (process.pid, process.create_time())
            except psutil.Error:
                continue
            self.seen[key] = spent.user + spent.system


def measure(files: list[Path], engine_name: str, workers: int) -> dict[str, float]:
    """Documents a second between the first and the last end, and CPU seconds of all."""
    from catnlp.engine.engines import make_engine
    from catnlp.engine.worker import Ended, Task
    from catnlp.settings import Settings

    ends: list[float] = []
    with Processor() as processor:
        settings = Settings(engine=engine_name, workers=workers)
        with closing(make_engine(settings, None)) as engine:
            for _, message in engine.run([Task(str(f), f) for f in files]):
                if isinstance(message, Ended):
                    ends.append(time.monotonic())
            processor.look()
    return {
        "documents_per_second": round((len(ends) - 1) / max(ends[-1] - ends[0], 1e-9), 3),
        "cpu_seconds": round(processor.seconds, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-ray", action="store_true")
    options = parser.parse_args()
    found = sorted(f for f in options.folder.rglob("*") if f.is_file())
    files = found[:: max(1, len(found) // options.documents)][: options.documents]
    cases = {"local, 1 worker": ("local", 1), "local, 2 workers": ("local", 2)}
    if not options.no_ray:
        cases["ray, 2 actors"] = ("ray", 2)
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in cases}
    for _ in range(options.rounds):
        for name, (engine, workers) in cases.items():
            rounds[name].append(measure(files, engine, workers))
    speed = {n: max(r["documents_per_second"] for r in rs) for n, rs in rounds.items()}
    cpu = {n: min(r["cpu_seconds"] for r in rs) for n, rs in rounds.items()}
    result: dict[str, Any] = {
        "documents": len(files),
        "load_average": os.getloadavg()[0],
        "two_workers_against_one": round(speed["local, 2 workers"] / speed["local, 1 worker"], 3),
        "rounds": rounds,
    }
    if not options.no_ray:
        ratio = cpu["local, 2 workers"] / cpu["ray, 2 actors"]
        result["ray_against_local_cpu"] = round(ratio, 3)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
