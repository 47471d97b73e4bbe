"""The set phrases of notices, from `phrases.toml`."""

import re
from functools import cache
from typing import Any

from catnlp.resources import read_toml


@cache
def _data() -> dict[str, Any]:
    return read_toml("catnlp.sales", "phrases.toml")


@cache
def phrase(name: str) -> re.Pattern[str]:
    """All phrases of that name as one pattern; any run of white space fits a space."""
    parts = (part.replace(" ", r"\s+") for part in _data()[name])
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


def buyers() -> dict[str, str]:
    """Buyers that do not carry the name of their state, with its code."""
    return dict(_data()["buyers"])


@cache
def words(name: str) -> str:
    """Words as one alternation."""
    return "|".join(_data()[name])
