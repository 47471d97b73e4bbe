"""Supervised worker processes: a document that crashes, hangs or eats memory ends alone.

`multiprocessing.Pool` waits for ever when a worker dies, and `ProcessPoolExecutor` gives up
all tasks; here each worker has a pipe of its own and is replaced when it fails. A file whose
worker crashed is tried again (`attempts.MOST` times in all); one that was too slow or too large
is not. A thread looks at time and memory, also while the run is busy with what was read.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, Queue

import psutil

from catnlp.engine.attempts import Attempt
from catnlp.engine.pool import Pool
from catnlp.engine.process import TICK, Process
from catnlp.engine.worker import Broken, Ended, Message, Read, Ready, Task, begin, work
from catnlp.errors import ModelError

START_LIMIT = 300.0  # seconds for a worker to load the model
RECYCLE = 400  # files after which a worker is replaced, against leaks of native parsers
FALSE_STARTS = 3  # workers in a row that end while loading the model: it cannot be loaded
LOOKS = 20  # one part of the time for looking at all processes, so many for the rest
STOOD_STILL = 5.0  # seconds in which this process did nothing: no time of its workers (Ctrl-Z)
FILE_LIMIT = 50  # times the limit of time: for a file with all its pages and members
AHEAD = 4  # messages that the workers may be ahead of the run, and one of each
MIB = 1024 * 1024

Work = Callable[[Connection, Path | None], None]

log = logging.getLogger(__name__)


class LocalEngine(Pool[Process]):
    """Runs tasks on `workers` processes; `peak_memory` is the largest seen, in MiB.

    Workers stay for the next `run`, until `close`. `machines`: what they say of themselves.
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
        self.machines: list[dict[str, str]] = []
        self._slots: list[Process] = []
        self._false_starts = 0
        self._context = multiprocessing.get_context("spawn")
        self._heard: Queue[tuple[Process, Message | None]] = Queue(AHEAD)
        self._closed = threading.Event()
        self._closed.set()

    def close(self) -> None:
        self._closed.set()
        for slot in list(self._slots):
            self._stop(slot)

    def _give(self, slot: Process, waiting: deque[Attempt]) -> None:
        if slot.files >= RECYCLE:
            self._stop(slot)
        elif slot.give(waiting[0]):
            waiting.popleft()

    def _hire(self) -> None:
        if self._closed.is_set():
            self._closed = threading.Event()
            threading.Thread(target=self._watch, args=(self._closed,), daemon=True).start()
        mine, theirs = self._context.Pipe()
        process = self._context.Process(
            target=begin, args=(self.target, theirs, self.model), daemon=True
        )
        process.start()
        theirs.close()
        self._slots.append(Process(process, mine, self._heard))

    def _listen(self, waiting: deque[Attempt]) -> Iterator[tuple[Task, Read | Ended]]:
        self._check_start()
        try:
            slot, message = self._heard.get(timeout=TICK)
        except Empty:
            return
        if slot not in self._slots:
            return
        if message is None:
            yield from self._died(slot, waiting)
        else:
            yield from self._received(slot, message)

    def _received(self, slot: Process, message: Message) -> Iterator[tuple[Task, Read | Ended]]:
        if isinstance(message, Ready):
            slot.ready, self._false_starts = True, 0
            if message.machine and message.machine not in self.machines:
                self.machines.append(message.machine)
        elif isinstance(message, Broken):
            raise ModelError(message.reason)
        elif isinstance(message, Read | Ended):
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
        elif attempt is None:
            return
        elif slot.verdict and slot.verdict[0] is attempt:
            yield attempt.task, Ended("failed", slot.verdict[1])
        elif attempt.again():
            waiting.append(attempt)
        else:
            yield attempt.task, Ended("failed", f"reading it crashed the reader ({_exit(code)})")

    def _check_start(self) -> None:
        now = time.monotonic()
        if any(not slot.loaded and now - slot.since > START_LIMIT for slot in self._slots):
            raise ModelError(f"a worker did not load the model in {START_LIMIT:.0f} s")

    def _watch(self, closed: threading.Event) -> None:
        """Ends the workers that are over the limits of time or memory; `_died` hears of it."""
        pause, ended = TICK, time.monotonic()
        while not closed.wait(pause):
            started = time.monotonic()
            stood = started - ended - pause
            if stood > STOOD_STILL:
                for slot in list(self._slots):
                    slot.since, slot.begun = slot.since + stood, slot.begun + stood
            try:
                self._look()
            except Exception:  # without this thread there are no limits
                log.exception("the limits of time and memory could not be checked")
            ended = time.monotonic()
            pause = max(TICK, (ended - started) * LOOKS)

    def _look(self) -> None:
        working = [slot for slot in self._slots if slot.working]
        memory = _memory() if working else {}
        for slot in working:
            attempt, used = slot.attempt, self._used(slot, memory)
            reason = self._time_over(slot)
            if used > self.memory:
                reason = f"needed more than {self.memory} MiB of memory; raise --memory to read it"
            if reason and attempt is not None and slot.working:
                slot.verdict = attempt, reason
                slot.kill()

    def _time_over(self, slot: Process) -> str:
        now = time.monotonic()
        if slot.held:
            return ""
        if now - slot.since > self.timeout:
            return f"took longer than {self.timeout:g} s; raise --timeout to read it"
        if now - slot.begun > FILE_LIMIT * self.timeout:
            return (
                f"all its parts took longer than {FILE_LIMIT} times {self.timeout:g} s; "
                "split it, or raise --timeout to read it"
            )
        return ""

    def _used(self, slot: Process, memory: dict[int, float]) -> float:
        """MiB of a worker with its children: what stays from one look to the next, as a program
        that is being started has the memory of its parent for a moment."""
        pid = slot.process.pid or 0
        before, slot.memory = slot.memory, memory.get(pid, 0.0)
        try:
            own = psutil.Process(pid).memory_info().rss / MIB
        except psutil.Error:
            return 0.0
        used = max(own, min(before, slot.memory))
        self.peak_memory = max(self.peak_memory, used)
        return used

    def _stop(self, slot: Process) -> None:
        self._slots.remove(slot)
        slot.stop()


def _memory() -> dict[int, float]:
    """MiB of each worker with its children, by the process group, which is the worker's own."""
    used: Counter[int] = Counter()
    for process in psutil.Process().children(recursive=True):
        try:
            used[os.getpgid(process.pid)] += process.memory_info().rss
        except (psutil.Error, OSError):
            continue
    return {group: size / MIB for group, size in used.items()}


def _exit(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
