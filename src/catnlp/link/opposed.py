"""The parties of a war that stands beside the act in a list of what somebody opposes: in
"protests against Russia's war in Ukraine and against detentions" neither detains anybody."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.link.features import Act
from catnlp.link.patterns import either
from catnlp.resources import read_toml


def without_opposed(act: Act, clues: Sequence[Clue]) -> Sequence[Clue]:
    """The clues that do not stand in a war which is opposed like the act; all where words of a
    state stand right before the act."""
    found = _lists().search(act.text[: act.start])
    if found is None:
        return clues
    start, end = found.span("war")
    if any(c.country and end <= c.start < act.start for c in clues):
        return clues
    return [c for c in clues if not start <= c.start < end]


@cache
def _lists() -> re.Pattern[str]:
    wars = either(read_toml("catnlp.link", "opposed.toml")["wars"])
    rest = r"(?:(?!\sand\b)[^;.])*?"
    return re.compile(
        rf"\bagainst\s(?P<war>{rest}\b(?:{wars})\b{rest}),?\s(?:and|as well as)\s(?:also\s)?"
        r"against\s(?:[\w’'-]+,?\s){0,8}?$"
    )
