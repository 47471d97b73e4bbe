"""The patterns of `deals.toml`, and the letters that stand for goods and states in a sentence."""

import re
from functools import cache
from typing import Any

from catnlp.resources import read_toml

GOODS, BUYER, SELLER, STATE = "\ue000", "\ue001", "\ue002", "\ue003"
GAP = rf"[^;{BUYER}]{{0,90}}"


@cache
def data() -> dict[str, Any]:
    return read_toml("catnlp.sales", "deals.toml")


@cache
def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions with their marks put in."""
    letters = {
        "G": f"{GOODS}+",
        "P": f"(?:the )?(?:Government of (?:the )?|Kingdom of |neighbou?ring )?{BUYER}+",
        "S": f"{SELLER}+",
        "V": rf"(?:(?:has|had|have|will|also|later|\w+ly) )*(?:{'|'.join(data()['verbs'])})\b",
        "X": f"(?:the )?(?:{BUYER}+|{STATE}+)",
    }
    found = []
    for text in data()[name]:
        text = text.replace(
            "(?P<to>P)", f"{letters['P'].removesuffix(BUYER + '+')}(?P<to>{BUYER}+)"
        )
        text = re.sub(r"(?<![\w<\\])([GSVX])(?!\w)", lambda m: letters[m[1]], text)
        found.append(re.compile(text.replace("~?", f"{GAP}?").replace("~", GAP), re.IGNORECASE))
    return tuple(found)


@cache
def any_of(name: str, end: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(data()[name])}){end}", re.IGNORECASE)


@cache
def stages() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (stage, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for stage, words in data()["stages"]
    )
