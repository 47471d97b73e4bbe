"""Words of a text as SQLite's `unicode61 remove_diacritics 2` takes them, for other databases."""

import re
import unicodedata
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


def wanted(query: str) -> str:
    """A PostgreSQL `tsquery`: all words, and what stands together in the query together."""
    runs = [words(part) for part in query.split()]
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in run) + ")" for run in runs if run)
