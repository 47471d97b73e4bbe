"""Lines of a paragraph -> its text: hyphens at line ends, dashes, broken addresses."""

import re
from collections.abc import Sequence
from itertools import pairwise

from catnlp.extract.pdf_lines import Line

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LAST_WORD = re.compile(r"[\w-]*\Z")
FIRST_WORD = re.compile(r"[\w-]*")
_PREFIXES = "self non anti pre post multi counter inter intra ex co pro semi quasi mid cross vice"
PREFIXES = frozenset(_PREFIXES.split())
BROKEN_SHARE = 0.12  # of the hyphens at line ends break a word, where a text is hyphenated
HYPHEN_LINES = 0.05  # of the lines end with a hyphen, where a text is hyphenated
FEWEST_HYPHENS = 4
ADDRESS = re.compile(r"(?:https?://|www\.)\S*\Z")
ADDRESS_BROKEN = re.compile(r"(?:https?://|www\.)\S*[/_=?&#%-]\Z")


class Joiner:
    """Joins lines by what words the document holds elsewhere.

    Many documents break no words: there each hyphen at the end of a line is one of the text.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words: set[str] = set()
        broken = False
        for line in lines:
            words = WORD.findall(line.text.lower())
            whole = words[1 if broken else 0 : len(words) - 1 if line.hyphen else len(words)]
            self._words.update(whole)
            broken = line.hyphen
        self._breaks_words = self._is_hyphenated(lines)

    def _is_hyphenated(self, lines: Sequence[Line]) -> bool:
        pairs = [
            _around(line.text, following.text)
            for line, following in pairwise(lines)
            if line.hyphen and line.page == following.page
        ]
        mended = sum((head + tail).lower() in self._words for head, tail in pairs)
        if len(pairs) >= FEWEST_HYPHENS:
            return mended > BROKEN_SHARE * len(pairs)
        return mended > 0 or len(pairs) > HYPHEN_LINES * len(lines)

    def join(self, lines: Sequence[Line]) -> tuple[str, tuple[int, ...]]:
        """The text and the offset at which each line begins in it."""
        text, offsets = "", []
        for previous, line in zip([None, *lines], lines, strict=False):
            if previous is not None:
                text += self._between(text, line.text, hyphen=previous.hyphen)
            offsets.append(len(text))
            text += line.text
        return text, tuple(offsets)

    def _between(self, text: str, following: str, *, hyphen: bool) -> str:
        head, tail = _around(text, following)
        if hyphen and ADDRESS.search(text):
            return "-"
        if hyphen:
            return self._hyphen(head, tail)
        if ADDRESS_BROKEN.search(text):
            return ""
        if re.search(r"\d-\Z", text) and tail[:1].isdigit():
            return ""
        if re.search(r"[^\s][—–]\Z", text) or re.search(r"[^\W\d_]-\Z", text):
            return ""
        return " "

    def _hyphen(self, head: str, tail: str) -> str:
        """Nothing where the hyphen only broke a word, else the hyphen."""
        joined, hyphenated = (head + tail).lower(), f"{head}-{tail}".lower()
        if not head or not tail or tail[0].isupper() or tail[0].isdigit() or head[-1].isdigit():
            return "-"
        if not self._breaks_words:
            return "-"
        if joined in self._words:
            return ""
        if hyphenated in self._words or (head.isupper() and len(head) > 1):
            return "-"
        first, second = head.lower().rpartition("-")[2], tail.lower().partition("-")[0]
        if second in self._words and (first in PREFIXES or first in self._words):
            return "-"
        return ""


def _around(text: str, following: str) -> tuple[str, str]:
    """The words on both sides of a line's end."""
    last, first = LAST_WORD.search(text), FIRST_WORD.match(following)
    return last[0] if last else "", first[0] if first else ""
