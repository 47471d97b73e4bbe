"""What the model says of one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """A mention in a sentence; `start` and `end` are offsets of the trigger in the sentence,
    `quoted` those of what is shown in the end.

    Scores are calibrated probabilities: that the category is there, and if it is, that the
    status and the actor are right.
    """

    category: str
    status: str
    actor: str
    score: float
    start: int
    end: int
    status_score: float = 1.0
    actor_score: float = 1.0
    quoted: tuple[int, int] = (0, 0)


def highest(chances: Sequence[float]) -> int:
    """The place of the highest chance; the first of several."""
    return max(range(len(chances)), key=chances.__getitem__)
