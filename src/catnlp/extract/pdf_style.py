"""What the lines of a PDF look like: the body's size, columns and margins, headings."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catnlp.extract.pdf_lines import Line

BULLET = re.compile(r"[•●◦▪■‣∙·–—*\uf0b7\uf0a7o-]\s+\S")
ENUMERATED = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d+)+\.?)\s+\S")
SECTION_NUMBER = re.compile(
    r"(?:Section|SECTION|Chapter|CHAPTER|Part|PART|Annex|ANNEX|Appendix)\s+(?:\d+|[IVX]+|[A-Z])\b"
    r"|[IVX]{1,5}\.\s+[A-Z]|[A-H]\.\s+[A-Z]|\d{1,2}(?:\.\d+)*\.?\s+[A-Z]"
)
CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Box|Chart|Map|Graph|Exhibit)\s+[\dIVX]+", re.I)
LEADER = re.compile(r"\s*(?:\.{4,}|(?:\s\.){4,}|…{2,})\s*(?=\d|[ivxl]+\b|\Z)")
FIGURE = re.compile(r"[($€£~+-]*\d(?:[\d.,/:]*\d)?[%)A-Z]?\Z|[-–—]\Z|n/?a\Z", re.I)
COST_OR_DAY = re.compile(r"[$€£%]|\d/\d|\d,\d{3}")
AFTER_STOP = r"[\"”’')\]]*[⁰¹²³⁴-⁹]*\Z"
SENTENCE_END = re.compile(rf"[.!?;:]{AFTER_STOP}")
TOLD = re.compile(rf"[.;:]{AFTER_STOP}")
TOLD_WORDS = 8  # a heading may end with a stop, but then it is short
HEADING_CHARS, HEADING_LINES = 200, 4
LARGER = 1.09
NOTE_SIZE = 0.93
COLUMN_SHARE = 0.1  # of the lines of a page, to be a column of their own
COLUMN_GAP = 4.0  # points between two columns
KEPT = 0.9  # of the lines of a page stand in one of two columns of unlike width
BOLD_PAGE, FEW_CHARS = 0.6, 800  # share of bold type on a page of so many characters


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand above each other; `right` is where a full line ends."""

    left: float
    right: float


class Styles:
    """Sizes over the whole document: the body's, and the larger ones as heading levels."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        chars: Counter[float] = Counter()
        for lines in pages:
            for line in lines:
                chars[_rounded(line.size)] += len(line.text)
        self.body = max(chars, key=lambda size: (chars[size], size), default=10.0)
        bold = sum(len(line.text) for lines in pages for line in lines if line.bold)
        self.bold_stands_out = bold < 0.4 * max(1, sum(chars.values()))
        larger = {_rounded(line.size) for lines in pages for line in lines if self.is_larger(line)}
        self._larger = _distinct(sorted(larger, reverse=True))

    def is_larger(self, line: Line) -> bool:
        return line.size > LARGER * self.body

    def is_note_size(self, line: Line) -> bool:
        return line.size < NOTE_SIZE * self.body

    def level(self, lines: Sequence[Line], *, bold_page: bool = False) -> int:
        """The level of a heading, 0 for what is none; bold type is no sign on a bold page."""
        text = " ".join(line.text for line in lines)
        if not _could_head(text, lines):
            return 0
        if all(self.is_larger(line) for line in lines):
            place = min(self._larger, key=lambda size: abs(size - lines[0].size))
            return min(1 + self._larger.index(place), 5)
        if self.is_note_size(lines[0]):
            return 0
        ended = text.endswith((".", ",", ";")) and not SECTION_NUMBER.match(text)
        if self.bold_stands_out and not bold_page and all(line.bold for line in lines):
            return 0 if ended else 6
        if text.isupper() and len(text) > 4 and len(text.split()) < 16:
            return 0 if ended or not any(len(word) > 3 for word in text.split()) else 7
        return 0


def is_bold_page(lines: Sequence[Line]) -> bool:
    """Most of what stands on it is bold: no line of it is a heading for being so."""
    chars = sum(len(line.text) for line in lines)
    bold = sum(len(line.text) for line in lines if line.bold)
    return chars > FEW_CHARS and bold > BOLD_PAGE * chars


def is_row(line: Line) -> bool:
    """A line of a table without rules, or of a list of contents: figures rather than words."""
    if LEADER.search(line.text):
        return True
    words = line.text.split()
    figures = sum(FIGURE.match(word) is not None for word in words)
    if len(words) < 3 or figures < 2:
        return False
    marked = COST_OR_DAY.search(line.text) is not None
    ends = all(FIGURE.match(word) and len(word) > 1 for word in words[-2:])
    return (figures * 2 >= len(words) and (marked or figures > 2)) or (
        ends and COST_OR_DAY.search(words[-1]) is not None
    )


def _could_head(text: str, lines: Sequence[Line]) -> bool:
    if CAPTION.match(text) or LEADER.search(text) or _is_told(text):
        return False
    if len(text) > HEADING_CHARS or len(lines) > HEADING_LINES:
        return False
    return any(char.isalpha() for char in text) and re.search(r"[^\W\d_]{2}", text) is not None


def _is_told(text: str) -> bool:
    """Whether it is a point of a list or a sentence, as on the slides of a briefing, whose type is
    larger than that of the report around them."""
    if SECTION_NUMBER.match(text):
        return False
    ends = TOLD.search(text) is not None and len(text.split()) >= TOLD_WORDS
    return BULLET.match(text) is not None or ends


def columns(lines: Sequence[Line]) -> dict[int, Column]:
    """The column of each line, by its id: lines whose left edges lie near each other."""
    lefts = sorted({round(line.x0) for line in lines})
    starts = _column_starts(lines)
    found: dict[int, Column] = {}
    by_column: dict[int, list[Line]] = {}
    for line in lines:
        place = max(0, bisect_left(starts, line.x0 + 2) - 1) if starts else 0
        by_column.setdefault(place, []).append(line)
    for members in by_column.values():
        long = [line for line in members if len(line.text) > 25] or members
        rights = sorted(line.x1 for line in long)
        column = Column(min(line.x0 for line in members), rights[int(0.92 * (len(rights) - 1))])
        found.update((id(line), column) for line in members)
    return found if lefts else {}


def _column_starts(lines: Sequence[Line]) -> list[float]:
    """Left edges of the columns: one, or two where many lines begin right of where others end."""
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    middle = (left + right) / 2
    second = [line for line in lines if line.x0 > middle - 0.08 * (right - left)]
    first = [line for line in lines if line.x1 < middle + 0.08 * (right - left)]
    fewest = max(4, COLUMN_SHARE * len(lines))
    if min(len(first), len(second)) < fewest:
        return [left, *_narrow_column(lines, fewest)]
    edges = Counter(round(line.x0) for line in second)
    start = min((edge for edge, count in edges.items() if count > 2), default=min(edges))
    return [left, float(start) - 3]


def _narrow_column(lines: Sequence[Line], fewest: float) -> Iterator[float]:
    """Where the second of two columns of unlike width begins, if nearly all lines keep to them."""
    edges = Counter(round(line.x0) for line in lines)
    for edge in sorted(edge for edge, count in edges.items() if count >= 2 * fewest):
        first = [line for line in lines if line.x1 < edge - COLUMN_GAP]
        second = [line for line in lines if line.x0 > edge - COLUMN_GAP]
        beside = {id(line) for line in first if _stands_beside(line, second)}
        if len(beside) >= 2 * fewest and len(first) + len(second) > KEPT * len(lines):
            yield float(edge) - 3
            return


def _stands_beside(line: Line, others: Sequence[Line]) -> bool:
    return any(other.top < line.middle < other.bottom for other in others)


def _distinct(sizes: Sequence[float]) -> list[float]:
    """The larger of each two sizes that hardly differ."""
    kept: list[float] = []
    for size in sizes:
        if not kept or size < 0.94 * kept[-1]:
            kept.append(size)
    return kept


def _rounded(size: float) -> float:
    return round(size * 2) / 2
