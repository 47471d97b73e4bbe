"""Supervised worker processes: a document that crashes, hangs or eats memory ends alone.

`multiprocessing.Pool` waits for ever when a worker dies, and `ProcessPoolExecutor` gives up
all tasks; here each worker has a pipe of its own and is replaced when it fails. A file whose
worker crashed is tried again (`attempts.MOST` times in all); one that was too slow or too large
is not.
"""

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil

from catnlp.engine.attempts import Attempt
from catnlp.engine.pool import Pool, Slot
from catnlp.engine.worker import Alive, Broken, Ended, Message, Read, Ready, Task, work
from catnlp.errors import ModelError

TICK = 0.25  # seconds between looks at time and memory
START_LIMIT = 300.0  # seconds for a worker to load the model
RECYCLE = 400  # files after which a worker is replaced, against leaks of native parsers
FALSE_STARTS = 3  # workers in a row that end while loading the model: it cannot be loaded
MIB = 1024 * 1024

Work = Callable[[Connection, Path | None], None]


@dataclass
class Process(Slot):
    """A worker process with what it is doing."""

    process: SpawnProcess
    pipe: Connection
    since: float = field(default_factory=time.monotonic)
    files: int = 0


class LocalEngine(Pool[Process]):
    """Runs tasks on `workers` processes; `peak_memory` is the largest seen, in MiB.

    Workers stay for the next `run`, until `close`.
    """

    def __init__(
        self,
        workers: int,
        *,
        timeout: float,
        memory: int,
        model: Path | None = None,
        target: Work = work,
    ) -> None:
        self.workers = workers
        self.timeout = timeout
        self.memory = memory
        self.model = model
        self.target = target
        self.peak_memory = 0.0
        self._slots: list[Process] = []
        self._false_starts = 0
        self._context = multiprocessing.get_context("spawn")

    def close(self) -> None:
        for slot in list(self._slots):
            self._stop(slot)

    def _give(self, slot: Process, waiting: deque[Attempt]) -> None:
        if slot.files >= RECYCLE:
            self._stop(slot)
            return
        with suppress(BrokenPipeError):
            slot.pipe.send(waiting[0].task)
            slot.attempt, slot.since = waiting.popleft(), time.monotonic()
            slot.files += 1

    def _hire(self) -> None:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(target=self.target, args=(theirs, self.model), daemon=True)
        process.start()
        theirs.close()
        self._slots.append(Process(process, mine))

    def _listen(self, waiting: deque[Attempt]) -> Iterator[tuple[Task, Read | Ended]]:
        pipes = {slot.pipe: slot for slot in self._slots}
        for pipe in wait(list(pipes), timeout=TICK):
            slot = pipes[pipe]  # type: ignore[index]
            try:
                message: Message = slot.pipe.recv()
            except (EOFError, ConnectionResetError):
                yield from self._died(slot, waiting)
                continue
            yield from self._received(slot, message)
        yield from self._watch()

    def _received(self, slot: Process, message: Message) -> Iterator[tuple[Task, Read | Ended]]:
        slot.since = time.monotonic()
        if isinstance(message, Ready):
            slot.ready, self._false_starts = True, 0
        elif isinstance(message, Broken):
            raise ModelError(message.reason)
        elif not isinstance(message, Alive):
            yield from slot.hear(message)

    def _died(self, slot: Process, waiting: deque[Attempt]) -> Iterator[tuple[Task, Ended]]:
        slot.process.join(5)
        code, attempt = slot.process.exitcode, slot.attempt
        self._stop(slot)
        if not slot.ready:
            self._false_starts += 1
            if self._false_starts >= FALSE_STARTS:
                raise ModelError(
                    f"{FALSE_STARTS} workers in a row ended while loading the model "
                    f"({_exit(code)}); run `catnlp doctor`"
                )
        elif attempt is not None and attempt.again():
            waiting.append(attempt)
        elif attempt is not None:
            yield attempt.task, Ended("failed", f"reading it crashed the reader ({_exit(code)})")

    def _watch(self) -> Iterator[tuple[Task, Read | Ended]]:
        """Ends the workers that are over the limits of time or memory."""
        now = time.monotonic()
        for slot in list(self._slots):
            if not slot.ready and now - slot.since > START_LIMIT:
                raise ModelError(f"a worker did not load the model in {START_LIMIT:.0f} s")
            if slot.attempt is None:
                continue
            task, used = slot.attempt.task, self._memory(slot)
            reason = ""
            if now - slot.since > self.timeout:
                reason = f"took longer than {self.timeout:g} s; raise --timeout to read it"
            elif used > self.memory:
                reason = f"needed more than {self.memory} MiB of memory; raise --memory to read it"
            if reason and not slot.pipe.poll():
                self._stop(slot)
                yield task, Ended("failed", reason)

    def _memory(self, slot: Process) -> float:
        try:
            used = psutil.Process(slot.process.pid).memory_info().rss / MIB
        except psutil.NoSuchProcess:
            return 0.0
        self.peak_memory = max(self.peak_memory, used)
        return used

    def _stop(self, slot: Process) -> None:
        self._slots.remove(slot)
        slot.pipe.close()
        if slot.process.is_alive():
            slot.process.kill()
        slot.process.join(10)


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
