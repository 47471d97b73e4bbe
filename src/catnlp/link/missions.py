"""Forces that several states send, and that no one of them answers for: "MINUSCA troops"."""

import re
from functools import cache

from catnlp.link.patterns import either
from catnlp.resources import read_toml


def end_of_troops(text: str, end: int) -> int:
    """Where the words end that belong to the name of a mission, or of who sends it, up to `end`:
    after "soldiers" in "AMISOM soldiers"."""
    found = _patterns()["after"].match(text, end)
    return found.end() if found else end


def is_troops(words: str) -> bool:
    """Whether the words name an armed force, and not an organization that also speaks."""
    return _patterns()["troops"].search(words) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "missions.toml")

    return {
        "after": re.compile(rf"\s(?:{either(data['troops']['words'])})\b"),
        "troops": re.compile(
            rf"\b(?:{either([*data['troops']['words'], *data['names']['words']])})$"
        ),
    }
