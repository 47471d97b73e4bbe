"""Mentions of one sentence: one that names no country takes that of those beside it."""

from collections.abc import Sequence
from dataclasses import replace

from catnlp.domain import Role
from catnlp.link.choice import STATE_ACTORS, Choice
from catnlp.link.evidence import Clue
from catnlp.link.features import Act, Surroundings
from catnlp.link.grounds import SURE_ACTOR
from catnlp.link.topics import is_topic

BESIDE = "beside another mention: "
Pair = tuple[Choice, Choice]  # responsible, location


def completed(
    acts: Sequence[Act], chosen: Sequence[Pair], clues: Sequence[Clue], around: Surroundings
) -> list[Pair]:
    """The choices for the mentions of a sentence. Where those by the same actor name one country
    and one of them names none, it has theirs, if the sentence names no other and the document
    speaks of it (of 82 such in documents with gold, 79 right)."""
    responsible = [pair[0] for pair in chosen]
    location = [pair[1] for pair in chosen]
    return [
        (
            _or_beside(responsible, n, "responsible", acts, clues, around),
            _or_beside(location, n, "location", acts, clues, around),
        )
        for n in range(len(acts))
    ]


def _or_beside(
    choices: Sequence[Choice], n: int, role: Role, acts: Sequence[Act], clues: Sequence[Clue],
    around: Surroundings,
) -> Choice:  # fmt: skip
    actor, by_state = acts[n].actor, role == "responsible"
    if choices[n].countries or (by_state and actor not in STATE_ACTORS):
        return choices[n]
    if by_state and acts[n].actor_score < SURE_ACTOR:
        return choices[n]
    beside = [c for c, act in zip(choices, acts, strict=True) if act.actor == actor and c.countries]
    if len({frozenset(c.countries) for c in beside}) != 1:
        return choices[n]
    codes = beside[0].countries
    if any(c.country not in ("", *codes) for c in clues) or not all(
        is_topic(code, role, [c for c in clues if c.country == code], around) for code in codes
    ):
        return choices[n]
    return replace(beside[0], reason=BESIDE + beside[0].reason)
