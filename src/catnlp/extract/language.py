"""Which language a text is in; only English is analysed."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catnlp.extract.draft import DraftBlock
from catnlp.extract.english import COMMON_WORDS

SAMPLES, SAMPLE_CHARS = 5, 600
LEAST_LETTERS = 60  # fewer say nothing
SURE = 0.9
LONG_PART = 800  # characters of one language in a row that are named and left out
PROSE = frozenset({"paragraph", "list-item", "note", "heading"})
PLAINLY_ENGLISH = 0.2  # of the words are the commonest English ones
CLOSE_TO_ENGLISH = frozenset({"en", "pcm", "sco"})
NAMES = {
    "ar": "Arabic", "bn": "Bengali", "de": "German", "es": "Spanish", "fa": "Persian",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ru": "Russian", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def detect_languages(blocks: Sequence[DraftBlock]) -> tuple[str, ...]:
    """The languages of samples over the text, in order; unsure ones are left out."""
    found = []
    for sample in _samples(blocks):
        letters = sum(char.isalpha() for char in sample)
        if letters < LEAST_LETTERS:
            continue
        language, probability = _classify(sample)
        if probability >= SURE:
            found.append("en" if language in CLOSE_TO_ENGLISH else language)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks in a row that are in another language: the first and the last, by their places."""

    first: int
    last: int
    language: str
    chars: int


def foreign_parts(blocks: Sequence[DraftBlock]) -> Iterator[Part]:
    """Long parts in one other language; what is too short to tell goes with its neighbours."""
    part: Part | None = None
    for place, block in enumerate(blocks):
        language = _language_of(block)
        if not language:
            continue
        if part is not None and language == part.language:
            part = Part(part.first, place, language, part.chars + len(block.text))
            continue
        if part is not None and part.chars >= LONG_PART:
            yield part
        part = None if language == "en" else Part(place, place, language, len(block.text))
    if part is not None and part.chars >= LONG_PART:
        yield part


def _language_of(block: DraftBlock) -> str:
    """Empty where the block is no prose, too short, not plain, or begins or ends in English."""
    sample = block.text[:SAMPLE_CHARS]
    if block.kind not in PROSE or sum(char.isalpha() for char in sample) < LEAST_LETTERS:
        return ""
    language, probability = _classify(sample)
    if probability < SURE:
        return ""
    if language in CLOSE_TO_ENGLISH:
        return "en"
    halves = sample[: len(sample) // 2], sample[len(sample) // 2 :]
    return "" if any(_is_plainly_english(half) for half in halves) else language


def language_name(code: str) -> str:
    return NAMES.get(code, f"language {code!r}")


def _samples(blocks: Sequence[DraftBlock]) -> list[str]:
    """Stretches of prose at equal distances."""
    prose = [block.text for block in blocks if block.kind in ("paragraph", "list-item", "note")]
    text = " ".join(prose or [block.text for block in blocks])
    step = max(1, len(text) // SAMPLES)
    count = SAMPLES if len(text) > SAMPLES * SAMPLE_CHARS else 1
    return [text[place * step : place * step + SAMPLE_CHARS] for place in range(count)]


def _classify(text: str) -> tuple[str, float]:
    """The likeliest language; the model is loaded only where words do not tell."""
    if _is_plainly_english(text):
        return "en", 1.0
    import py3langid

    ranked = py3langid.rank(text)
    scale = math.sqrt(len(text.encode()))
    best = ranked[0][1]
    total = sum(math.exp((score - best) / scale) for _, score in ranked)
    return str(ranked[0][0]), 1 / total


def _is_plainly_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in COMMON_WORDS for word in words) >= PLAINLY_ENGLISH * len(words)
