"""The process that reads documents: one pipeline, one file at a time, results over a pipe."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from catnlp.domain import Analysis
from catnlp.errors import CatnlpError, SkippedInput
from catnlp.extract.progress import listening

PR_SET_PDEATHSIG = 1  # of prctl(2)
GONE = (BrokenPipeError, ConnectionResetError)  # the other end of a pipe is closed


@dataclass(frozen=True, slots=True)
class Task:
    """A file for a worker."""

    uri: str
    path: Path


@dataclass(frozen=True, slots=True)
class Ready:
    """The pipeline is loaded; `machine` says with what (`machines.describe`)."""

    seconds: float
    machine: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """One document of the file; more may follow."""

    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Ended:
    """The file is through: done, skipped or failed, and why."""

    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """The pipeline cannot be loaded."""

    reason: str


@dataclass(frozen=True, slots=True)
class Alive:
    """A slow reader, such as OCR, has done a step: the limit of time begins again."""


class Reads(Protocol):
    """What a worker needs of an analyst."""

    def analyze_file(self, path: Path, uri: str) -> Iterator[Analysis]: ...


Message = Ready | Broken | Alive | Read | Ended


def begin(
    target: Callable[[Connection, Path | None], None], pipe: Connection, model: Path | None
) -> None:
    """Runs a worker in a process group of its own, so that it ends with all that it starts."""
    os.setpgrp()
    target(pipe, model)


def work(pipe: Connection, model: Path | None, *, device: str = "cpu") -> None:
    """Runs until the pipe closes. An error in a document ends that document, not the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    end_with_parent()
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    import torch

    torch.set_num_threads(1)
    from catnlp.engine.analyze import Analyst
    from catnlp.engine.machines import describe

    started = time.perf_counter()
    try:
        analyst = Analyst(model, device=device)
    except CatnlpError as error:
        pipe.send(Broken(str(error)))
        return
    machine = describe(analyst.precision, device)
    pipe.send(Ready(time.perf_counter() - started, machine))
    serve(pipe, analyst)


def serve(pipe: Connection, analyst: Reads) -> None:
    """Reads what comes through the pipe, until it closes."""
    while True:
        try:
            task: Task = pipe.recv()
            pipe.send(_read(analyst, task, pipe))
        except (EOFError, *GONE):
            return


def end_with_parent() -> None:
    """Asks Linux to end this process with the one that started it, even while a parser hangs.

    Elsewhere a worker notices when its document is through.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        parent = multiprocessing.parent_process()
        if parent is not None and parent.pid != os.getppid():  # it was gone before we asked
            os._exit(1)


def _read(analyst: Reads, task: Task, pipe: Connection) -> Ended:
    count = 0
    try:
        with listening(lambda: pipe.send(Alive())):
            for analysis in analyst.analyze_file(task.path, task.uri):
                pipe.send(Read(analysis))
                count += 1
    except GONE:
        raise
    except SkippedInput as error:
        return Ended("skipped", str(error))
    except CatnlpError as error:
        return Ended("failed", str(error))
    except MemoryError:
        return Ended("failed", "ran out of memory while being read")
    except RecursionError:
        return Ended("failed", "nested too deeply to be read")
    except Exception as error:
        kind = type(error).__name__
        return Ended("failed", f"unexpected {kind} while being read: {error}; please report it")
    return Ended("done") if count else Ended("skipped", "no document in it")
