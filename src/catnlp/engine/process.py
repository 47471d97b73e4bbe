"""A worker process and its pipe, which a thread of its own listens to: a message that breaks off
or stalls holds up nobody else, and time goes on while the run is busy with something else."""

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import Full, Queue

from catnlp.engine.attempts import Attempt
from catnlp.engine.pool import Slot
from catnlp.engine.worker import Alive, Ended, Message, Ready

TICK = 0.25  # seconds between looks at whether a worker is still wanted


@dataclass(eq=False)
class Process(Slot):
    """A worker process with what it is doing; `heard` gets its messages, None when it is gone."""

    process: SpawnProcess
    pipe: Connection
    heard: "Queue[tuple[Process, Message | None]]"
    since: float = field(default_factory=time.monotonic)  # its last sign of life
    begun: float = 0.0  # its file
    files: int = 0
    loaded: bool = False
    working: bool = False
    held: bool = False  # what it says is not taken: its time does not count
    wanted: bool = True
    memory: float = 0.0  # MiB with its children, at the last look
    verdict: tuple[Attempt, str] | None = None  # why it was ended, and over which file

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def give(self, attempt: Attempt) -> bool:
        """Whether it could be handed over."""
        self.attempt = attempt
        self.since = self.begun = time.monotonic()
        self.working = True
        try:
            self.pipe.send(attempt.task)
        except OSError:
            self.attempt, self.working = None, False
            return False
        self.files += 1
        return True

    def kill(self) -> None:
        """Ends the process and the programs that it started, such as OCR."""
        if self.process.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        """As `kill`, whether or not it was ready; nothing is heard of it any more."""
        self.wanted = False
        self.kill()
        if self.process.is_alive():
            self.process.kill()
        self.process.join(10)
        self._thread.join(2 * TICK)
        if not self._thread.is_alive():  # who gives closes; the one who listens only reads
            self.pipe.close()

    def _listen(self) -> None:
        while self.wanted:
            try:
                message: Message = self.pipe.recv()
            except Exception:  # it ended, in the middle of a message too; or sent what is none
                break
            self.since = time.monotonic()
            if isinstance(message, Alive):
                continue
            self.loaded = self.loaded or isinstance(message, Ready)
            self.working = self.working and not isinstance(message, Ended)
            self._hand_on(message)
        self.loaded = True  # or gone, and that is told
        self._hand_on(None)

    def _hand_on(self, message: Message | None) -> None:
        started, self.held = time.monotonic(), True
        while self.wanted:
            with suppress(Full):
                self.heard.put((self, message), timeout=TICK)
                break
        if not isinstance(message, Ended | None):  # else it may have the next file by now
            self.since = time.monotonic()
            self.begun += self.since - started
        self.held = False
