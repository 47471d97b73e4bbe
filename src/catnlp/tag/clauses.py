"""Clauses of a sentence that may tell of one category in two ways.

"The law prohibits torture, but guards tortured detainees": the network gives a category one status
a sentence, and one of the two would be lost. So each clause is looked at alone (its tokens were
read with all around them), and where one tells of what was done and another of a law or of what
was not done, the category is mentioned twice. In the development and check sets this fires 12
times; the readers have both mentions in 11 of these, and in 9 sentences more.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

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
OTHERWISE = frozenset({"negated", "normative"})
PREFIX = r"(?:[A-Z][\w ,/-]{0,60}:\s+)?"  # "Arbitrary Arrest: Although the law ..."


def clauses(text: str) -> list[tuple[int, int]]:
    """Start and end of each clause; one for a sentence that does not turn."""
    opener, turn, _, _ = _cues()
    cuts = {match.start() for match in turn.finditer(text)}
    if match := opener.match(text):
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
    surest in which it is a law or denied, in their order; nothing unless there are both. A law
    that only grants a right ("provides for freedom of religion") is no mention beside a flag. None
    has a score under the threshold of the mentions that are asked for."""
    scored = [r for r in readings if r.score >= threshold]
    flagged = [r for r in scored if r.status in FLAG_STATUSES and r.score >= FLAGGED]
    denied = [
        r for r in scored
        if r.status in OTHERWISE and r.score >= DENIED and r.status_score >= SURE
        and not (r.status == "normative" and _only_grants(text, r.start))
    ]  # fmt: skip
    if not flagged or not denied:
        return ()
    both = (max(group, key=lambda r: r.score) for group in (flagged, denied))
    return tuple(sorted(both, key=lambda r: r.start))


def _only_grants(text: str, place: int) -> bool:
    clause = next(text[start:end] for start, end in clauses(text) if start <= place < end)
    _, _, grants, forbids = _cues()
    return bool(grants.search(clause)) and not forbids.search(clause)


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What opens a sentence that turns, where it turns, what grants a right, what forbids."""
    words = {name: "|".join(several) for name, several in read_toml(*TABLE).items()}
    patterns = (
        rf"{PREFIX}(?i:{words['openers']})\b[^,]*(?=,\s)",
        rf"(?i)[;,]?\s(?:{words['turns']})\b|;\s|,?\s(?:and\s)?(?:{words['absences']})\b",
        rf"(?i)\b(?:{words['grants']})\b",
        rf"(?i)\b(?:{words['forbids']})",
    )
    opener, turn, grants, forbids = map(re.compile, patterns)
    return opener, turn, grants, forbids
