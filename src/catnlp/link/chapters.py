"""Which country a section is about, by its headings, in a document with chapters on countries.

A heading that is a country and nothing else says for its whole section what it is about, whatever
the title names. A document with such headings of several countries is about none of them
throughout: what stands after its chapters under another heading ("Conclusion") is about no
country that one could tell.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from catnlp.gazetteer import chapter_countries, find_places

SHARE = 0.9  # of the places below "Congo" in one of two countries, for it to be that country
NO_HEADING = ("", "")


class Chapters:
    """The chapters of a document, by the sections and the texts of its sentences."""

    def __init__(self, places: Sequence[Sequence[str]], texts: Sequence[str]) -> None:
        sections = dict.fromkeys(tuple(section) for section in places)
        self._named = chapter_countries(heading for path in sections for heading in path)
        self._decided = dict(_decided(self._named, places, texts))
        self._above = frozenset(words for path in sections for words in path[: self._depth(path)])
        several = len(set(self._named.values())) > 1
        self._first = next(
            (n for n, section in enumerate(places) if several and self._innermost(section)),
            len(places),
        )

    def heading(self, section: Sequence[str]) -> tuple[str, str]:
        """The country of the chapter that the section is in, and the words of its heading."""
        words = self._innermost(section)
        code = self._decided.get(words, "")
        return (code, words) if code else NO_HEADING

    def is_unclaimed(self, number: int, section: Sequence[str]) -> bool:
        """Whether the sentence stands behind the first of several chapters and in none whose
        country is known: neither the title nor another chapter says what it is about."""
        return number >= self._first and not self.heading(section)[0]

    def beside(self, section: Sequence[str]) -> tuple[str, ...]:
        """The headings of the section that stand above no chapter."""
        return tuple(words for words in section if words not in self._above)

    def _innermost(self, section: Sequence[str]) -> str:
        return next((words for words in reversed(section) if words in self._named), "")

    def _depth(self, section: Sequence[str]) -> int:
        """How many headings stand above the innermost that is a country."""
        words = self._innermost(section)
        return section.index(words) if words else 0


def _decided(
    named: Mapping[str, tuple[str, ...]], places: Sequence[Sequence[str]], texts: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Headings with their country; of "Congo" and the like the one that places below tell."""
    for words, codes in named.items():
        if len(codes) == 1:
            yield words, codes[0]
            continue
        below = Counter(
            place.code
            for section, text in zip(places, texts, strict=True)
            if words in section
            for place in find_places(text)
            if place.code in codes
        )
        for code, most in below.most_common(1):
            if most >= SHARE * below.total():
                yield words, code
