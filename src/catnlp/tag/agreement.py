"""Mentions of one event in a sentence agree on status and actor.

The network decides each category alone, so that one clause may name two actors. Training
mentions of two categories with the same trigger never differ in status or actor (164 pairs), nor
do those of harm whose triggers overlap (35) or that a participle ties together (20: "shelled a
market, killing nine"). Words joined by "and" have the same actor
in 90 % only, and are left alone. A failure to act (impunity, weak oversight) is another event
than the act.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catnlp.tag.prediction import Prediction

OMISSIONS = frozenset({"impunity", "weak-oversight"})
HARM = frozenset(
    "unlawful-killing civilian-harm torture-ill-treatment excessive-force atrocity-crime "
    "sexual-gender-violence enforced-disappearance arbitrary-detention child-rights-abuse "
    "forced-displacement abuse-unspecified".split()
)
OTHER_CLAUSE = re.compile(
    r"[;:]|\b(?:who|whom|which|that|but|while|although|though|whereas|after|by|when|because|said"
    r"|accus\w+|report\w*|den\w+|to)\b",
    re.IGNORECASE,
)
TIE = re.compile(r".{0,80},\s(?:(?:\w+ly|and|also)\s)*")
PARTICIPLE = re.compile(r"\w+ing\b")


def agreed(predictions: Sequence[Prediction], text: str) -> list[Prediction]:
    """The predictions of one sentence; those of one event get the status and the actor that are
    the more certain of them (the sum of the scores of each)."""
    found = list(predictions)
    for group in _events(found, text):
        members = [found[number] for number in group]
        status, status_score = _likeliest([(p.status, p.status_score) for p in members])
        actor, actor_score = _likeliest([(p.actor, p.actor_score) for p in members])
        for number in group:
            one = found[number]
            if one.status != status:
                one = replace(one, status=status, status_score=status_score)
            if one.actor != actor:
                one = replace(one, actor=actor, actor_score=actor_score)
            found[number] = one
    return found


def _likeliest(votes: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The value with the largest sum of scores, and the highest score it has."""
    values = list(dict.fromkeys(value for value, _ in votes))
    best = max(values, key=lambda value: sum(score for said, score in votes if said == value))
    return best, max(score for said, score in votes if said == best)


def _events(found: Sequence[Prediction], text: str) -> Iterator[list[int]]:
    """Numbers of the predictions of each event that has several, in the order of the text."""
    order = sorted(range(len(found)), key=lambda number: (found[number].start, found[number].end))
    groups: list[list[int]] = []
    for number in order:
        one = found[number]
        home = next(
            (g for g in groups if any(_one_event(found[n], one, text) for n in g)), None
        )  # fmt: skip
        if home is None:
            groups.append([number])
        else:
            home.append(number)
    yield from (group for group in groups if len(group) > 1)


def _one_event(first: Prediction, then: Prediction, text: str) -> bool:
    if OMISSIONS & {first.category, then.category}:
        return False
    if (first.start, first.end) == (then.start, then.end):
        return True
    if not {first.category, then.category} <= HARM:
        return False
    if then.start < first.end:
        return True
    between = text[first.end : then.start]
    return (
        TIE.fullmatch(between) is not None
        and not OTHER_CLAUSE.search(between)
        and PARTICIPLE.match(text, then.start) is not None
    )
