"""Finds names of a table in text: the longest that begins at a capitalised word."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")

WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.]*|[\w’']+")
POSSESSIVE = re.compile(r"’s\b")
APOSTROPHES = str.maketrans({"'": "’", "ʻ": "’", "‘": "’"})


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """`text[start:end]` is the name of `key` in the table."""

    start: int
    end: int
    key: Key


class Matcher(Generic[Key]):
    """A table of names by their first word; letters must agree, apostrophes may differ."""

    def __init__(self, names: Mapping[str, Key]) -> None:
        self._by_first: dict[str, list[tuple[str, Key]]] = {}
        for name, key in names.items():
            normal = name.translate(APOSTROPHES)
            first = WORD.match(normal)
            if first is None:
                continue
            self._by_first.setdefault(_stem(first[0]), []).append((normal, key))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> Iterator[Match[Key]]:
        """Matches from left to right, none inside another."""
        normal = text.translate(APOSTROPHES)
        past = 0
        for word in WORD.finditer(normal):
            start = word.start()
            if start < past:
                continue
            for name, key in self._by_first.get(_stem(word[0]), ()):
                end = start + len(name)
                if normal.startswith(name, start) and _ends(normal, end):
                    yield Match(start, end, key)
                    past = end
                    break


def _stem(word: str) -> str:
    """The word without possessive and final stop, so that "Sudan’s" is found as "Sudan"."""
    return word.removesuffix("’s").rstrip("’.").split("’")[0]


def _ends(text: str, end: int) -> bool:
    """Whether a word ends there; "Chin’ono" is not the region Chin."""
    if end >= len(text) or text[end - 1] == ".":
        return True
    if text[end] == "’":
        return not text[end + 1 : end + 2].isalpha() or POSSESSIVE.match(text, end) is not None
    return not (text[end].isalnum() or text[end] == "_")
