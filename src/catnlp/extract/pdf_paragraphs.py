"""Lines of pages -> paragraphs, headings, list items and notes, also across pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catnlp.domain import BlockKind
from catnlp.extract.draft import DraftBlock
from catnlp.extract.pdf_join import Joiner
from catnlp.extract.pdf_lines import Line
from catnlp.extract.pdf_style import (
    BULLET,
    ENUMERATED,
    LEADER,
    SECTION_NUMBER,
    SENTENCE_END,
    Column,
    Styles,
    columns,
    is_row,
)

LETTERS = re.compile(r"[^\W\d_]{2}")
NOTE_START = re.compile(r"(\d{1,3})\s+\S")
SHORT_LINE = 25
NOTE_HEIGHT = 0.45  # footnotes stand below this part of the page


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `open` while the next page may go on with it."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    column: Column | None = None


def build_blocks(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], styles: Styles
) -> Iterator[DraftBlock]:
    """Blocks in reading order. Notes of a page stand before a paragraph that runs over it."""
    joiner = Joiner(line for lines in pages for line in lines)
    carried: Paragraph | None = None
    for lines, height in zip(pages, heights, strict=True):
        paragraphs = _page_paragraphs(lines, height, styles)
        body = [found for found in paragraphs if found.kind != "note"]
        notes = [found for found in paragraphs if found.kind == "note"]
        if carried is not None and body:
            if _goes_on(carried, body[0]):
                carried.lines += body[0].lines
                carried.column = body.pop(0).column
            if body:
                yield _block(carried, joiner)
                carried = None
        for paragraph in body[:-1]:
            yield _block(paragraph, joiner)
        for note in notes:
            yield _block(note, joiner)
        if body:
            carried = body[-1]
    if carried is not None:
        yield _block(carried, joiner)


def _page_paragraphs(lines: Sequence[Line], height: float, styles: Styles) -> list[Paragraph]:
    column_of = columns([line for line in lines if not line.starts])
    found: list[Paragraph] = []
    spacing = _spacing(lines)
    for line in lines:
        if line.starts or is_row(line):
            found.append(Paragraph([replace(line, text=LEADER.sub(" | ", line.text))], "table-row"))
            continue
        column = column_of[id(line)]
        last = found[-1] if found else None
        if last is not None and not _begins(last, line, column, styles, spacing):
            last.lines.append(line)
            last.column = column
        else:
            found.append(Paragraph([line], column=column))
    for paragraph in found:
        _name(paragraph, height, styles)
    _name_notes(found, styles)
    one_column = len({id(column) for column in column_of.values()}) == 1
    found = _join_headings(found)
    return _in_place(found) if one_column else found


def _spacing(lines: Sequence[Line]) -> float:
    """The usual distance from a line to the next."""
    steps = sorted(
        line.top - previous.top
        for previous, line in pairwise(lines)
        if 0 < line.top - previous.top < 3 * line.size
    )
    return steps[len(steps) // 3] if steps else 12.0


def _begins(
    paragraph: Paragraph, line: Line, column: Column, styles: Styles, spacing: float
) -> bool:
    """Whether the line begins a paragraph of its own."""
    previous = paragraph.lines[-1]
    if paragraph.kind == "table-row" or previous.starts:
        return True
    if abs(line.size - previous.size) > 0.09 * max(line.size, previous.size):
        return True
    if line.bold != previous.bold and styles.bold_stands_out and not line.text[0].islower():
        return True
    if BULLET.match(line.text) or _next_note(paragraph, line, styles):
        return True
    step = line.top - previous.top
    if step < -line.size or column is not paragraph.column:
        return _new_region(paragraph, line)
    if step > 1.3 * spacing + 1 and step > 1.15 * line.size:
        return not previous.hyphen
    return _indented(paragraph, line) or _left_short(previous, line, column)


def _next_note(paragraph: Paragraph, line: Line, styles: Styles) -> bool:
    if not styles.is_note_size(line):
        return False
    here, before = NOTE_START.match(line.text), NOTE_START.match(paragraph.lines[0].text)
    return here is not None and before is not None and int(here[1]) == int(before[1]) + 1


def _new_region(paragraph: Paragraph, line: Line) -> bool:
    """The first line of another column goes on with a sentence that is not finished."""
    previous = paragraph.lines[-1]
    if previous.hyphen or line.text[0].islower():
        return False
    unfinished = not SENTENCE_END.search(previous.text)
    full = paragraph.column is None or previous.x1 > paragraph.column.right - 60
    return not (unfinished and full and len(previous.text) > SHORT_LINE)


def _indented(paragraph: Paragraph, line: Line) -> bool:
    previous = paragraph.lines[-1]
    shift = line.x0 - previous.x0
    hanging = BULLET.match(paragraph.lines[0].text) or ENUMERATED.match(paragraph.lines[0].text)
    if ENUMERATED.match(line.text) and SENTENCE_END.search(previous.text):
        return True
    if shift > 0.7 * line.size:
        if hanging and len(paragraph.lines) == 1:
            return False
        return not line.text[0].islower()
    if shift < -0.7 * line.size:
        # The second line of a paragraph with an indented first line stands left of it.
        return len(paragraph.lines) > 1 and not line.text[0].islower()
    return False


def _left_short(previous: Line, line: Line, column: Column) -> bool:
    """The first word would have found room on the line before: the break was meant."""
    if previous.hyphen:
        return False
    width = (line.x1 - line.x0) / max(1, len(line.text))
    room = column.right - previous.x1 - width
    first = line.text.split(" ", 1)[0]
    if line.text[0].islower() and not SENTENCE_END.search(previous.text):
        return False
    return room > (len(first) + 1.5) * width + (0 if SENTENCE_END.search(previous.text) else 12)


def _name(paragraph: Paragraph, height: float, styles: Styles) -> None:
    if paragraph.kind == "table-row":
        return
    lines = paragraph.lines
    level = styles.level(lines)
    if level:
        paragraph.kind, paragraph.level = "heading", level
    elif not LETTERS.search(" ".join(line.text for line in lines)):
        paragraph.kind = "table-row"  # figures of a chart or a table
    elif styles.is_note_size(lines[0]) and lines[0].top > NOTE_HEIGHT * height:
        paragraph.kind = "note" if lines[0].text[0].isdigit() else "paragraph"
    elif BULLET.match(lines[0].text) or ENUMERATED.match(lines[0].text):
        paragraph.kind = "list-item" if not lines[0].text[0].isdigit() else "paragraph"


def _name_notes(found: list[Paragraph], styles: Styles) -> None:
    """On a page with notes, what stands in small type under all of the text is a note."""
    if not any(paragraph.kind == "note" for paragraph in found):
        return
    text_ends = max(
        (
            line.bottom
            for paragraph in found
            for line in paragraph.lines
            if paragraph.kind != "note" and not styles.is_note_size(line)
        ),
        default=0.0,
    )
    for paragraph in found:
        first = paragraph.lines[0]
        small = styles.is_note_size(first) and first.top > text_ends
        if paragraph.kind in ("paragraph", "list-item") and small:
            paragraph.kind = "note"


def _in_place(found: list[Paragraph]) -> list[Paragraph]:
    """Headings in the margin, which stand last in the file, before what they stand above."""
    ordered: list[Paragraph] = []
    for paragraph in found:
        place = len(ordered)
        if paragraph.kind == "heading":
            while place and _stands_above(paragraph.lines[0], ordered[place - 1].lines[0]):
                place -= 1
        ordered.insert(place, paragraph)
    return ordered


def _stands_above(heading: Line, line: Line) -> bool:
    beside = heading.x1 < line.x0 and line.bottom > heading.top
    return beside or line.top > heading.bottom


def _join_headings(found: list[Paragraph]) -> list[Paragraph]:
    """A heading over two lines that was taken for two."""
    joined: list[Paragraph] = []
    for paragraph in found:
        last = joined[-1] if joined else None
        if last is not None and _is_same_heading(last, paragraph):
            last.lines += paragraph.lines
        else:
            joined.append(paragraph)
    return joined


def _is_same_heading(last: Paragraph, paragraph: Paragraph) -> bool:
    if last.kind != "heading" or paragraph.kind != "heading" or last.level != paragraph.level:
        return False
    above, line = last.lines[-1], paragraph.lines[0]
    near = 0 < line.top - above.top < 1.6 * line.size and abs(line.size - above.size) < 0.6
    starts = SECTION_NUMBER.match(line.text) or ENUMERATED.match(line.text)
    return near and not starts and len(last.lines) < 4 and len(above.text) > 15


def _goes_on(carried: Paragraph, first: Paragraph) -> bool:
    """Whether the page begins in the middle of the paragraph before."""
    if carried.kind not in ("paragraph", "list-item") or first.kind != "paragraph":
        return False
    previous, line = carried.lines[-1], first.lines[0]
    if line.page > previous.page + 1:
        return False
    if abs(previous.size - line.size) > 0.09 * line.size or previous.bold != line.bold:
        return False
    if previous.hyphen or line.text[0].islower():
        return True
    if SENTENCE_END.search(previous.text) or len(previous.text) < SHORT_LINE:
        return False
    return not BULLET.match(line.text) and not ENUMERATED.match(line.text) and _is_full(carried)


def _is_full(paragraph: Paragraph) -> bool:
    column = paragraph.column
    return column is None or paragraph.lines[-1].x1 > column.right - 0.25 * (
        column.right - column.left
    )


def _block(paragraph: Paragraph, joiner: Joiner) -> DraftBlock:
    text, offsets = joiner.join(paragraph.lines)
    page = paragraph.lines[0].page
    breaks: list[tuple[int, int]] = []
    for line, offset in zip(paragraph.lines, offsets, strict=True):
        if line.page != page and (not breaks or breaks[-1][0] != line.page):
            breaks.append((line.page, offset))
    return DraftBlock(text, paragraph.kind, paragraph.level, page, tuple(breaks))
