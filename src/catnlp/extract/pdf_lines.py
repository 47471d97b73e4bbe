"""A page of a PDF -> its lines with place, size and weight, in the order of the file."""

import ctypes
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catnlp.extract.clean import clean, superscript

HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at the end of a line
LINE_END = re.compile(r"\r\n|\n|\r|(?<=\ufffe)")
RAISED = re.compile(r"(?<=[^\s\d(\[$€£+-])\d{1,3}(?=\D|$)|(?<=\d)\d{1,3}(?=$|[\s.,;:)])")
RAISED_START = re.compile(r"\d{1,3}(?=\s+\S|[^\s\d.,)%])")
ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b")
NOTE_MARK = re.compile(r"[⁰¹²³⁴-⁹]{1,3}(?:\s|\Z)")
RAISED_SIZE = 0.8  # of the character before, to be a footnote mark
GUTTER = 2.5  # sizes of type: a wider gap divides what stands beside each other
OTHER_SIZE, FAR_SIZE = 1.05, 1.4  # times the other size of type
MARK_SIGNS, MARK_CHARS = frozenset("0123456789*†‡§"), 4  # of bullets, numbers and note marks
BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.I)
BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One line; coordinates in points from the top left, `size` is the height of a character."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    hyphen: bool = False  # broken off at a hyphen
    starts: tuple[float, ...] = ()  # of the cells, for a row of a table
    offset: int = 0  # in the text of the page
    end: int = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a line in one column of a table."""

    column: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class PageText:
    """The text of one page with the geometry of its characters."""

    def __init__(self, page: Any, index: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text_page = page.get_textpage()
        self._index = index
        self._rotation = int(page.get_rotation())
        self._frame = tuple(float(edge) for edge in page.get_cropbox())
        self.width, self.height = page.get_size()
        self._rect = pdfium.FS_RECTF()
        self._fonts: dict[bytes, bool] = {}
        self._raw = ""

    def close(self) -> None:
        self._text_page.close()

    def lines(self) -> list[Line]:
        text = self._raw = self._text_page.get_text_range()
        offset, found = 0, []
        wide = not text.isascii() and any(ord(char) > 0xFFFF for char in text)
        for piece in _pieces(text):
            start = offset + (_wide_before(text, offset) if wide else 0)
            for first, part in self._parts(piece, start):
                line = self._line(part, start + first)
                if line:
                    found.append(line)
            offset += len(piece)
        return _without_copies(_merge_rows(found))

    def _parts(self, piece: str, start: int) -> Iterator[tuple[int, str]]:
        """The line; two where a heading in the margin and the text beside it are given as one."""
        first = len(piece) - len(piece.lstrip())
        last = len(piece.rstrip("\r\n" + HYPHEN + " \xa0\t")) - 1
        if last - first > 8 and piece[first].isalpha() and piece[last] not in MARK_SIGNS:
            head, tail = self._box(start + first), self._box(start + last)
            if _differ(head.bottom - head.top, tail.bottom - tail.top, OTHER_SIZE):
                near = GUTTER * min(head.bottom - head.top, tail.bottom - tail.top)
                for place in range(first + 1, last):
                    if piece[place] == " " and near < (
                        self._box(start + place + 1).x0 - self._box(start + place - 1).x1
                    ):
                        yield 0, piece[:place]
                        yield place + 1, piece[place + 1 :]
                        return
        yield 0, piece

    def _line(self, piece: str, offset: int) -> Line | None:
        body = piece.rstrip("\r\n" + HYPHEN + " \xa0\t")
        hyphen = HYPHEN in piece[len(body) :]
        stripped = body.lstrip()
        if not stripped:
            return None
        first = offset + len(body) - len(stripped)
        head, tail = self._box(first), self._box(offset + len(body) - 1)
        middle = head
        if len(stripped) > 2:
            middle = self._box(first + _letter_near(stripped, len(stripped) // 2))
        text = clean(self._raise_marks(stripped, first))
        if not text:
            return None
        sizes = sorted((head.bottom - head.top, tail.bottom - tail.top, middle.bottom - middle.top))
        full = max(sizes[1], middle.bottom - middle.top)
        return Line(
            text=text,
            page=self._index,
            x0=min(head.x0, tail.x0),
            top=min(head.top, middle.top),
            x1=max(head.x1, tail.x1),
            bottom=max(head.bottom, middle.bottom),
            size=full,
            bold=self._mostly_bold(first, offset + len(body) - 1),
            hyphen=hyphen,
            offset=first,
            end=offset + len(piece.rstrip("\r\n")),
        )

    def pieces(self, line: Line, borders: Sequence[float]) -> list[Piece]:
        """The parts of a line between borders; `column` counts the borders left of it."""
        pieces: list[Piece] = []
        for place in range(line.offset, line.end):
            char = self._raw[place] if place < len(self._raw) else ""
            if char == HYPHEN and pieces:
                pieces[-1] = replace(pieces[-1], text=pieces[-1].text + "-")
            if not char or char == HYPHEN:
                continue
            if char.isspace():
                if pieces:
                    pieces[-1] = replace(pieces[-1], text=pieces[-1].text + " ")
                continue
            box = self._box(place)
            column = bisect_right(borders, (box.x0 + box.x1) / 2)
            if pieces and pieces[-1].column == column:
                pieces[-1] = _grown(pieces[-1], char, box)
            else:
                pieces.append(Piece(column, char, box.x0, box.top, box.x1, box.bottom))
        return pieces

    def extents(self, line: Line) -> list[tuple[float, float]]:
        """Left and right edge of each character of a line, blanks apart."""
        boxes = [
            self._box(place)
            for place in range(line.offset, min(line.end, len(self._raw)))
            if not self._raw[place].isspace() and self._raw[place] != HYPHEN
        ]
        return [(box.x0, box.x1) for box in boxes]

    def _box(self, place: int) -> Box:
        char = self._char(place)
        rect = self._rect
        self._pdfium.FPDFText_GetLooseCharBox(self._text_page, char, ctypes.byref(rect))
        return self.upright(rect.left, rect.bottom, rect.right, rect.top)

    def upright(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """From the corner and the rotation of the file to the top left of the page as read."""
        left, bottom, right, top = self._frame
        if self._rotation == 90:
            return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self._rotation == 180:
            return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
        if self._rotation == 270:
            return Box(top - y1, right - x1, top - y0, right - x0)
        return Box(x0 - left, top - y1, x1 - left, top - y0)

    def _char(self, place: int) -> int:
        index = self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_page, place)
        return int(index) if index >= 0 else place

    def _mostly_bold(self, first: int, last: int) -> bool:
        """By the first, the middle and the last character: a number before may be plain."""
        if self._bold(last):
            return self._bold(first) or self._bold((first + last) // 2)
        return last - first > 3 and self._bold(first) and self._bold((first + last) // 2)

    def _bold(self, place: int) -> bool:
        char = self._char(place)
        if self._pdfium.FPDFText_GetFontWeight(self._text_page, char) >= BOLD_WEIGHT:
            return True
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(96)
        self._pdfium.FPDFText_GetFontInfo(self._text_page, char, name, 96, ctypes.byref(flags))
        known = self._fonts.get(name.value)
        if known is None:
            known = self._fonts[name.value] = BOLD.search(name.value) is not None
        return known

    def _raise_marks(self, text: str, first: int) -> str:
        """Footnote marks as superscripts: digits smaller than the character before them."""
        parts, done = [], 0
        start = RAISED_START.match(text)
        if start and self._is_raised(first, first + len(text) - len(text[start.end() :].lstrip())):
            parts.append(f"{superscript(start[0])} ")
            done = start.end()
        for match in RAISED.finditer(text, done):
            if self._is_raised(first + match.start(), first + match.start() - 1):
                gap = " " if text[match.end() : match.end() + 1].isalpha() else ""
                parts += [text[done : match.start()], superscript(match[0]), gap]
                done = match.end()
        return "".join([*parts, text[done:]])

    def _is_raised(self, place: int, beside: int) -> bool:
        """Whether a character is smaller and higher than the one beside it."""
        mark, other = self._box(place), self._box(beside)
        size = other.bottom - other.top
        return (
            mark.bottom - mark.top < RAISED_SIZE * size and mark.bottom < other.bottom - 0.08 * size
        )


def _pieces(text: str) -> list[str]:
    """The lines with their ends, so that offsets can be counted."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if b > a]


def _grown(piece: Piece, char: str, box: Box) -> Piece:
    return replace(
        piece,
        text=piece.text + char,
        x0=min(piece.x0, box.x0),
        top=min(piece.top, box.top),
        x1=max(piece.x1, box.x1),
        bottom=max(piece.bottom, box.bottom),
    )


def _letter_near(text: str, place: int) -> int:
    """A place at or before this one where a letter stands, which is no raised note mark."""
    for near in range(place, max(place - 8, 0), -1):
        if text[near].isalpha():
            return near
    return place


def _wide_before(text: str, offset: int) -> int:
    return sum(ord(char) > 0xFFFF for char in text[:offset])


def _merge_rows(lines: list[Line]) -> list[Line]:
    """Joins pieces of one visual line; a small number that stands higher is a footnote mark."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is None or not _same_row(last, line):
            merged.append(line)
            continue
        small = line.size < RAISED_SIZE * last.size
        glued = _glued(last, line, first=len(merged) == 1)
        merged[-1] = replace(
            last,
            text=glued,
            x0=min(last.x0, line.x0),
            x1=max(last.x1, line.x1),
            top=min(last.top, line.top) if not small else last.top,
            bottom=max(last.bottom, line.bottom) if not small else last.bottom,
            size=max(last.size, line.size) if len(last.text) < 4 else last.size,
            hyphen=line.hyphen,
            end=line.end,
        )
    return merged


def _glued(last: Line, line: Line, *, first: bool) -> str:
    """The text of two pieces; note marks and the endings of ordinals stand close to the word."""
    text = line.text
    if line.size < RAISED_SIZE * last.size and text.isdigit() and len(text) <= 3:
        return last.text + superscript(text)
    if NOTE_MARK.match(text) or (ORDINAL_END.match(text) and last.text[-1].isdigit()):
        return last.text + text
    if first and last.text.isdigit() and last.size < RAISED_SIZE * line.size:
        return f"{superscript(last.text)} {text}"
    return f"{last.text} {text}"


def _same_row(last: Line, line: Line) -> bool:
    """Side by side, left to right, without a column's gap between them."""
    overlap = min(last.bottom, line.bottom) - max(last.top, line.top)
    if overlap < 0.5 * min(last.size, line.size):
        return False
    gap = line.x0 - last.x1
    short = min(len(last.text), len(line.text)) <= MARK_CHARS
    apart = not short and _differ(last.size, line.size, FAR_SIZE)
    widest = min(last.size, line.size) if apart else max(last.size, line.size)
    return -0.5 * last.size < gap < GUTTER * widest


def _differ(size: float, other: float, times: float) -> bool:
    return max(size, other) > times * min(size, other)


def _without_copies(lines: list[Line]) -> list[Line]:
    """Text printed twice at one place, to look bold or shaded, counts once."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for line in lines:
        key = (line.text, round(line.x0 / 3), round(line.top / 3))
        if key not in seen:
            seen.add(key)
            kept.append(line)
    return kept
