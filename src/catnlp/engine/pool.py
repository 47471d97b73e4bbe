"""What every engine does with its workers: hands out files, and hears what becomes of them."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from catnlp.engine.attempts import Attempt
from catnlp.engine.worker import Ended, Read, Task


@dataclass(kw_only=True, eq=False)
class Slot:
    """A worker that reads a file at a time; `ready` once it has loaded the model."""

    ready: bool = False
    attempt: Attempt | None = None

    def hear(self, message: Read | Ended) -> Iterator[tuple[Task, Read | Ended]]:
        """What is handed on: no document twice, nothing of a file that was given up."""
        attempt = self.attempt
        if attempt is None:
            return
        if isinstance(message, Ended):
            self.attempt = None
            yield attempt.task, message
        elif attempt.hands_on(message):
            yield attempt.task, message


Kept = TypeVar("Kept", bound=Slot)


class Pool(ABC, Generic[Kept]):
    """Up to `workers` slots, filled as there is work for them, kept until they are stopped."""

    workers: int
    _slots: list[Kept]

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Read | Ended]]:
        """Each document as it is read, and exactly one Ended for each task. Tasks are asked for as
        workers become free, so that not all files are fetched at once."""
        source = (Attempt(task) for task in tasks)
        waiting = deque(islice(source, self.workers))
        try:
            while waiting or any(slot.attempt for slot in self._slots):
                self._staff(waiting)
                waiting.extend(islice(source, max(0, self.workers - len(waiting))))
                yield from self._listen(waiting)
        finally:
            for slot in [slot for slot in self._slots if slot.attempt]:
                self._stop(slot)

    def _staff(self, waiting: deque[Attempt]) -> None:
        """Starts workers where there is work for them, and hands out tasks."""
        busy = sum(slot.attempt is not None for slot in self._slots)
        while len(self._slots) < min(self.workers, len(waiting) + busy):
            self._hire()
        for slot in list(self._slots):
            if waiting and slot.ready and slot.attempt is None:
                self._give(slot, waiting)

    @abstractmethod
    def _hire(self) -> None: ...

    @abstractmethod
    def _give(self, slot: Kept, waiting: deque[Attempt]) -> None:
        """Hands the first that waits to a free worker, or replaces the worker."""

    @abstractmethod
    def _listen(self, waiting: deque[Attempt]) -> Iterator[tuple[Task, Read | Ended]]:
        """What has come since, and the ends of those that were lost."""

    @abstractmethod
    def _stop(self, slot: Kept) -> None: ...
