"""Numbers in figures and words: "2,000", "two hundred thirty", "half a dozen", "a pair of"."""

import re

UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = ("twenty thirty forty fifty sixty seventy eighty ninety").split()
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_WORD = "|".join(sorted([*UNITS, *TENS, *SCALES, "dozen"], key=len, reverse=True))
NUMBER_WORDS = (
    rf"(?:(?:an?\s+)?\b(?:{_WORD})\b(?:[\s-]+(?:and\s+)?(?:{_WORD})\b)*"
    r"|\b(?:a\s+)?half(?:[\s-]+an?)?[\s-]+(?:dozen|million)\b|\ba\s+pair\s+of\b)"
)
NUMBER = rf"(?:\d[\d,]*(?:\b|(?=[A-Z]{{2,}}/))|{NUMBER_WORDS})"


def word_number(text: str) -> int | None:
    """The number that words or figures say; None for "dozens of" and the like."""
    cleaned = text.lower().replace(",", "").strip()
    if cleaned.isdigit():
        return int(cleaned)
    total = current = 0
    for word in re.findall(r"[a-z]+", cleaned):
        if word in UNITS:
            current += UNITS.index(word) + 1
        elif word in TENS:
            current += 10 * (TENS.index(word) + 2)
        elif word in ("dozen", "pair"):
            current = (current or 1) * (12 if word == "dozen" else 2)
        elif word == "hundred":
            current = (current or 1) * SCALES[word]
        elif word in SCALES:
            total, current = total + (current or 1) * SCALES[word], 0
        elif word not in ("a", "an", "and", "half", "of"):
            return None
    whole = total + current
    return (whole // 2 if "half" in cleaned else whole) or None
