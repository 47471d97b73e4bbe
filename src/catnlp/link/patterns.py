"""Pieces of regular expressions."""

import re
from collections.abc import Iterable


def either(words: Iterable[str]) -> str:
    """Any of the words, the longest first; without brackets."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
