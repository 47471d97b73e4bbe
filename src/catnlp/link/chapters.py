"""Which country a section is about, by its headings, in a document with chapters on countries.

A heading that is a country and nothing else says for its whole section what it is about, whatever
the title names. A document with such headings of several countries is about none of them
throughout: what stands after its chapters under another heading ("Conclusion") is about no
country that one could tell.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from catnlp.domain import Sentence
from catnlp.gazetteer import chapter_countries, find_places

SHARE = 0.9  # of the places below "Congo" in one of two countries, for it to be that country
NO_HEADING = ("", "")


class Chapters:
    """The chapters of a document of `sentences`."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        sections = dict.fromkeys(sentence.section for sentence in sentences)
        self._named = chapter_countries(heading for path in sections for heading in path)
        self._decided = _decide(self._named, sentences) if self._named else {}
        self._above = frozenset(
            words for path in sections for words in path[: self._depth(path)]
        )
        several = len(set(self._named.values())) > 1
        self._first = next(
            (n for n, s in enumerate(sentences) if several and self._innermost(s.section)),
            len(sentences),
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


def _decide(
    named: Mapping[str, tuple[str, ...]], sentences: Sequence[Sentence]
) -> dict[str, str]:
    """The country of each heading; of "Congo" and the like the one that places below tell."""
    decided = {words: codes[0] for words, codes in named.items() if len(codes) == 1}
    for words, codes in named.items():
        if len(codes) > 1:
            below = Counter(
                place.code
                for sentence in sentences
                if words in sentence.section
                for place in find_places(sentence.text)
                if place.code in codes
            )
            ((code, most),) = below.most_common(1) or [("", 0)]
            if most and most >= SHARE * below.total():
                decided[words] = code
    return decided
