"""The parties of a war that is only what people oppose, or what came before the act: in "protests
against Russia's war in Ukraine and against detentions" neither detains anybody."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.link.features import Act
from catnlp.link.patterns import either
from catnlp.resources import read_toml


def without_opposed(act: Act, clues: Sequence[Clue], home: str = "") -> Sequence[Clue]:
    """The clues that do not stand in a war which is opposed like the act; all where words of a
    state stand right before the act. In a report on `home`, not in a war of others which came
    before it ("following Russia's invasion of Ukraine, authorities restricted"), nor in one that
    somebody speaks of ("fined for posts about the war in Ukraine")."""
    found = _patterns()["opposed"].search(act.text[: act.start])
    if found and any(c.country and found.end("war") <= c.start < act.start for c in clues):
        return clues
    for name in ("topic", "before") if home else ():
        for war in _patterns()[name].finditer(act.text):
            inside = [c for c in clues if war.start() <= c.start < war.end()]
            ours = any(c.country == home for c in inside)
            if not (war.start() <= act.start < war.end() or (ours and name == "before")):
                clues = [c for c in clues if c.country == home or c not in inside]
    if found is None:
        return clues
    start, end = found.span("war")
    return [c for c in clues if not start <= c.start < end]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "opposed.toml")
    wars, fought = either(data["wars"]), either(data["fought"])
    rest = r"(?:(?!\sand\b)[^;.])*?"
    return {
        "opposed": re.compile(
            rf"\bagainst\s(?P<war>{rest}\b(?:{wars})\b{rest}),?\s(?:and|as well as)\s(?:also\s)?"
            r"against\s(?:[\w’'-]+,?\s){0,8}?$"
        ),
        "topic": re.compile(
            rf"\b(?i:{either(data['about'])})\s(?:(?:{either(data['kinds'])}|[A-Z][\w’'-]*)\s){{0,4}}?"
            rf"(?:{wars}|{fought})\s(?:in|of|against|on)\s(?:the\s)?(?:[A-ZÀ-Þ][\w’'-]*\s?)+"
        ),
        "before": re.compile(
            rf"\b(?i:{either(data['before'])})\s(?:the\s)?(?:[\w’'-]+\s){{0,4}}?(?:{wars}|{fought})\b"
            r"(?:\sby\s[A-ZÀ-Þ][\w’'-]*)?\s(?:of|against|in|on)\s(?:the\s)?(?:[A-ZÀ-Þ][\w’'-]*\s?)+"
        ),
    }
