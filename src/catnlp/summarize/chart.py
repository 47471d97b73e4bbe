"""Mentions by category and status as inline SVG; the table beside it has the figures."""

from collections.abc import Sequence
from html import escape

from catnlp.domain import CategoryCount
from catnlp.taxonomy import taxonomy

ROW, LABEL, BARS = 22, 250, 420


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
