"""What the model says of one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prediction:
    """A mention in a sentence; `start` and `end` are offsets of the trigger in the sentence."""

    category: str
    status: str
    actor: str
    score: float
    start: int
    end: int
