"""Lines of pages -> paragraphs, headings, list items and notes, also across pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catnlp.domain import BlockKind
from catnlp.extract.draft import DraftBlock, Place
from catnlp.extract.pdf_contents import has_contents, with_contents
from catnlp.extract.pdf_join import Joiner
from catnlp.extract.pdf_lines import Line
from catnlp.extract.pdf_notes import mark, split_notes, starts_note
from catnlp.extract.pdf_style import (
    BULLET,
    ENUMERATED,
    LEADER,
    SECTION_NUMBER,
    SENTENCE_END,
    Column,
    Styles,
    columns,
    is_bold_page,
    is_row,
)

LETTERS = re.compile(r"[^\W\d_]{2}")
SHORT_LINE = 25
SHORT_SHARE = 0.35  # of the column stays empty after a line that is meant to end there
NEAR_LINES = 2.5  # in sizes of the type, from a heading to the text below it
ASIDE_CHARS, MOST_ASIDES = 80, 3


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
    joiner = Joiner([line for lines in pages for line in lines])
    carried: Paragraph | None = None
    contents = False
    for lines, height in zip(pages, heights, strict=True):
        text, foot = split_notes(lines, height, styles)
        text = with_contents(text, going_on=contents)
        contents = has_contents(text)
        body, notes = _page_paragraphs(text, styles), _notes(foot)
        if carried is not None and body:
            place = _goes_on_at(carried, body)
            if place is not None:
                following = body.pop(place)
                carried.lines += following.lines
                carried.column = following.column
            if body:
                yield _block(carried, joiner)
                carried = None
        last = _unfinished(body)
        for place, paragraph in enumerate(body):
            if place != last:
                yield _block(paragraph, joiner)
        for note in notes:
            yield _block(note, joiner)
        if body:
            carried = body[last]
    if carried is not None:
        yield _block(carried, joiner)


def _unfinished(body: Sequence[Paragraph]) -> int:
    """The paragraph that the next page may go on with: the last, apart from imprint lines."""
    for place in range(len(body) - 1, max(-1, len(body) - 2 - MOST_ASIDES), -1):
        if not _is_aside(body[place]):
            paragraph = body[place]
            ended = SENTENCE_END.search(paragraph.lines[-1].text)
            text = paragraph.kind in ("paragraph", "list-item")
            return place if text and not ended and _is_full(paragraph) else len(body) - 1
    return len(body) - 1


def _goes_on_at(carried: Paragraph, body: Sequence[Paragraph]) -> int | None:
    """Where the page goes on with the paragraph before; imprint lines may stand above that."""
    for place, paragraph in enumerate(body[: MOST_ASIDES + 1]):
        if _goes_on(carried, paragraph):
            return place if place == 0 or paragraph.lines[0].text[0].islower() else None
        if not _is_aside(paragraph):
            return None
    return None


def _is_aside(paragraph: Paragraph) -> bool:
    """A line or two of an imprint: short, and no sentence."""
    text = " ".join(line.text for line in paragraph.lines)
    return len(text) < ASIDE_CHARS and not SENTENCE_END.search(text)


def _notes(lines: Sequence[Line]) -> list[Paragraph]:
    """The notes of a page; what stands above the first mark goes on from the page before."""
    found: list[Paragraph] = []
    number = ""
    for line in lines:
        if not found or starts_note(line, number):
            found.append(Paragraph([line], "note"))
            number = mark(line) or number
        else:
            found[-1].lines.append(line)
    return found


def _page_paragraphs(lines: Sequence[Line], styles: Styles) -> list[Paragraph]:
    column_of = columns([line for line in lines if not line.starts])
    found: list[Paragraph] = []
    spacing = _spacing(lines)
    for line in lines:
        last = found[-1] if found else None
        if line.starts or (is_row(line) and not _within_prose(last, line)):
            found.append(Paragraph([replace(line, text=LEADER.sub(" | ", line.text))], "table-row"))
            continue
        column = column_of[id(line)]
        if last is not None and not _begins(last, line, column, styles, spacing):
            last.lines.append(line)
            last.column = column
        else:
            found.append(Paragraph([line], column=column))
    bold_page = is_bold_page(lines)
    for paragraph in found:
        _name(paragraph, styles, bold_page=bold_page)
    one_column = len({id(column) for column in column_of.values()}) == 1
    found = _join_headings(found)
    return _in_place(found) if one_column else _over_text(found)


def _within_prose(last: Paragraph | None, line: Line) -> bool:
    """A line of running text that happens to end with figures."""
    if last is None or last.kind == "table-row" or not line.text[0].islower():
        return False
    previous = last.lines[-1]
    near = 0 < line.top - previous.top < 1.6 * line.size
    return near and len(previous.text) > SHORT_LINE and not SENTENCE_END.search(previous.text)


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
        return previous.bold or not _runs_on(previous, line, column)
    if BULLET.match(line.text):
        return True
    step = line.top - previous.top
    if step < -line.size or column is not paragraph.column:
        return _beside(paragraph, line) or _new_region(paragraph, line)
    if step > 1.3 * spacing + 1 and step > 1.15 * line.size:
        return not previous.hyphen
    if _is_next_item(paragraph, line):
        return True
    if _hangs(paragraph, line):
        return False
    return _indented(paragraph, line) or _left_short(previous, line, column)


def _runs_on(previous: Line, line: Line, column: Column) -> bool:
    """A full line whose sentence is not finished goes on, in whatever type."""
    full = previous.x1 > column.right - 0.15 * (column.right - column.left)
    near = 0 < line.top - previous.top < 1.6 * line.size
    return full and near and not SENTENCE_END.search(previous.text)


def _is_next_item(paragraph: Paragraph, line: Line) -> bool:
    """The next number or letter, under the first one: an item that may end with a comma."""
    first = paragraph.lines[0]
    here, before = ENUMERATED.match(line.text), ENUMERATED.match(first.text)
    if here is None or before is None or abs(line.x0 - first.x0) > 0.5 * line.size:
        return False
    number, last = line.text.split(maxsplit=1)[0], first.text.split(maxsplit=1)[0]
    value, previous = number.strip("()."), last.strip("().")
    if value.isdigit() and previous.isdigit():
        return int(value) == int(previous) + 1
    return len(value) == len(previous) == 1 and ord(value) == ord(previous) + 1


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    """Under the text of a list item, which goes on."""
    first, previous = paragraph.lines[0], paragraph.lines[-1]
    inside = 0.7 * line.size < line.x0 - first.x0 < 4 * line.size
    return inside and bool(BULLET.match(first.text)) and not SENTENCE_END.search(previous.text)


def _beside(paragraph: Paragraph, line: Line) -> bool:
    """Wholly left of the text: a heading in the margin, which the file holds last."""
    return line.x1 < min(before.x0 for before in paragraph.lines)


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
    if SENTENCE_END.search(previous.text):
        return room > (len(first) + 1.5) * width
    # A sentence that is not finished goes on, unless the line is far too short for running text.
    return not line.text[0].islower() and room > SHORT_SHARE * (column.right - column.left)


def _name(paragraph: Paragraph, styles: Styles, *, bold_page: bool) -> None:
    if paragraph.kind == "table-row":
        return
    lines = paragraph.lines
    level = styles.level(lines, bold_page=bold_page)
    if level:
        paragraph.kind, paragraph.level = "heading", level
    elif not LETTERS.search(" ".join(line.text for line in lines)):
        paragraph.kind = "table-row"  # figures of a chart or a table
    elif BULLET.match(lines[0].text) or ENUMERATED.match(lines[0].text):
        paragraph.kind = "list-item" if not lines[0].text[0].isdigit() else "paragraph"


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


def _over_text(found: list[Paragraph]) -> list[Paragraph]:
    """Headings of columns, which a file may have before all text, before what is below them."""
    ordered = list(found)
    headings = [paragraph for paragraph in found if paragraph.kind == "heading"]
    for heading in sorted(headings, key=lambda p: p.lines[0].top, reverse=True):
        below = _below(heading, found)
        if below is not None:
            ordered = [paragraph for paragraph in ordered if paragraph is not heading]
            place = next(i for i, paragraph in enumerate(ordered) if paragraph is below)
            ordered.insert(place, heading)
    return ordered


def _below(heading: Paragraph, found: Sequence[Paragraph]) -> Paragraph | None:
    """What begins closely below a heading and not beside it."""
    last = heading.lines[-1]
    near = (
        paragraph
        for paragraph in found
        if 0 < paragraph.lines[0].top - last.top < NEAR_LINES * last.size
        and paragraph.lines[0].x0 < last.x1
        and last.x0 < paragraph.lines[0].x1
    )
    return min(near, key=lambda paragraph: paragraph.lines[0].top, default=None)


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
    places = tuple(_places(paragraph.lines))
    return DraftBlock(text, paragraph.kind, paragraph.level, page, tuple(breaks), places)


def _places(lines: Sequence[Line]) -> Iterator[Place]:
    """One for each run of lines under each other."""
    runs: list[list[Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        if last is None or last.page != line.page or line.top < last.top - line.size:
            runs.append([])
        runs[-1].append(line)
    for run in runs:
        yield Place(
            run[0].page,
            min(line.x0 for line in run),
            min(line.top for line in run),
            max(line.x1 for line in run),
            max(line.bottom for line in run),
        )
