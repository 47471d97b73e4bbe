"""Words of a text as SQLite's `unicode61 remove_diacritics 2` takes them, for other databases."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

WORD = re.compile(r"[^\W_]+")
LOOSE = frozenset(map(chr, range(0x300, 0x332)))  # marks that no letter has taken up
LONGEST_TEXT, LONGEST_WORD = 200_000, 500  # characters; PostgreSQL takes 1 MiB and 2 KiB


def words(text: str) -> list[str]:
    """In lower case and without accents, in their order."""
    text = text[:LONGEST_TEXT]
    if not text.isascii():
        text = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    return [word[:LONGEST_WORD] for word in WORD.findall(text.lower())]


@cache
def _plain(character: str) -> str:
    """A Latin letter without its marks; any other as it is."""
    if character in LOOSE:
        return ""
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def vector(text: str) -> str:
    """A PostgreSQL `tsvector`, written out."""
    return " ".join([f"'{word}':{place}" for place, word in enumerate(words(text), 1)])


def runs(query: str) -> list[list[str]]:
    """The words of a query; what stands together in it stays together."""
    return [run for part in query.split() if (run := words(part))]


def wanted(query: str) -> str:
    """A PostgreSQL `tsquery` of all words."""
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in run) + ")" for run in runs(query)
    )  # fmt: skip


def has(text: str, query: Sequence[list[str]]) -> bool:
    """Whether a text has all runs of words."""
    lower = text.lower() if text.isascii() else ""
    if lower and not all(word in lower for run in query for word in run):
        return False  # most are told apart without being taken to pieces
    found = words(text)
    return all(
        any(found[at : at + len(run)] == run for at, word in enumerate(found) if word == run[0])
        for run in query
    )
