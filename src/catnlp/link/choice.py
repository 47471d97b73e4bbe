"""The countries of one role of a mention."""

from collections.abc import Mapping
from dataclasses import dataclass, field

STATE_ACTORS = ("state", "state-aligned")


@dataclass(frozen=True, slots=True)
class Choice:
    """Countries of one role, with the reason; of a list, some have their own words."""

    countries: tuple[str, ...]
    score: float
    reason: str
    words: Mapping[str, str] = field(default_factory=dict)


NONE = Choice((), 0.0, "")
