"""Which of the countries named has the most that speaks for it; the weights are data."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from catnlp.domain import Role
from catnlp.link.features import Features

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best country ("" for none), its probability, and the words that speak most for it."""

    country: str
    score: float
    reason: str
    scores: Mapping[str, float] = field(default_factory=dict)  # of all countries


@cache
def weights() -> Mapping[Role, Weights]:
    """Fitted on annotated mentions by `scripts/fit_linker.py`."""
    text = files("catnlp.link").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: Mapping[Role, Weights] = json.loads(text)
    return loaded


def rank(found: Features, role: Role) -> Ranked:
    """The country with the highest sum of weights; of equal ones, the first by code."""
    table = weights()[role]
    sums = {
        country: sum(table.get(name, 0.0) for name in named) for country, named in found.items()
    }
    best = max(sorted(sums), key=lambda country: sums[country])
    top = sums[best]
    total = sum(math.exp(value - top) for value in sums.values())
    scores = {country: round(math.exp(value - top) / total, 3) for country, value in sums.items()}
    spoken = {name: words for name, words in found[best].items() if words}
    strongest = max(sorted(spoken), key=lambda name: table.get(name, 0.0), default="")
    return Ranked(best, scores[best], spoken.get(strongest, ""), scores)
