"""The list of a notice: where what is asked for begins and ends, and its parts."""

import re
from dataclasses import dataclass

from catnlp.sales.phrases import phrase

PAGE_MARK = re.compile(r"\s*\[\[Page \d+\]\]\s*")
PARAGRAPH = re.compile(r"\n")
SENTENCE = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\bNo)\.(?:\s+(?=[A-Z(])|\s*$)")


@dataclass(frozen=True, slots=True)
class Request:
    """Offsets of a list: `begin` of the words that ask, `start` to `other` what is asked for
    first, `other` to `end` what is not major defense equipment."""

    begin: int
    start: int
    other: int
    end: int


def without_page_marks(text: str) -> str:
    """The text with page marks blanked; offsets stay."""
    return PAGE_MARK.sub(lambda m: " " * len(m[0]), text)


def find_requests(text: str) -> list[Request]:
    """All lists of what is asked for, in order; a bare body of a notice is one list."""
    leads = list(phrase("request").finditer(text))
    if not leads:
        return [_request(text, 0, 0)]
    return [_request(text, lead.start(), lead.end()) for lead in leads]


def _request(text: str, begin: int, start: int) -> Request:
    end = _end(text, start)
    other = phrase("other").search(text, start, end)
    return Request(begin, start, other.start() if other else end, end)


def _end(text: str, start: int) -> int:
    close = phrase("close").search(text, start)
    limit = close.start() if close else len(text)
    mark = PARAGRAPH.search(text, start, limit)
    while mark and _goes_on(text, mark.end()):
        mark = PARAGRAPH.search(text, mark.end(), limit)
    return mark.start() if mark else limit


def _goes_on(text: str, at: int) -> bool:
    """Whether the next paragraph belongs to the list: one of equipment, or a number first."""
    ahead = text[at : at + 120]
    return (
        re.match(
            r"\s*(?:(?:Non-)?Major Defense Equipment|(?:Non-)?MDE|The following non-|Also included"
            r"|(?:[A-Z][a-z]+(?:[\s-]\w+){0,4}\s+)\(\d|\d[\d,]*\s+[A-Z])",
            ahead,
        )
        is not None
    )
