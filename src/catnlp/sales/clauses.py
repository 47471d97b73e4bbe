"""Clauses of a sentence: what one says of a sale says nothing of the sale of another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catnlp.sales.marks import BUYER, GOODS, STATE, patterns

KINDS = ("new_clause", "same_subject", "same_verb")
LAST_STATE = re.compile(f"[{BUYER}{STATE}]+$")


@dataclass(frozen=True, slots=True)
class Clause:
    """Offsets of a clause, and what it takes from the one before: nothing, subject or verb."""

    start: int
    end: int
    kind: str


def clauses(line: str) -> Sequence[Clause]:
    """Clauses of a sentence in which goods and states are marked."""
    cuts = sorted(
        (
            (match.start(), match.end(), number, match)
            for number, kind in enumerate(KINDS)
            for pattern in patterns(kind)
            for match in pattern.finditer(line)
        ),
        key=lambda cut: cut[:3],
    )
    found = []
    start, kind = 0, KINDS[0]
    for stop, begin, number, match in cuts:
        if stop <= start or not _can_end(line[start:stop], KINDS[number], match):
            continue
        found.append(Clause(start, stop, kind))
        start, kind = begin, KINDS[number]
        antecedent = LAST_STATE.search(line[:stop])
        if antecedent and re.match(r"(?:which|who)\b", line[begin:]):
            start = antecedent.start()
    return [*found, Clause(start, len(line), kind)]


def _can_end(piece: str, kind: str, match: re.Match[str]) -> bool:
    """Whether what stands before the cut can be a clause: a subject alone is none."""
    verb = any(pattern.search(piece) for pattern in patterns("tells"))
    if kind == "new_clause":
        return verb or GOODS in piece or match[0][0] == ";"
    if kind == "same_subject":
        return verb and GOODS in piece
    return re.search(rf"{GOODS}[^;]*\b{match['link']} (?:the )?[{BUYER}{STATE}]", piece) is not None
