"""Charts as inline SVG; the table beside each has the same figures."""

from collections.abc import Iterator, Sequence
from html import escape

from catnlp.domain import CategoryCount, Period
from catnlp.summarize.periods import enough
from catnlp.taxonomy import FLAG_STATUSES, taxonomy

ROW, LABEL, BARS = 22, 250, 420
COLUMN, HEIGHT, FOOT = 84, 150, 44


def bar_chart(counts: Sequence[CategoryCount]) -> str:
    """Stacked bars, one a category; each status is a CSS class. Empty where nothing is counted."""
    if not counts:
        return ""
    most = max(sum(count.by_status.values()) for count in counts)
    height = ROW * len(counts) + 4
    parts = [
        f'<svg viewBox="0 0 {LABEL + BARS + 50} {height}" role="img" '
        'aria-label="Mentions by category and status; the table has the same figures">'
    ]
    for row, count in enumerate(counts):
        parts += _bar(row, count, most)
    return "".join([*parts, "</svg>"])


def _bar(row: int, count: CategoryCount, most: int) -> list[str]:
    y = row * ROW
    label = escape(taxonomy().category(count.category).label)
    parts = [f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{label}</text>']
    x = float(LABEL)
    for status in taxonomy().statuses:
        width = count.by_status.get(status, 0) / most * BARS
        if width:
            parts.append(
                f'<rect class="{status}" x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="14">'
                f"<title>{label}: {count.by_status[status]} {status}</title></rect>"
            )
            x += width
    total = sum(count.by_status.values())
    parts.append(f'<text x="{x + 6:.1f}" y="{y + 15}">{total}</text>')
    return parts


def timeline(periods: Sequence[Period], sale_years: Sequence[str]) -> str:
    """Columns of what is affirmed and alleged by year, with a diamond for each arms sale; no
    column where too little is written on the country."""
    periods = [period for period in periods if enough(period)]
    years = sorted({p.year for p in periods if p.year} | {y for y in sale_years if y})
    if not periods or not years:
        return ""
    by_year = {p.year: p for p in periods}
    rates = {y: rate(by_year[y]) for y in years if y in by_year}
    most = max(rates.values(), default=0.0) or 1.0
    label = "Affirmed and alleged mentions for 1,000 sentences by year, and arms sales"
    parts = [
        f'<svg viewBox="0 0 {COLUMN * len(years) + 20} {HEIGHT + FOOT}" role="img" '
        f'style="max-width:{COLUMN * len(years) + 20}px" '
        f'aria-label="{label}; the tables have the same figures">'
    ]
    for number, year in enumerate(years):
        x = 10 + number * COLUMN
        if year in by_year:
            parts += _column(x, by_year[year], most)
        parts.append(
            f'<text x="{x + 30}" y="{HEIGHT + 16}" text-anchor="middle">{escape(year)}</text>'
        )
        for sale in range(sum(y == year for y in sale_years)):
            parts.append(
                f'<path class="sale" d="M{x + 10 + sale * 14} {HEIGHT + 32} l6 -6 6 6 -6 6 z">'
                f"<title>arms sale, {escape(year)}</title></path>"
            )
    return "".join([*parts, "</svg>"])


def rate(period: Period) -> float:
    """Affirmed and alleged mentions for 1,000 sentences read of the year."""
    flags = sum(period.by_status.get(status, 0) for status in FLAG_STATUSES)
    return 1000 * flags / period.sentences if period.sentences else 0.0


def _column(x: int, period: Period, most: float) -> Iterator[str]:
    y = float(HEIGHT)
    for status in FLAG_STATUSES:
        count = period.by_status.get(status, 0)
        height = 1000 * count / period.sentences / most * (HEIGHT - 24) if period.sentences else 0
        y -= height
        yield (
            f'<rect class="{status}" x="{x}" y="{y:.1f}" width="60" height="{height:.1f}">'
            f"<title>{period.year}: {count} {status}</title></rect>"
        )
    yield f'<text x="{x + 30}" y="{y - 5:.1f}" text-anchor="middle">{rate(period):.0f}</text>'
