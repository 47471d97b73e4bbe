"""The words of a mention: those that the network is sure of, and as somebody would quote them.

The network gives each token a logit that the words of the mention hold it. The run of likely tokens
around the best one is what rules look at. It is often too short to quote ("accredit all foreign" of
"did not accredit all foreign media"), so the words shown are the best stretch around it: that with
the largest sum of logits, each raised by `WIDER`, and by `WIDEST` where hardly a word in it says
anything ("law", "her"). Against the triggers of readers (word overlap F1, half of the sentences
unseen by the model): 0.77 as before on the development set, on two check sets 0.744 and 0.720
instead of 0.728 and 0.704, with 5 % single words instead of 18 %.
"""

import re
from collections.abc import Sequence
from functools import cache

from tokenizers import Encoding
from torch import Tensor

from catnlp.extract.dates import MONTH_NAMES
from catnlp.gazetteer import find_places
from catnlp.resources import read_toml
from catnlp.tag.prediction import highest
from catnlp.tag.windows import LONGEST

UNLIKELY = 4.0  # what a word that shows nothing loses as the head of a trigger
WIDER = 0.5
WIDEST = 2.0
LEAST = -6.0  # no token counts for less
BEFORE = re.compile(r"[\w’']+-$")  # the first half of a word: "ill-" of "ill-treatment"
AFTER = re.compile(r"-[\w’']+")
WORD = re.compile(r"[\w’']+")
CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
NAME_BEFORE = re.compile(rf"{CAPITAL}\s$")
NAME_AFTER = re.compile(rf"\s{CAPITAL}")
OWNER = re.compile(r"[\w-](?:’s|'s|s’|s')$")
OWNED = re.compile(r"\s[\w’'-]+")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*$")
DATE_END = re.compile(rf"\b(?:{MONTH_NAMES}|on)\s\d+$")
DENIED = re.compile(r"\s(?:not|never)(?:\s[a-z]+)?\b")
COUNTED = re.compile(r"\s[a-z][\w’'-]+")
OPENED = re.compile(r"\s[\"“][^\"“”]*$")
CLOSED = re.compile(r"[^\"“”]*[\w.,!?][\"”]")
MARK_BEFORE, MARK_AFTER = re.compile(r"[\"“]$"), re.compile(r"[\"”]")
LONGEST_NAME = 3  # more words than that are no longer the rest of a name
Span = tuple[int, int]


def trigger_spans(logits: Tensor, offset: int, encoding: Encoding) -> tuple[Span, Span]:
    """Characters of the run of likely tokens around the best one, and of the stretch to quote; the
    tokens of the sentence begin at `offset` of the logits."""
    length = min(len(encoding.ids), LONGEST)
    values = logits[offset : offset + length].tolist()
    tokens = encoding.tokens[:length]
    sure = [
        value - UNLIKELY * (token in _words("function") or not token[-1].isalnum())
        for value, token in zip(values, tokens, strict=True)
    ]
    narrow = _whole(_run(values, highest(sure)), encoding)
    best = highest(
        [value - UNLIKELY * (t in _words("bare")) for value, t in zip(sure, tokens, strict=True)]
    )
    wide = _whole(_stretch(values, best, WIDER), encoding)
    if _telling(wide, encoding) < 2:
        wide = _whole(_stretch(values, best, WIDEST), encoding)
    return _characters(narrow, encoding), _characters(wide, encoding)


def _run(values: Sequence[float], best: int) -> Span:
    low = high = best
    while low > 0 and values[low - 1] > 0:
        low -= 1
    while high + 1 < len(values) and values[high + 1] > 0:
        high += 1
    return low, high


def _stretch(values: Sequence[float], best: int, more: float) -> Span:
    """First and last token of the stretch around `best` with the largest sum."""
    raised = [max(LEAST, value + more) for value in values]
    low = best - _furthest(raised[:best][::-1])
    return low, best + _furthest(raised[best + 1 :])


def _furthest(values: Sequence[float]) -> int:
    """How many of the first values have the largest sum."""
    total = most = 0.0
    count = 0
    for number, value in enumerate(values, 1):
        total += value
        if total > most:
            most, count = total, number
    return count


def _whole(span: Span, encoding: Encoding) -> Span:
    """The tokens, with those of the same words."""
    low, high = span
    words = encoding.word_ids[:LONGEST]
    while low > 0 and words[low - 1] == words[low]:
        low -= 1
    while high + 1 < len(words) and words[high + 1] == words[high]:
        high += 1
    return low, high


def _telling(span: Span, encoding: Encoding) -> int:
    """How many words in it say something."""
    low, high = span
    silent = _words("function") | _words("bare")
    return len({
        encoding.word_ids[n] for n in range(low, high + 1)
        if encoding.tokens[n] not in silent and encoding.tokens[n][-1].isalnum()
    })  # fmt: skip


def _characters(span: Span, encoding: Encoding) -> Span:
    return encoding.offsets[span[0]][0], encoding.offsets[span[1]][1]


def as_quoted(text: str, start: int, end: int) -> Span:
    """The span in whole words, also those with hyphens, and whole names, without the function words
    and marks that it begins or ends with, and with the "not" that stands before it or that its last
    word ("did") has behind it; the span itself where nothing else is in it."""
    words = list(WORD.finditer(text, start, end))
    while words and words[0][0].lower() in _words("function") | _words("open_starts"):
        words.pop(0)
    while words and _is_open(text, words[-1]):
        words.pop()
    if not words:
        return start, end
    start, end = words[0].start(), words[-1].end()
    while half := BEFORE.search(text, 0, start):
        start = half.start()
    while half := AFTER.match(text, end):
        end = half.end()
    helping = text[start:end].split()[-1] in _words("helping")
    if helping and (denied := DENIED.match(text, end)):
        end = denied.end()
    start, end = _with_names(text, start, end)
    start, end = _with_marks(text, start, end)
    before = _negation().search(text, 0, start)
    return before.start() if before else start, end


def _is_open(text: str, word: re.Match[str]) -> bool:
    """Whether a trigger does not end with the word: "after", but not that of "after-the-fact"."""
    ends = _words("function") | _words("open_ends")
    return word[0].lower() in ends and not AFTER.match(text, word.end())


def _with_marks(text: str, start: int, end: int) -> Span:
    """The span with the quotation mark beside it whose other is in it."""
    opened, closed = OPENED.search(text, start, end), CLOSED.match(text, start, end)
    first = start - 1 if closed and MARK_BEFORE.search(text, 0, start) else start
    return first, end + 1 if opened and MARK_AFTER.match(text, end) else end


def _with_names(text: str, start: int, end: int) -> Span:
    """The span with the whole of a name that it begins or ends in, and with what the last word
    owns, counts or tells the country of."""
    for _ in range(LONGEST_NAME):
        before = NAME_BEFORE.search(text, 0, start) if text[start].isupper() else None
        if not before or before[0].strip().lower() in _words("function") | _words("bare"):
            break
        start = before.start()
    for _ in range(LONGEST_NAME):
        last = text[start:end].split()[-1]
        if OWNER.search(last) or _is_people(last):
            after = OWNED.match(text, end)
        elif unfinished := _phrases().get(last.lower()):
            after = unfinished.match(text, end)
        elif NUMBER.match(last):
            after = COUNTED.match(text, end) if not DATE_END.search(text, 0, end) else None
        else:
            after = NAME_AFTER.match(text, end) if last[0].isupper() else None
        if not after or after[0].strip().lower() in _words("function") | _words("open_ends"):
            break
        end = after.end()
    return start, end


@cache
def _is_people(word: str) -> bool:
    """Whether it says of what country the next word is: "executed by Malian" soldiers."""
    if not word[0].isupper() or word.endswith("s"):
        return False  # "Malians" are people themselves
    return any(p.kind == "demonym" for p in find_places(word))


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """For the first words of fixed phrases, what they go on with."""
    phrases = read_toml("catnlp.tag", "triggers.toml")["phrases"]
    return {first: re.compile(rf"(?i:\s(?:{'|'.join(rest)})\b)") for first, rest in phrases.items()}


@cache
def _negation() -> re.Pattern[str]:
    words = "|".join(read_toml("catnlp.tag", "triggers.toml")["negations"])
    return re.compile(rf"\b(?i:{words})\s(?:(?:\w+ly|yet|be|been)\s)?$")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("catnlp.tag", "triggers.toml")[name])
