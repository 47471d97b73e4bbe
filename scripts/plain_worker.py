"""A worker process without the model, for tests of the engine: quick to start, same rows always.

It reads files as `catnlp` does; every line is a sentence, and words that it knows are mentions.
A line that begins with CRASH, HANG or EAT does what it says to the process.
"""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from catnlp.domain import Analysis, CountryLink, Document, Mention, Sentence, make_id
from catnlp.engine.engines import ENGINES
from catnlp.engine.local import LocalEngine
from catnlp.engine.worker import Ready, end_with_parent, serve
from catnlp.settings import Settings

WORDS = {"beat detainees": "torture-ill-treatment", "took bribes": "bribery-extortion"}


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    while True:
        time.sleep(3600)


def eat() -> None:
    eaten = []
    while True:
        eaten.append(b"x" * 16 * 1024 * 1024)
        time.sleep(0.01)


POISON: dict[str, Callable[[], None]] = {"CRASH": crash, "HANG": hang, "EAT": eat}


class PlainAnalyst:
    """Reads as the real one, but finds words. Loads what reading needs before the first file."""

    def __init__(self) -> None:
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            file.write(b"Police in the port of Lagos beat detainees.")
            file.flush()
            list(self.analyze_file(Path(file.name), "first"))

    def analyze_file(self, path: Path, uri: str) -> Iterator[Analysis]:
        from catnlp.extract import extract

        for document in extract(path, uri):
            for block in document.blocks:
                line = document.text[block.start : block.end]
                if line.split(" ", 1)[0] in POISON:
                    POISON[line.split(" ", 1)[0]]()
            yield analyze(document)


def analyze(document: Document) -> Analysis:
    sentences, mentions = [], []
    for number, block in enumerate(document.blocks, 1):
        text = document.text[block.start : block.end]
        sentence = Sentence(
            make_id("s", document.id, block.start), document.id, block.start, block.end, text,
            (), number,
        )  # fmt: skip
        sentences.append(sentence)
        for words, category in WORDS.items():
            if words in text:
                start = block.start + text.index(words)
                mentions.append(
                    Mention(make_id("m", document.id, start, category), document.id, sentence.id,
                            start, start + len(words), words, category, "affirmed", "state", 0.9,
                            "plain 1")
                )  # fmt: skip
    links = tuple(CountryLink(m.id, "NGA", "responsible", 0.9, "Nigerian police") for m in mentions)
    return Analysis(document, tuple(sentences), tuple(mentions), links)


def work(pipe: Connection, model: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    analyst = PlainAnalyst()
    pipe.send(Ready(0.0))
    serve(pipe, analyst)


def local(settings: Settings, model: Path | None) -> LocalEngine:
    return LocalEngine(
        settings.worker_count, timeout=settings.timeout, memory=settings.memory, target=work
    )


def on_ray(settings: Settings, model: Path | None) -> object:
    from catnlp.engine.ray import Cluster, RayEngine

    return RayEngine(
        settings.workers, timeout=settings.timeout, memory=settings.memory, target=work,
        cluster=Cluster(settings.ray_address),
    )  # fmt: skip


def register() -> None:
    """`plain` and `plain-ray` become engines that settings can name."""
    ENGINES["plain"] = local
    ENGINES["plain-ray"] = on_ray  # type: ignore[assignment]
