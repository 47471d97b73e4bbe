"""Where a clue stands in its clause: before the act or after it, and whether it is the agent."""

import re
from collections.abc import Sequence

from catnlp.link.evidence import Clue

CLAUSE = re.compile(
    r";(?!\s(?:and\s)?[a-z]+ed\b)|\.\s|, (?:and|but|while|which|who|where|when|after|before|as)\b"
    r"|\b(?:while|whereas|although|though|because|which|whom?|that|after|before|but)\b"
)
RELATIVE = re.compile(r"^,?\s(?:which|who|that|whose)\b")  # "the junta, which seized power"
PROSECUTES = re.compile(  # "charged a man with killing": the court is not the killer
    r"\b(?:charg|convict|sentenc|indict|tried|try|investigat|prosecut|arrest|fin|jail|acquitt|"
    r"extradit|accus|su|sanction)\w*\b.*\b(?:with|of|for|over|into|in connection)\b"
)
NEAR = 40  # characters
FAR = 120


def clause_rank(text: str, clue: Clue, clues: Sequence[Clue], start: int, end: int) -> str:
    """Where an acting clue stands among the others: the nearest one before rules the clause."""
    if clue.start >= end:
        first = not any(
            c.acts and end <= c.start < clue.start and c.country != clue.country for c in clues
        )
        return "next" if first else "after"
    if clue.end > start:
        return "inside"
    between = [
        c for c in clues
        if c.acts and c.country != clue.country and c.start >= clue.end and c.end <= start
    ]  # fmt: skip
    if not between:
        return "last"
    return "before" if any(c.manner not in ("other-end", "speaks") for c in between) else "last"


def is_agent(text: str, clue: Clue, rank: str, start: int, end: int) -> bool:
    """Whether the grammar of one clause makes the clue the one who does it."""
    if gap(text, clue, start, end) == "other" or clue.manner in ("other-end", "speaks"):
        return False
    return rank == "last" if clue.start < start else clue.manner == "by" and rank == "next"


def gap(text: str, clue: Clue, start: int, end: int) -> str:
    """Whether a clause ends between the clue and the trigger."""
    between = text[clue.end : start] if clue.end <= start else text[end : clue.start]
    if clue.end <= start:
        between = RELATIVE.sub("", between)
        if PROSECUTES.search(between):
            return "other"
    return "other" if CLAUSE.search(between) else "same"


def distance(clue: Clue, start: int, end: int) -> str:
    between = start - clue.end if clue.end <= start else clue.start - end
    return "near" if between < NEAR else "far" if between < FAR else "distant"
