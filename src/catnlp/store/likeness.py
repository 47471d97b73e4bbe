"""Which texts are nearly the same: MinHash over word triples, then the exact share.

A text keeps its 24 keys, 200 bytes; only those that another has too are looked up.
"""

import re
import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Signature = np.ndarray[tuple[int], np.dtype[np.uint64]]

HASHES, ROWS = 96, 4  # rows of a band: texts of which half the triples agree meet in one
BANDS = HASHES // ROWS
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
    bands: dict[int, list[int]] = defaultdict(list)
    for place, keys in _shared(texts):
        near = sorted({other for key in keys for other in bands.get(key, ())})
        near = [other for other in near if comparable(place, other)]
        copy = _first_alike(place, triples(text_at(place)), near, text_at, least) if near else None
        if copy is not None:
            yield copy
            continue
        for key in keys:
            bands[key].append(place)


def _shared(texts: Iterable[str]) -> Iterator[tuple[int, list[int]]]:
    """The places of texts that share keys with others, in their order, and those keys."""
    import numpy as np

    hashing, places, packed = _Hashing(), array("q"), array("Q")
    for place, text in enumerate(texts):
        if mine := triples(text):
            places.append(place)
            packed.frombytes(hashing.keys(mine).tobytes())
    keys = np.frombuffer(packed, dtype=np.uint64).reshape(-1, BANDS)
    shared = np.zeros(keys.shape, dtype=bool)
    for band in range(BANDS):
        _, which, counts = np.unique(keys[:, band], return_inverse=True, return_counts=True)
        shared[:, band] = counts[which] > 1
    for at in np.flatnonzero(shared.any(axis=1)):
        yield places[at], keys[at][shared[at]].tolist()


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
        self._weights = random.integers(0, 1 << 63, HASHES, dtype=np.uint64) | np.uint64(1)

    def keys(self, hashes: frozenset[int]) -> "Signature":
        """One for each band: what its rows say, and which it is."""
        weighed = self._signature(hashes) * self._weights  # wraps around
        found: Signature = weighed.reshape(BANDS, ROWS).sum(axis=1)
        return found

    def _signature(self, hashes: frozenset[int]) -> "Signature":
        """The smallest value of each function; a product of 31 and 32 bits stays in 64."""
        import numpy as np

        values = np.fromiter(hashes, dtype=np.uint64, count=len(hashes))
        mixed = (values[:, None] * self._factors + self._terms) % np.uint64(PRIME)
        smallest: Signature = mixed.min(axis=0)
        return smallest
