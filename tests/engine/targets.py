"""Stand-ins for the worker process: what a document does is in the name of its file."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from catnlp.domain import Analysis, Block, Document
from catnlp.engine.worker import Broken, Ended, Read, Ready

TEXT = "The minister denied it."


def reading(name: str) -> Read:
    document = Document(
        id=name,
        uri=name,
        media_type="text/plain",
        reader="text",
        title=name,
        text=TEXT,
        blocks=(Block(0, len(TEXT)),),
    )
    return Read(Analysis(document))


def behave(pipe: Connection, model: Path | None) -> None:
    """Crashes, hangs, eats memory or reads, as the file is named."""
    pipe.send(Ready(0.0))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        name = task.path.name
        if name.startswith("crash"):
            os.kill(os.getpid(), 11)
        if name.startswith("assassin"):
            os.kill(os.getppid(), 9)
        if name.startswith("hang"):
            time.sleep(600)
        if name.startswith("eat"):
            kept = bytearray(600 * 1024 * 1024)
            kept[::4096] = b"x" * len(kept[::4096])
            time.sleep(600)
        if name.startswith("half"):
            pipe.send(reading(name))
            os._exit(3)
        pipe.send(reading(name))
        pipe.send(Ended("done"))


def break_down(pipe: Connection, model: Path | None) -> None:
    """A worker without a model."""
    pipe.send(Broken("no model here"))


def die_at_start(pipe: Connection, model: Path | None) -> None:
    """A worker that ends before it is ready."""
    os._exit(7)
