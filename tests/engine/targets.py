"""Stand-ins for the worker process: what a document does is in the name of its file."""

import os
import struct
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from catnlp.domain import Analysis, Block, Document
from catnlp.engine.worker import Alive, Broken, Ended, Read, Ready

TEXT = "The minister denied it."
LARGE = 5_000_000  # characters, which do not go through a pipe at once
PROGRAMS = {
    "program-eats": "import time; x = b'x' * 600_000_000; time.sleep(600)",
    "program-hangs": "import time; time.sleep(600)",
}


def reading(name: str, size: int = 0) -> Read:
    document = Document(
        id=name,
        uri=name,
        media_type="text/plain",
        reader="text",
        title=name,
        text=TEXT + " " * size,
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
        if name.startswith("then-"):
            pipe.send(reading(name))
            name = name.removeprefix("then-")
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
        if name.startswith(("cut", "stall")):  # in the middle of a large message
            os.write(pipe.fileno(), struct.pack("!i", 50_000_000) + b"x" * 60_000)
            time.sleep(600 if name.startswith("stall") else 0.2)
            os.kill(os.getpid(), 9)
        if name.startswith("noise"):
            pipe.send_bytes(b"no pickle")
        if name.startswith("steps"):
            while True:
                pipe.send(Alive())
                time.sleep(0.05)
        if name.startswith("parts"):
            for number in range(100_000):
                pipe.send(reading(f"{name}{number}"))
                time.sleep(0.05)
        if name.startswith("twenty"):
            for number in range(20):
                pipe.send(reading(f"{name}{number}", LARGE))
        if name.startswith("program"):  # the name of the file says what it does
            subprocess.run([sys.executable, "-c", PROGRAMS[name], name])
        if name.startswith("large"):
            pipe.send(reading(name, LARGE))
            pipe.send(Ended("done"))
            continue
        pipe.send(reading(name))
        pipe.send(Ended("done"))


def break_down(pipe: Connection, model: Path | None) -> None:
    """A worker without a model."""
    pipe.send(Broken("no model here"))


def die_at_start(pipe: Connection, model: Path | None) -> None:
    """A worker that ends before it is ready."""
    os._exit(7)
