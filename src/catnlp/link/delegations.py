"""Who speaks in the review of one state by others: "Denmark was concerned about torture".

In a report of the Universal Periodic Review every state has its say on the one under review, and
signs what it recommends: "(Austria, Chad)". None of them does what it speaks of, nor does it
happen there.
"""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.link.patterns import either
from catnlp.resources import read_toml

WHERE = ("in", "from", "dateline")  # "In Denmark, ..." opens on what happens there


def without_delegations(text: str, clues: Sequence[Clue], home: str) -> tuple[Clue, ...]:
    """The clues but those of other states than `home` that only speak: first in the sentence,
    before a verb of saying, in brackets, or as those whose questions are answered."""
    kept: list[Clue] = []
    spoken = 0  # up to where the sentence has named nothing but speakers
    for clue in clues:
        first = _patterns()["head"].fullmatch(text, spoken, max(spoken, clue.start))
        speaks = bool(first) and clue.kind not in WHERE
        says = _patterns()["says"].match(text, clue.end) is not None
        if speaks:
            spoken = max(spoken, clue.end)
        if clue.country in ("", home) or not (speaks or says or _is_signed(text, clue)):
            kept.append(clue)
    return tuple(kept)


def _is_signed(text: str, clue: Clue) -> bool:
    """Whether the name stands in brackets, or says whose words something is."""
    before, after = text[: clue.start], text[clue.end :]
    brackets = before.rfind("(") > before.rfind(")") and after.find(")") >= 0
    return brackets or _patterns()["words_of"].search(before) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "delegations.toml")

    filler, said = either(data["head"]["words"]), either(data["said"]["words"])
    delegates = r"(?:(?:the|delegations?|representatives?|of)\s)*"
    return {
        "head": re.compile(rf"(?:[\W\d]|\b(?:{filler})\b)*", re.I),
        "says": re.compile(rf"\s(?:also\s|\w+ly\s)*(?:{either(data['says']['words'])})\b"),
        "words_of": re.compile(
            rf"\b(?:{said})\s(?:by|from|of)\s{delegates}(?:[A-Z][\w’-]+(?:,|\sand)\s{delegates})*$"
        ),
    }
