"""A second reader of PDF, pdfplumber: do the words of a quote follow each other there too?

It shares no code with our reader: what ours joins wrongly, or garbles, does not stand there.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Self

WORD = re.compile(r"\w+(?:[.,'’\-‑]\w+)*")
MARK = re.compile("[⁰¹²³⁴-⁹]+")  # of a note: it may stand anywhere in the order of the file
TOP = 400  # letters of a page under which no quote goes on from the page before
NO_LETTER = re.compile(r"\(cid:\d+\)")  # how pdfplumber writes a glyph without a letter


class UnreadPage(Exception):
    """pdfplumber does not read a page, for this reason."""


@dataclass(slots=True)
class SecondReader:
    """One PDF, of which only the pages that are asked for are read."""

    path: Path
    _pdf: Any = None
    _letters: dict[int, str] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def missing(self, quote: str, page: int) -> list[str]:
        """Words of a quote that do not stand so on its page, or from there to the next one."""
        if not self._page(page):
            raise UnreadPage("no letters on it")
        pairs = list(_pairs(quote))
        lost: Sequence[bool] = [not pair.stands_in(self._page(page)) for pair in pairs]
        if any(lost):
            lost = _over_pages(pairs, lost, self._page(page), self._page(page + 1))
        return list(_runs(quote, pairs, lost))

    def _page(self, number: int) -> str:
        if number not in self._letters:
            self._letters[number] = self._read(number)
        return self._letters[number]

    def _read(self, number: int) -> str:
        """Nothing for a page after the last one."""
        try:
            self._pdf = self._pdf or _open(self.path)
            if number > len(self._pdf.pages):
                return ""
            page = self._pdf.pages[number - 1]
            try:
                return letters("".join(char["text"] for char in page.chars))
            finally:
                page.close()
        except Exception as error:  # whatever a damaged file makes pdfminer raise
            raise UnreadPage(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a quote that follow each other, from `start` to `end`."""

    start: int
    end: int
    first: str
    second: str
    marked: bool  # the mark of a note stands between them

    def stands_in(self, page: str) -> bool:
        if self.marked:
            return self.first in page and self.second in page
        return self.first + self.second in page

    def stands_over(self, page: str, following: str) -> bool:
        return self.first in page and self.second in following[:TOP]


def letters(text: str) -> str:
    """Letters and digits alone: no spaces, hyphens, ends of lines, cases, ligatures."""
    plain = unicodedata.normalize("NFKC", NO_LETTER.sub("", text)).casefold()
    return "".join(filter(str.isalnum, plain))


def _pairs(quote: str) -> Iterator[Pair]:
    """A quote of one word is a pair with nothing."""
    unmarked = MARK.sub(lambda mark: " " * len(mark[0]), quote)
    words = [word for word in WORD.finditer(unmarked) if letters(word[0])]
    for word in words[:1] if len(words) == 1 else ():
        yield Pair(word.start(), word.end(), letters(word[0]), "", False)
    for first, second in pairwise(words):
        marked = bool(MARK.search(quote[first.end() : second.start()]))
        yield Pair(first.start(), second.end(), letters(first[0]), letters(second[0]), marked)


def _over_pages(
    pairs: Sequence[Pair], lost: Sequence[bool], page: str, following: str
) -> Sequence[bool]:
    """What is lost when the quote goes on over to the next page at its best place."""
    later = [not pair.stands_in(following) for pair in pairs]
    found = [
        [*lost[:place], not pair.stands_over(page, following), *later[place + 1 :]]
        for place, pair in enumerate(pairs)
    ]
    return min([lost, *found], key=sum)


def _runs(quote: str, pairs: Sequence[Pair], lost: Sequence[bool]) -> Iterator[str]:
    """The words of the quote from the first to the last of lost pairs in a row."""
    for is_lost, run in groupby(zip(pairs, lost, strict=True), key=lambda held: held[1]):
        if is_lost:
            held = [pair for pair, _ in run]
            yield " ".join(quote[held[0].start : held[-1].end].split())


def _open(path: Path) -> Any:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return pdfplumber.open(path)
