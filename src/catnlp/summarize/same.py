"""Which quotes say the same: in nearly the same words, or of the same event."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

SIMILAR = 0.55  # Jaccard of word 3-shingles from which two quotes count as one
DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(\d{1,2})\b"
)
NAME = re.compile(r"(?<![.!?“\"]\s)(?<!^)\b[A-ZÀ-Þ][\w’-]{3,}")
COMMON_NAMES = frozenset(
    "January February March April June July August September October November December "
    "Human Rights United Nations State Ministry National Police Security Forces Government "
    "International President Minister Court Army Group Commission".split()
)

Shingles = frozenset[tuple[str, ...]]


@lru_cache(maxsize=20_000)
def shingles(text: str) -> Shingles:
    """Runs of three words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def alike(one: Shingles, other: Shingles) -> bool:
    return len(one & other) >= SIMILAR * len(one | other)


def same_words(one: str, other: str) -> bool:
    return alike(shingles(one), shingles(other))


class Same:
    """Finds among quotes the one that another repeats, without comparing all with all."""

    def __init__(self, quotes: Sequence[str]) -> None:
        self._known = [shingles(quote) for quote in quotes]
        self._by_shingle: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, known in enumerate(self._known):
            for shingle in known:
                self._by_shingle[shingle].add(number)

    def like(self, quote: str) -> int | None:
        mine = shingles(quote)
        near = {n for shingle in mine for n in self._by_shingle.get(shingle, ())}
        return next((n for n in sorted(near) if alike(mine, self._known[n])), None)


@lru_cache(maxsize=20_000)
def event(quote: str) -> tuple[frozenset[str], frozenset[str]]:
    """The days and the names that a quote gives."""
    days = frozenset(" ".join(day) for day in DAY.findall(quote))
    return days, frozenset(NAME.findall(quote)) - COMMON_NAMES


def same_event(one: str, other: str) -> bool:
    """The same day and a name in common: most likely one event in other words."""
    (days, names), (more_days, more_names) = event(one), event(other)
    return bool(days & more_days and names & more_names)
