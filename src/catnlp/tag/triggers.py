"""The words of a mention as somebody would quote them."""

import re

FUNCTION_WORDS = frozenset(
    "a an and as at be by for from in is it of on or that the their to was were which with".split()
)
BEFORE = re.compile(r"[\w’']+-$")  # the first half of a word: "ill-" of "ill-treatment"
AFTER = re.compile(r"-[\w’']+")
WORD = re.compile(r"[\w’']+")


def as_quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """The span in whole words, also those with hyphens, and without the function words and marks
    that it begins or ends with; the span itself where nothing else is in it."""
    words = [
        word for word in WORD.finditer(text, start, end) if word[0].lower() not in FUNCTION_WORDS
    ]
    if not words:
        return start, end
    start, end = words[0].start(), words[-1].end()
    while half := BEFORE.search(text, 0, start):
        start = half.start()
    while half := AFTER.match(text, end):
        end = half.end()
    return start, end
