"""Which texts are nearly the same: MinHash over word triples, then the exact share."""

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Signature = np.ndarray[tuple[int], np.dtype[np.uint64]]

HASHES, ROWS = 96, 4  # rows of a band: texts of which half the triples agree meet in one
PRIME = (1 << 61) - 1
SEED = 20_240_517
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that repeats one before it, by their places in what was given."""

    place: int
    original: int
    likeness: float


def triples(text: str) -> frozenset[int]:
    """Hashes of runs of three words, in lower case."""
    words = WORD.findall(text.lower())
    runs = zip(words, words[1:], words[2:], strict=False)
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)


def find_copies(
    texts: Iterable[str],
    text_at: Callable[[int], str],
    *,
    least: float,
    comparable: Callable[[int, int], bool] = lambda place, other: True,
) -> Iterator[Copy]:
    """Copies among the texts, which are given in the order in which one may repeat another.

    A text counts as a copy of the first that it is like: at least that share of triples.
    """
    hashing = _Hashing()
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        mine = triples(text)
        if not mine:
            continue
        keys = list(hashing.bands(mine))
        near = sorted({other for key in keys for other in bands.get(key, ())})
        near = [other for other in near if comparable(place, other)]
        copy = _first_alike(place, mine, near, text_at, least)
        if copy is not None:
            yield copy
            continue
        for key in keys:
            bands[key].append(place)


def _first_alike(
    place: int, mine: frozenset[int], near: Sequence[int], text_at: Callable[[int], str],
    least: float,
) -> Copy | None:  # fmt: skip
    for other in near:
        theirs = triples(text_at(other))
        share = len(mine & theirs) / len(mine | theirs)
        if share >= least:
            return Copy(place, other, round(share, 3))
    return None


class _Hashing:
    """The same random functions for all texts and all runs."""

    def __init__(self) -> None:
        import numpy as np

        random = np.random.default_rng(SEED)
        self._factors = random.integers(1, 1 << 31, HASHES, dtype=np.uint64)
        self._terms = random.integers(0, 1 << 61, HASHES, dtype=np.uint64)

    def bands(self, hashes: frozenset[int]) -> Iterator[tuple[int, bytes]]:
        signature = self._signature(hashes)
        for number in range(HASHES // ROWS):
            yield number, signature[number * ROWS : (number + 1) * ROWS].tobytes()

    def _signature(self, hashes: frozenset[int]) -> "Signature":
        """The smallest value of each function; a product of 31 and 32 bits stays in 64."""
        import numpy as np

        values = np.fromiter(hashes, dtype=np.uint64, count=len(hashes))
        mixed = (values[:, None] * self._factors + self._terms) % np.uint64(PRIME)
        smallest: Signature = mixed.min(axis=0)
        return smallest
