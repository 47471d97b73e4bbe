"""Where the quote of a decision stands in the document as it reads now."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from catnlp.domain import Decision, Labels
from catnlp.store.decisions import Read

SHORTEST = 24  # letters that a part of a sentence must have to be taken for the quote


@dataclass(frozen=True, slots=True)
class Anchor:
    """The sentence, and whether it is the quote itself, moved, or cut in another way."""

    sentence: Read
    fit: Literal["same", "moved", "cut"]


def letters(text: str) -> str:
    """Letters and digits alone: what spacing, hyphens, quotation marks and case do not change."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


class Anchors:
    """The sentences of a document, to find quotes in."""

    def __init__(self, sentences: Sequence[Read]) -> None:
        self._keyed = [(letters(s.text), s) for s in sentences]
        self._by_key: dict[str, list[Read]] = defaultdict(list)
        for key, sentence in self._keyed:
            self._by_key[key].append(sentence)

    def find(self, decision: Decision) -> Anchor | None:
        """The sentence with the same words, by its neighbours and its place where several have
        them; else the one that holds the quote, or the part of the quote with the trigger."""
        quote = letters(decision.quote)
        same = self._by_key.get(quote)
        if same:
            best = min(same, key=lambda s: _distance(decision, s))
            still = best.start == decision.start and best.text == decision.quote
            return Anchor(best, "same" if still else "moved")
        cut = [s for key, s in self._keyed if _overlaps(quote, key, decision)]
        return Anchor(min(cut, key=lambda s: _distance(decision, s)), "cut") if cut else None


def _distance(decision: Decision, sentence: Read) -> tuple[int, int]:
    neighbours = ((decision.before, sentence.before), (decision.after, sentence.after))
    strangers = sum(bool(then) and letters(then) != letters(now) for then, now in neighbours)
    return strangers, abs(sentence.start - decision.start)


def _overlaps(quote: str, sentence: str, decision: Decision) -> bool:
    labels = decision.seen or decision.given
    trigger = letters(labels.trigger) if labels else ""
    if len(quote) >= SHORTEST and quote in sentence:
        return trigger in sentence
    return len(sentence) >= SHORTEST and sentence in quote and bool(trigger) and trigger in sentence


def trigger_span(labels: Labels, text: str, near: int = 0) -> tuple[int, int]:
    """Where the trigger stands in a sentence, the occurrence nearest to `near`; the whole
    sentence where its words are not found."""
    words = [re.escape(word) for word in re.findall(r"\w+", labels.trigger)]
    found = list(re.finditer(r"[\W_]*".join(words), text, re.IGNORECASE)) if words else []
    if not found:
        return 0, len(text)
    nearest = min(found, key=lambda match: abs(match.start() - near))
    return nearest.span()
