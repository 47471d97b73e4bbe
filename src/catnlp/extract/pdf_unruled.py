"""Tables without rules: columns from the gaps through the rows, rows from their figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catnlp.extract.pdf_lines import Line, PageText, Piece
from catnlp.extract.pdf_style import FIGURE, LEADER, is_row
from catnlp.extract.pdf_tables import row_line, tears

FEWEST_ROWS, FEWEST_COLUMNS = 4, 3
GAP = 2  # points without text, in all rows but a few: the border of a column
COVERED, COVERED_ROWS = 0.03, 1.0  # of the rows, and rows, may reach into a gap
FIGURES = 0.7  # of the cells of a column are figures: it tells where rows are
MANY_ROWS, WORD_SPACE = 8, 0.45  # of the size of type
SAME_HEIGHT = 0.3  # of the size of type


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row stands, and its cells by column."""

    height: float
    cells: dict[int, list[Piece]]


def with_unruled(text: PageText, lines: list[Line]) -> list[Line]:
    """The lines, with those of a table without rules replaced by one line a row."""
    rows = [line for line in lines if not line.starts and is_row(line) and not _is_contents(line)]
    if len(rows) < FEWEST_ROWS:
        return lines
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    size = sorted(row.size for row in rows)[len(rows) // 2]
    borders = _borders(text, rows, [line for line in lines if _is_beside(line, rows)])
    if len(borders) + 1 < FEWEST_COLUMNS:
        return lines
    inside = [
        line
        for line in lines
        if top - 2.5 * size < line.middle < bottom + 3.5 * size and _is_like(line, rows, size)
    ]
    table, taken = _table(text, inside, borders, size)
    if len(table) < FEWEST_ROWS:
        return lines
    return _replaced(lines, inside, taken, table)


def _is_contents(line: Line) -> bool:
    return LEADER.search(line.text) is not None


def _is_like(line: Line, rows: Sequence[Line], size: float) -> bool:
    """Set like the rows: neither a heading between them nor a note under them."""
    if line.starts or abs(line.size - size) > 0.15 * size:
        return False
    return not line.bold or is_row(line) or all(row.bold for row in rows)


def _is_beside(line: Line, rows: Sequence[Line]) -> bool:
    """A row, or a part of one that the file holds apart."""
    return not line.starts and any(row.top < line.middle < row.bottom for row in rows)


def _borders(text: PageText, rows: Sequence[Line], parts: Sequence[Line]) -> list[float]:
    """Where the gaps end that hardly any row covers: long cells reach into them from the left."""
    left, right = int(min(part.x0 for part in parts)), int(max(part.x1 for part in parts)) + 1
    covered = [0] * (right - left + 1)
    for row in parts:
        bridge = 0.0 if len(rows) >= MANY_ROWS else WORD_SPACE * row.size
        places = {
            place
            for start, end in _bridged(text.extents(row), bridge)
            for place in range(max(left, int(start)), min(right, int(end) + 1))
        }
        for place in places:
            covered[place - left] += 1
    most = max(COVERED_ROWS, COVERED * len(rows))
    borders, begun = [], None
    for place, count in enumerate(covered):
        if count <= most:
            begun = place if begun is None else begun
        elif begun is not None:
            if place - begun >= GAP and begun > 0:
                borders.append(left + place - 0.5)
            begun = None
    return borders


def _bridged(
    extents: Sequence[tuple[float, float]], bridge: float
) -> Iterator[tuple[float, float]]:
    """The characters, and with few rows the spaces, which might be a gap by chance."""
    yield from extents
    for (_, end), (start, _) in pairwise(extents):
        if 0 < start - end < bridge:
            yield end, start


def _table(
    text: PageText, lines: Sequence[Line], borders: Sequence[float], size: float
) -> tuple[list[Row], set[int]]:
    """The rows, and the ids of the lines that they are made of."""
    pieces = {id(line): text.pieces(line, borders) for line in lines}
    for line in lines:
        if not is_row(line) and _is_across(pieces[id(line)]):
            del pieces[id(line)]
    every = [piece for found in pieces.values() for piece in found]
    heights = _heights(every, len(borders) + 1, size)
    if len(heights) < FEWEST_ROWS:
        return [], set()
    centred = any(
        SAME_HEIGHT * size < min(abs(piece.middle - height) for height in heights) < 0.75 * size
        for piece in every
    )
    rows = [Row(height, {}) for height in heights]
    taken: set[int] = set()
    for number, found in pieces.items():
        for piece in found:
            row = _row_of(piece, rows, every, size, centred=centred)
            if row is not None:
                row.cells.setdefault(piece.column, []).append(piece)
                taken.add(number)
    return [row for row in rows if row.cells], taken


def _is_across(pieces: Sequence[Piece]) -> bool:
    """A line that runs over the columns, such as a source under the table."""
    return any(tears(piece.text, other.text) for piece, other in pairwise(pieces))


def _heights(pieces: Sequence[Piece], columns: int, size: float) -> list[float]:
    """Where rows stand: where figures stand in columns of figures, or cells in most columns."""
    by_column: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_column.setdefault(piece.column, []).append(piece)
    figures = {column for column, found in by_column.items() if _are_figures(found)}
    clusters: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if clusters and piece.middle - clusters[-1][0].middle < SAME_HEIGHT * size:
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return [
        sum(piece.middle for piece in cluster) / len(cluster)
        for cluster in clusters
        if len({piece.column for piece in cluster}) > columns / 2
        or len({piece.column for piece in cluster} & figures) > 1
    ]


def _are_figures(pieces: Sequence[Piece]) -> bool:
    figures = sum(FIGURE.match(piece.text.strip()) is not None for piece in pieces)
    return figures > FIGURES * len(pieces)


def _row_of(
    piece: Piece, rows: Sequence[Row], every: Sequence[Piece], size: float, *, centred: bool
) -> Row | None:
    """The row of a cell's line: the nearest, or the last that began, as the table is set."""
    if not centred:
        begun = [row for row in rows if row.height < piece.middle + SAME_HEIGHT * size]
        near = begun[-1] if begun else None
        return near if near and piece.middle - near.height < 8 * size else None
    by_distance = sorted(rows, key=lambda row: abs(row.height - piece.middle))
    distance = abs(by_distance[0].height - piece.middle)
    if distance > 4 * size:
        return None
    equal = [r for r in by_distance[:2] if abs(r.height - piece.middle) < distance + 0.2 * size]
    for row in equal:
        mirrored = 2 * row.height - piece.middle
        if any(p.column == piece.column and abs(p.middle - mirrored) < 1 for p in every):
            return row
    return by_distance[0]


def _replaced(
    lines: list[Line], inside: Sequence[Line], taken: set[int], table: Sequence[Row]
) -> list[Line]:
    """Rows in the places of the lines they are made of, headings between them as they stand."""
    members = [line for line in inside if id(line) in taken]
    made = {row.height: _line(row, members) for row in table}
    waiting = sorted(made)
    result: list[Line] = []
    for line in lines:
        if id(line) not in taken:
            if _stands_between(line, members):
                while waiting and waiting[0] < line.top:
                    result.append(made[waiting.pop(0)])
            result.append(line)
        elif line is members[-1]:
            result += [made[height] for height in waiting]
            waiting = []
        else:
            while waiting and waiting[0] < line.top:
                result.append(made[waiting.pop(0)])
    return result


def _stands_between(line: Line, members: Sequence[Line]) -> bool:
    return members[0].top < line.top < members[-1].bottom


def _line(row: Row, members: Sequence[Line]) -> Line:
    near = min(members, key=lambda line: abs(line.middle - row.height))
    cells = {
        column: [piece.text for piece in sorted(found, key=lambda p: p.middle)]
        for column, found in row.cells.items()
    }
    return row_line(near, cells, [piece for found in row.cells.values() for piece in found])
