"""Clauses of a sentence that may tell of one category in two ways.

"The law prohibits torture, but guards tortured detainees": the network gives a category one status
a sentence, and one of the two would be lost. So each clause is looked at alone (its tokens were
read with all around them), and where one tells of what was done and another of a law or of what
was not done, the category is mentioned twice. In the development and check sets this fires 12
times; the readers have both mentions in 11 of these, and in 9 sentences more. A clause that only
refers to another ("the law prohibits torture, and no officials employed it") is as sure as that:
of 71 training sentences built like this, readers have both mentions in 67.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tokenizers import Encoding

from catnlp.resources import read_toml
from catnlp.tag.prediction import Prediction
from catnlp.tag.windows import LONGEST
from catnlp.taxonomy import FLAG_STATUSES

TABLE = "catnlp.tag", "clauses.toml"
SHORTEST = 13  # characters of a clause
FLAGGED = 0.6  # least score of a clause that tells of what was done
DENIED = 0.7  # ... of a law, or of what was not done
SURE = 0.5  # least chance of the status of the latter
PREFIX = r"(?:[A-Z][\w ,/-]{0,60}:\s+)?"  # "Arbitrary Arrest: Although the law ..."


def clauses(text: str) -> list[tuple[int, int]]:
    """Start and end of each clause; one for a sentence that does not turn."""
    cuts = {match.start() for match in _cues().turn.finditer(text)}
    if match := _cues().opener.match(text):
        cuts.add(match.end())
    places = [0]
    for cut in sorted(cuts):
        if cut - places[-1] >= SHORTEST and len(text) - cut >= SHORTEST:
            places.append(cut)
    return list(zip(places, [*places[1:], len(text)], strict=True))


def clause_tokens(text: str, encoding: Encoding, offset: int) -> list[range]:
    """The tokens of each clause of a sentence that turns, in a window where its first stands at
    `offset`; none for other sentences."""
    places = clauses(text)
    if len(places) == 1:
        return []
    starts = [start for start, _ in encoding.offsets[:LONGEST]]
    firsts = [bisect_left(starts, start) for start, _ in places]
    return [
        range(offset + first, offset + stop)
        for first, stop in zip(firsts, [*firsts[1:], len(starts)], strict=True)
        if first < stop
    ]


def two_ways(readings: Sequence[Prediction], text: str, threshold: float) -> tuple[Prediction, ...]:
    """Of the readings of one category, a clause each, the surest in which it is a flag and the
    surest in which it is a law or denied, in their order; without a flag, the surest of a law and
    the surest in which it is denied; nothing unless there are two. A clause that only refers to
    what the other names ("the law prohibits torture, and no officials employed it") is as sure as
    that. A law that only grants a right ("provides for freedom of religion") is no mention beside
    another. None has a score under the threshold of the mentions that are asked for."""
    scored = [r for r in _referred(readings, text) if r.score >= threshold]
    flagged = [r for r in scored if r.status in FLAG_STATUSES and r.score >= FLAGGED]
    sure = [r for r in scored if r.score >= DENIED and r.status_score >= SURE]
    law = [r for r in sure if r.status == "normative" and not _only_grants(text, r.start)]
    denied = [r for r in sure if r.status == "negated"]
    groups = (flagged, law + denied) if flagged else (law, denied)
    if not all(groups):
        return ()
    both = (max(group, key=lambda r: r.score) for group in groups)
    return tuple(sorted(both, key=lambda r: r.start))


def _referred(readings: Sequence[Prediction], text: str) -> list[Prediction]:
    """The readings, those of clauses that refer back as sure as the surest."""
    best = max((r.score for r in readings), default=0.0)
    return [
        replace(r, score=best) if _cues().refers.search(_clause(text, r.start)) else r
        for r in readings
    ]


def _only_grants(text: str, place: int) -> bool:
    clause = _clause(text, place)
    return bool(_cues().grants.search(clause)) and not _cues().forbids.search(clause)


def _clause(text: str, place: int) -> str:
    return next(text[start:end] for start, end in clauses(text) if start <= place < end)


class Cues(NamedTuple):
    """What opens a sentence that turns, where it turns, what grants a right, what forbids, what
    refers to a clause before."""

    opener: re.Pattern[str]
    turn: re.Pattern[str]
    grants: re.Pattern[str]
    forbids: re.Pattern[str]
    refers: re.Pattern[str]


@cache
def _cues() -> Cues:
    words = {name: "|".join(several) for name, several in read_toml(*TABLE).items()}
    patterns = (
        rf"{PREFIX}(?i:{words['openers']})\b[^,]*(?=,\s)",
        rf"(?i)[;,]?\s(?:{words['turns']})\b|;\s|,?\s(?:and\s)?(?:{words['absences']})\b",
        rf"(?i)\b(?:{words['grants']})\b",
        rf"(?i)\b(?:{words['forbids']})",
        rf"\b(?:{words['refers']})\b",
    )
    return Cues(*map(re.compile, patterns))
