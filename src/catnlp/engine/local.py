"""Supervised worker processes: a document that crashes, hangs or eats memory ends alone.

`multiprocessing.Pool` waits for ever when a worker dies, and `ProcessPoolExecutor` gives up
all tasks; here each worker has a pipe of its own and is replaced when it fails.
"""

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil

from catnlp.engine.worker import Alive, Broken, Ended, Message, Read, Ready, Task, work
from catnlp.errors import ModelError

TICK = 0.25  # seconds between looks at time and memory
START_LIMIT = 300.0  # seconds for a worker to load the model
RECYCLE = 400  # files after which a worker is replaced, against leaks of native parsers
MIB = 1024 * 1024

Work = Callable[[Connection, Path | None], None]


@dataclass
class Slot:
    """A worker process with what it is doing."""

    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: Task | None = None
    since: float = field(default_factory=time.monotonic)
    files: int = 0


class LocalEngine:
    """Runs tasks on `workers` processes; `peak_memory` is the largest seen, in MiB."""

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
        self._slots: list[Slot] = []
        self._context = multiprocessing.get_context("spawn")

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Read | Ended]]:
        """Each document as it is read, and exactly one Ended for each task."""
        waiting = deque(tasks)
        try:
            while waiting or any(slot.task for slot in self._slots):
                self._staff(waiting)
                yield from self._listen()
                yield from self._watch()
        finally:
            for slot in list(self._slots):
                self._stop(slot)

    def _staff(self, waiting: deque[Task]) -> None:
        """Starts workers where there is work for them, and hands out tasks."""
        busy = sum(slot.task is not None for slot in self._slots)
        while len(self._slots) < min(self.workers, len(waiting) + busy):
            self._start()
        for slot in list(self._slots):
            if waiting and slot.ready and slot.task is None:
                if slot.files >= RECYCLE:
                    self._stop(slot)
                    continue
                with suppress(BrokenPipeError):
                    slot.pipe.send(waiting[0])
                    slot.task, slot.since = waiting.popleft(), time.monotonic()
                    slot.files += 1

    def _start(self) -> None:
        mine, theirs = self._context.Pipe()
        process = self._context.Process(target=self.target, args=(theirs, self.model), daemon=True)
        process.start()
        theirs.close()
        self._slots.append(Slot(process, mine))

    def _listen(self) -> Iterator[tuple[Task, Read | Ended]]:
        pipes = {slot.pipe: slot for slot in self._slots}
        for pipe in wait(list(pipes), timeout=TICK):
            slot = pipes[pipe]  # type: ignore[index]
            try:
                message: Message = slot.pipe.recv()
            except (EOFError, ConnectionResetError):
                yield from self._died(slot)
                continue
            yield from self._received(slot, message)

    def _received(self, slot: Slot, message: Message) -> Iterator[tuple[Task, Read | Ended]]:
        slot.since = time.monotonic()
        if isinstance(message, Ready):
            slot.ready = True
        elif isinstance(message, Broken):
            raise ModelError(message.reason)
        elif slot.task is not None and not isinstance(message, Alive):
            task = slot.task
            if isinstance(message, Ended):
                slot.task = None
            yield task, message

    def _died(self, slot: Slot) -> Iterator[tuple[Task, Read | Ended]]:
        slot.process.join(5)
        code, task = slot.process.exitcode, slot.task
        self._stop(slot)
        if not slot.ready:
            raise ModelError(
                f"a worker ended while loading the model ({_exit(code)}); run `catnlp doctor`"
            )
        if task is not None:
            yield task, Ended("failed", f"reading it crashed the reader ({_exit(code)})")

    def _watch(self) -> Iterator[tuple[Task, Read | Ended]]:
        """Ends the workers that are over the limits of time or memory."""
        now = time.monotonic()
        for slot in list(self._slots):
            if not slot.ready and now - slot.since > START_LIMIT:
                raise ModelError(f"a worker did not load the model in {START_LIMIT:.0f} s")
            if slot.task is None:
                continue
            task, used = slot.task, self._memory(slot)
            reason = ""
            if now - slot.since > self.timeout:
                reason = f"took longer than {self.timeout:g} s; raise --timeout to read it"
            elif used > self.memory:
                reason = f"needed more than {self.memory} MiB of memory; raise --memory to read it"
            if reason and not slot.pipe.poll():
                self._stop(slot)
                yield task, Ended("failed", reason)

    def _memory(self, slot: Slot) -> float:
        try:
            used = psutil.Process(slot.process.pid).memory_info().rss / MIB
        except psutil.NoSuchProcess:
            return 0.0
        self.peak_memory = max(self.peak_memory, used)
        return used

    def _stop(self, slot: Slot) -> None:
        self._slots.remove(slot)
        slot.pipe.close()
        if slot.process.is_alive():
            slot.process.kill()
        slot.process.join(10)


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
