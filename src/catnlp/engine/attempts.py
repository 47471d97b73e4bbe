"""How often a file is tried when the process that reads it ends, and what was had of it before.

A worker can end for what stands in the file, or for what happens around it: the system takes
memory back, a machine goes down. So a file is tried again, but not for ever.
"""

from dataclasses import dataclass

from catnlp.engine.worker import Read, Task

MOST = 3  # times a file is begun before it counts as what ends its workers


@dataclass
class Attempt:
    """One file on its way through the workers."""

    task: Task
    number: int = 1
    _seen: int = 0  # documents of this attempt
    _kept: int = 0  # documents handed on, in all attempts

    def hands_on(self, message: Read) -> bool:
        """Whether the document is new: a file gives the same ones in the same order again."""
        self._seen += 1
        if self._seen <= self._kept:
            return False
        self._kept = self._seen
        return True

    def again(self) -> bool:
        """Begins the next attempt, if there is one left."""
        self.number, self._seen = self.number + 1, 0
        return self.number <= MOST
