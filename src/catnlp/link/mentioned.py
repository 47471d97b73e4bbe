"""Countries that a sentence of a report on another names for something else than the act: for what
somebody speaks of, for a time, for where somebody wants to go.
"""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.clauses import CLAUSE
from catnlp.link.evidence import Clue
from catnlp.link.features import Act
from catnlp.resources import read_toml

ITEM = re.compile(r";\s")
ITEMS = 3  # ends of items that make a list
REACH = 120  # characters before a name in which what it is named for stands


def without_mentioned(act: Act, clues: Sequence[Clue], home: str) -> Sequence[Clue]:
    """The clues without those for other countries than `home` in other items of a list, and in a
    report those that the sentence only speaks of, calls a time after, or has end the act."""
    clues = [c for c in clues if c.country in ("", home) or not _is_of_other_item(act, c)]
    return _without(("topic",), ("rescues",), act, clues, home) if home else clues


def without_ways(act: Act, clues: Sequence[Clue], home: str) -> Sequence[Clue]:
    """In a report, the clues without those for where somebody wants to go or is sent, comes from or
    has something."""
    ways = ("way", "sent") if act.category == "forced-displacement" else ("way",)
    return _without(ways, (), act, clues, home) if home else clues


def _is_of_other_item(act: Act, clue: Clue) -> bool:
    """Whether the name stands in an item of a long list that is neither that of the act nor the
    first, with which stands what is said of all."""
    ends = [found.start() for found in ITEM.finditer(act.text)]
    if len(ends) < ITEMS or clue.start < ends[0]:
        return False
    return any(clue.end <= end <= act.start or act.end <= end <= clue.start for end in ends)


def _without(
    before: Sequence[str], after: Sequence[str], act: Act, clues: Sequence[Clue], home: str
) -> Sequence[Clue]:
    def is_only(clue: Clue) -> bool:
        if clue.country in ("", home):
            return False
        if any(_patterns()[name].match(act.text, clue.end) for name in after):
            return True
        begin = max(0, clue.start - REACH)
        for name in before:
            found = _patterns()[name].search(act.text, begin, clue.start)
            if found and (act.start < found.start() or _goes_on(act, clue)):
                return True
        return _is_time(act.text, clue)

    return [clue for clue in clues if not is_only(clue)]


def _goes_on(act: Act, clue: Clue) -> bool:
    """Whether the act stands behind the name in its clause, or came before: "lives in X after"."""
    if act.start < clue.end:
        return False
    found = CLAUSE.search(act.text, clue.end, act.start)
    return found is None or found[0] == "after"


def _is_time(text: str, clue: Clue) -> bool:
    """Whether a time is called after them: "during the Soviet occupation"."""
    during = _patterns()["during"].search(text, max(0, clue.start - REACH), clue.start)
    after_name = text.find(" ", clue.start)
    return bool(during and _patterns()["time"].match(text, after_name))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = {
        name: "|".join(words) for name, words in read_toml("catnlp.link", "mentioned.toml").items()
    }
    word = rf"(?!(?:{data['ends']})\b)[\w’'“”-]+\s"
    return {
        "topic": re.compile(rf"\b(?i:{data['topics']})\s(?:{word}){{0,8}}$"),
        "way": re.compile(rf"\b(?i:{data['ways']})\s(?:the\s)?$"),
        "sent": re.compile(rf"\b(?i:{data['sent']})\s(?:{word}){{0,5}}to\s(?:the\s)?$"),
        "during": re.compile(r"\b[Dd]uring\s(?:the\s)?$"),
        "time": re.compile(rf"\s(?:{data['times']})\b"),
        "rescues": re.compile(rf"(?:\s\w+ly)?\s(?:{data['rescues']})\b"),
    }
