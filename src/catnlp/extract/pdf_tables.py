"""Tables with ruled lines: rows of cells instead of lines of text."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from catnlp.extract.clean import clean
from catnlp.extract.pdf_lines import Box, Line, PageText, Piece

FEWEST_PATHS = 12
MOST_PATHS = 20_000
PATH_OBJECT = 2
THIN = 3.0  # points: a rule, not an area
NEAR = 2.5  # points: the same rule, drawn in pieces
GUTTER = 10.0  # points between two columns of the page, not of a table
MOST_TORN = 0.04  # of the lines, with a border through a word
LEAST_ROWS, LEAST_COLUMNS = 2, 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Where rules run: heights of the rows' borders, left and right borders of the columns."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]


def with_tables(page: Any, text: PageText, lines: list[Line]) -> list[Line]:
    """The lines, with those inside ruled tables replaced by one line a row."""
    boxes = _path_boxes(page, text)
    if not boxes:
        return lines
    result = lines
    for grid in _grids(boxes):
        result = _replace(grid, result, text)
    return result


def _path_boxes(page: Any, text: PageText) -> list[Box]:
    import ctypes

    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page)
    paths = []
    for place in range(count):
        found = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(found) == PATH_OBJECT:
            paths.append(found)
    if not FEWEST_PATHS <= len(paths) <= MOST_PATHS:
        return []
    edges = [ctypes.c_float() for _ in range(4)]
    boxes = []
    for path in paths:
        if pdfium.FPDFPageObj_GetBounds(path, *map(ctypes.byref, edges)):
            left, bottom, right, top = (edge.value for edge in edges)
            boxes.append(text.upright(left, bottom, right, top))
    return boxes


def _grids(boxes: Sequence[Box]) -> list[Grid]:
    """Tables: rules across and rules down that touch each other."""
    across: list[tuple[float, float, float]] = []  # height, from, to
    down: list[tuple[float, float, float]] = []  # place, from, to
    for box in boxes:
        width, height = box.x1 - box.x0, box.bottom - box.top
        if height <= THIN and width > 8:
            across.append(((box.top + box.bottom) / 2, box.x0, box.x1))
        elif width <= THIN and height > 5:
            down.append(((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif width > 8 and 5 < height < 300:
            across += [(box.top, box.x0, box.x1), (box.bottom, box.x0, box.x1)]
            down += [(box.x0, box.top, box.bottom), (box.x1, box.top, box.bottom)]
    grids = []
    for top, bottom in _spans([(start, end) for _, start, end in down]):
        lying = [rule for rule in across if top - NEAR < rule[0] < bottom + NEAR]
        standing = [rule for rule in down if rule[1] > top - NEAR and rule[2] < bottom + NEAR]
        for left, right in _spans([(start, end) for _, start, end in lying], GUTTER):
            rows = _merged([height for height, start, _ in lying if left <= start <= right])
            places = _merged([p for p, _, _ in standing if left - NEAR <= p <= right + NEAR])
            if len(rows) > LEAST_ROWS and len(places) > LEAST_COLUMNS:
                grids.append(Grid(tuple(rows), tuple(places)))
    return grids


def _spans(pieces: Sequence[tuple[float, float]], near: float = NEAR) -> list[tuple[float, float]]:
    """Runs of pieces that touch or overlap."""
    runs: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if runs and start <= runs[-1][1] + near:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs


def _merged(values: Sequence[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > NEAR:
            merged.append(value)
    return merged


def _replace(grid: Grid, lines: list[Line], text: PageText) -> list[Line]:
    top, bottom = grid.rows[0] - NEAR, grid.rows[-1] + NEAR
    left, right = grid.columns[0] - 8, grid.columns[-1] + 8
    inside = [
        line
        for line in lines
        if top < line.middle < bottom and left < line.x0 and line.x1 < right and not line.starts
    ]
    if len(inside) < LEAST_ROWS:
        return lines
    rows = _rows(grid, inside, text)
    if sum(len(row.starts) > 1 for row in rows) < LEAST_ROWS:
        return lines
    gone = {id(line) for line in inside}
    place = next(index for index, line in enumerate(lines) if id(line) in gone)
    before = [line for line in lines[:place] if id(line) not in gone]
    after = [line for line in lines[place:] if id(line) not in gone]
    return [*before, *rows, *after]


def _rows(grid: Grid, lines: Sequence[Line], text: PageText) -> list[Line]:
    """One line for each row that holds text, its cells divided by bars; none for a chart."""
    cells: dict[int, dict[int, list[str]]] = {}
    spans: dict[int, list[Line]] = {}
    torn = 0
    for line in lines:
        row = bisect_right(grid.rows, line.middle)
        spans.setdefault(row, []).append(line)
        pieces = text.pieces(line, grid.columns)
        torn += any(tears(one.text, other.text) for one, other in pairwise(pieces))
        for piece in pieces:
            cells.setdefault(row, {}).setdefault(piece.column, []).append(piece.text)
    if torn > MOST_TORN * len(lines):
        return []
    return [row_line(spans[row][0], cells[row], spans[row]) for row in sorted(cells)]


def tears(piece: str, following: str) -> bool:
    """A border that runs through a word is none of a table."""
    return piece[-1:].isalnum() and following[:1].isalnum() and piece[-1:].islower()


def row_line(
    like: Line, cells: Mapping[int, Iterable[str]], parts: Sequence[Line] | Sequence[Piece]
) -> Line:
    """A row as one line, cell by cell from the left, over the box of its parts."""
    texts = {column: clean(" ".join(pieces)) for column, pieces in sorted(cells.items())}
    return replace(
        like,
        text=" | ".join(text for text in texts.values() if text),
        x0=min(part.x0 for part in parts),
        x1=max(part.x1 for part in parts),
        top=min(part.top for part in parts),
        bottom=max(part.bottom for part in parts),
        hyphen=False,
        starts=tuple(float(column) for column in texts),
    )
