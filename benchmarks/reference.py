"""Reference texts, and how much of one an extracted text holds."""

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

QUOTES = str.maketrans("“”„‟‘’‚‛`´", "\"\"\"\"''''''")
MARKS = re.compile("[⁰¹²³⁴-⁹]+")
LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)")
EMPHASIS = re.compile(r"\*+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])|__")
BETWEEN_SENTENCES = re.compile(r"(?<=[a-z0-9)\]\"'%][.!?])\s+(?=[\"'(]?[A-Z])|(?<=[.!?][\"')])\s+")
LIST_SIGN = re.compile(r"\A(?:[-*+]\s+(?:\d+\.\s+)?|\d+\.\s+)")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
WORD = re.compile(r"[^\W_]+")
FEWEST_WORDS = 6
MOST_PLACES = 20


def plain(text: str) -> str:
    """One line, straight quotes, no raised note marks, no endings of ordinals: what is compared.

    The Markdown of the reports has lost what was raised ("the 119 Congress").
    """
    text = unicodedata.normalize("NFKC", MARKS.sub("", text)).translate(QUOTES)
    return ORDINAL.sub("", " ".join(text.replace("\xad", "").replace("\ufffe", "").split()))


def markdown_sentences(path: Path) -> list[str]:
    """Sentences of the body: no tables, headings, lists of links, notes or site chrome."""
    lines = path.read_text(encoding="utf-8").split("\n")
    first = next((n for n, line in enumerate(lines) if line.startswith("[Listen](")), 0)
    found: list[str] = []
    for line in lines[first + 1 :]:
        if re.match(r"# (?:Footnotes|Endnotes)|\s*Disclaimer:", line):
            break
        if line.startswith(("|", "#", "---")) or re.fullmatch(r"[-*\s]*\[[^\]]*\]\(\S*\)\s*", line):
            continue
        text = EMPHASIS.sub("", LINK.sub(r"\1", LIST_SIGN.sub("", line.strip())))
        found += [s for s in BETWEEN_SENTENCES.split(plain(text)) if is_sentence(s)]
    return found


def is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and text.rstrip("\"')]").endswith((".", "!", "?"))


class Haystack:
    """An extracted text in which sentences are looked up.

    The Markdown also glues words where the type changes ("From space.Delivering"): a space
    more than the reference is accepted between words of the reference, a space less never.
    """

    def __init__(self, text: str, vocabulary: frozenset[str]) -> None:
        self._text = plain(text)
        self._vocabulary = vocabulary
        kept = [(char, place) for place, char in enumerate(self._text) if char != " "]
        self._squeezed = "".join(char for char, _ in kept)
        self._places = [place for _, place in kept]

    def places(self, sentence: str) -> list[int]:
        squeezed = sentence.replace(" ", "")
        found, place = [], self._squeezed.find(squeezed)
        while place >= 0 and len(found) < MOST_PLACES:
            first, last = self._places[place], self._places[place + len(squeezed) - 1]
            if self._same_words(sentence, self._text[first : last + 1]):
                found.append(first)
            place = self._squeezed.find(squeezed, place + 1)
        return found

    def _same_words(self, sentence: str, found: str) -> bool:
        if sentence == found:
            return True
        wanted, place = set(sentence.split()), 0
        for word in sentence.split()[:-1]:
            place = _after(word, found, place)
            if found[place : place + 1] != " ":
                return False
        return all(w in wanted or set(WORD.findall(w)) <= self._vocabulary for w in found.split())


def _after(word: str, text: str, place: int) -> int:
    """Where the word ends, which may be torn by spaces."""
    for char in word:
        place = text.index(char, place) + 1
    return place


def vocabulary(sentences: Iterable[str]) -> frozenset[str]:
    return frozenset(word for sentence in sentences for word in WORD.findall(sentence))


def in_order(sentences: Sequence[str], text: Haystack) -> list[bool]:
    """Which sentences stand verbatim in the text, in one order with all others that count.

    The longest rising chain of places; a sentence with several places may take any of them.
    """
    tails: list[int] = []  # the smallest last place of a chain of each length
    last: list[tuple[int, int]] = []  # (sentence, place) at each length
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for number, sentence in enumerate(sentences):
        for place in reversed(text.places(sentence)):
            length = bisect_left(tails, place)
            before[number, place] = last[length - 1] if length else None
            if length == len(tails):
                tails.append(place)
                last.append((number, place))
            else:
                tails[length], last[length] = place, (number, place)
    kept = [False] * len(sentences)
    link = last[-1] if last else None
    while link is not None:
        kept[link[0]] = True
        link = before[link]
    return kept


def hashed(words: Iterable[str]) -> list[str]:
    """Words that may be compared, but not read."""
    return [hashlib.sha256(word.encode()).hexdigest()[:6] for word in words]


def word_accuracy(wanted: Sequence[str], got: Sequence[str]) -> float:
    """1 less the word error rate: words inserted, left out or changed, over words expected."""
    row = list(range(len(got) + 1))
    for i, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return 1 - row[-1] / max(1, len(wanted))
