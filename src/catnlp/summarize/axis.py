"""The axis of time as inline SVG: evidence above, sales below, policy as lines across."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from catnlp.sales.when import When
from catnlp.summarize.timeline import Entry, Mark, Point, Timeline, by_group
from catnlp.summarize.words import sale_line
from catnlp.taxonomy import taxonomy

WIDTH, LEFT, ROW, TOP = 1080, 190, 46, 64
MOST_RADIUS = 15.0
YEARS_BEFORE = 8
LANES = 4  # rows of sales, so that those near in time do not lie upon each other


def axis(timeline: Timeline) -> str:
    """Circles are mentions of a group in a year, their area the number; diamonds are sales.

    Empty where nothing has a date.
    """
    dated = [entry for entry in timeline.entries if entry.sale.date]
    years = [p.when.year for p in timeline.points] + [_at(e.sale.date) for e in dated]
    if not years:
        return ""
    first = first_year(timeline)
    last = int(max([*years, *(_at(mark.date) for mark in timeline.marks)])) + 1
    scale = Scale(first, last)
    groups = by_group(timeline.points)
    lanes = min(LANES, max(1, len(dated)))
    base = TOP + ROW * len(groups)
    height = base + 40 + 26 * lanes + 14
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Evidence and arms sales of '
        f'{escape(timeline.name)} by year; the tables have the same">',
        *_years(scale, base),
        *_marks(timeline.marks, scale, height),
    ]
    for row, (group, points) in enumerate(groups.items()):
        parts += _row(group, points, scale, TOP + ROW * row + ROW / 2)
    parts += _sales(dated, scale, base + 48, lanes)
    return "".join([*parts, "</svg>"])


def first_year(timeline: Timeline) -> int:
    """Where the axis begins: with the first mention, but not long before the first sale or mark."""
    named = [int(p.when.year) for p in timeline.points]
    fixed = [int(_at(mark.date)) for mark in timeline.marks]
    fixed += [int(_at(entry.sale.date)) for entry in timeline.entries if entry.sale.date]
    return max(min(named + fixed), min(fixed) - YEARS_BEFORE)


class Scale:
    """Years to places on the axis."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def __call__(self, year: float) -> float:
        return LEFT + (year - self.first) / max(1, self.last - self.first) * (WIDTH - LEFT - 20)


def _at(date: str) -> float:
    return When(date, "").year


def _years(scale: Scale, base: int) -> Iterator[str]:
    step = max(1, -(-(scale.last - scale.first) // 20))
    yield f'<line class="axis" x1="{LEFT}" y1="{base + 4}" x2="{WIDTH - 20}" y2="{base + 4}"/>'
    for year in range(scale.first, scale.last + 1):
        x = scale(year)
        yield f'<line class="axis" x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{base + 8}"/>'
        if year < scale.last and (year - scale.first) % step == 0:
            x = scale(year + 0.5)
            yield f'<text x="{x:.1f}" y="{base + 22}" text-anchor="middle">{year}</text>'


def _marks(marks: Sequence[Mark], scale: Scale, height: int) -> Iterator[str]:
    for mark in marks:
        x = scale(_at(mark.date))
        anchor, dx = ("end", -6) if x > WIDTH / 2 else ("start", 6)
        yield (
            f'<line class="policy" x1="{x:.1f}" y1="18" x2="{x:.1f}" y2="{height - 8}"/>'
            f'<text class="policy" x="{x + dx:.1f}" y="28" text-anchor="{anchor}">{mark.date}: '
            f"{escape(mark.label)}</text>"
        )


def _row(group: str, points: Sequence[Point], scale: Scale, y: float) -> Iterator[str]:
    label = escape(taxonomy().groups[group])
    counted = Counter(int(point.when.year) for point in points)
    most = max(counted.values())
    yield f'<text x="{LEFT - 24}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    widest = min(MOST_RADIUS, (scale(1) - scale(0)) / 2 - 1)
    for year, count in sorted(counted.items()):
        if year < scale.first:
            continue
        radius = max(2.0, widest * (count / most) ** 0.5)
        x = scale(year + 0.5)
        yield (
            f'<circle class="event" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{year}, '
            f"{label}: {count} mention{'' if count == 1 else 's'}</title></circle>"
        )
        if radius > 9:
            at = f'x="{x:.1f}" y="{y + 4:.1f}"'
            yield f'<text class="in" {at} text-anchor="middle">{count}</text>'


def _sales(entries: Sequence[Entry], scale: Scale, top: int, lanes: int) -> Iterator[str]:
    yield f'<text x="{LEFT - 24}" y="{top + 4}" text-anchor="end">Arms sales</text>'
    for number, entry in enumerate(entries):
        x, y = scale(_at(entry.sale.date)), top + 26 * (number % lanes)
        if len(entry.sale.date) == 4:
            x = scale(int(entry.sale.date) + 0.5)
        yield (
            f'<a href="#{entry.sale.id}"><path class="sale" d="M{x - 8:.1f} {y} l8 -8 8 8 -8 8 z">'
            f"<title>{escape(sale_line(entry.sale))}</title></path></a>"
        )
