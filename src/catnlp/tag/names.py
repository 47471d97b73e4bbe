"""Names that hold the name of an abuse and tell of none: "the Committee against Torture"."""

import re
from functools import cache

from catnlp.resources import read_toml


def is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are part of the name of a body or a treaty."""
    return any(n.start() <= start and end <= n.end() for n in _names().finditer(text))


@cache
def _names() -> re.Pattern[str]:
    data = read_toml("catnlp.tag", "names.toml")
    word = rf"(?i:{'|'.join(data['words'])})\b"
    return re.compile(
        rf"\b(?:{'|'.join(data['bodies'])})\s(?:on|against|for|to|of)\s{word}(?:,?\s{word})*"
    )
