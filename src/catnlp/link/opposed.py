"""The parties of a conflict that stands beside the act in a list of what somebody opposes: in
"protests against Russia's war in Ukraine and against detentions" neither detains anybody."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.link.features import Act
from catnlp.link.patterns import either
from catnlp.resources import read_toml


def without_opposed(act: Act, clues: Sequence[Clue]) -> Sequence[Clue]:
    """The clues that do not stand in another conflict which is opposed like the act; all where
    words of a state stand right before the act."""
    found = _lists().search(act.text[: act.start])
    if found is None:
        return clues
    start, end = found.span("other")
    if any(c.country and end <= c.start < act.start for c in clues):
        return clues
    return [c for c in clues if not start <= c.start < end]


@cache
def _lists() -> re.Pattern[str]:
    data = read_toml("catnlp.link", "opposed.toml")
    return re.compile(
        rf"\b(?P<by>{either(data['prepositions'])})\s"
        rf"(?P<other>(?:(?!\sand\b)[^;.])*?\b(?:{either(data['conflicts'])})\b(?:(?!\sand\b)[^;.])*?),?"
        r"\s(?:and|as well as)\s(?:also\s)?(?P=by)\s(?:[\w’'-]+,?\s){0,8}?$"
    )
