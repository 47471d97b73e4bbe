"""The page of a timeline: the picture, and tables with the same figures."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from catnlp.domain import ArmsSale
from catnlp.summarize.axis import axis, first_year
from catnlp.summarize.templating import template
from catnlp.summarize.timeline import KNOWN, Mark, Timeline, by_group, shown
from catnlp.taxonomy import taxonomy


@dataclass(frozen=True, slots=True)
class YearRow:
    """What stands in one year."""

    year: int
    counts: tuple[int, ...]  # by group
    sales: tuple[ArmsSale, ...]
    marks: tuple[Mark, ...]


def as_html(timeline: Timeline) -> str:
    """A page that needs no other file."""
    groups = by_group(timeline.points)
    return template("timeline.html").render(
        t=timeline,
        picture=Markup(axis(timeline)),
        shown=KNOWN,
        first=shown,
        earlier=sum(point.when.year < first_year(timeline) for point in timeline.points),
        categories={c.id: c.label for c in taxonomy().categories},
        groups=[(g, taxonomy().groups[g]) for g in groups],
        years=_years(timeline),
    )


def _years(timeline: Timeline) -> list[YearRow]:
    groups = by_group(timeline.points)
    counts = {g: Counter(int(p.when.year) for p in held) for g, held in groups.items()}
    sales = [entry.sale for entry in timeline.entries if entry.sale.date]
    named = {year for counted in counts.values() for year in counted}
    named |= {int(sale.date[:4]) for sale in sales}
    named |= {int(mark.date[:4]) for mark in timeline.marks} if named else set()
    return [
        YearRow(
            year,
            tuple(counts[g][year] for g in groups),
            tuple(sale for sale in sales if sale.date[:4] == str(year)),
            tuple(mark for mark in timeline.marks if mark.date[:4] == str(year)),
        )
        for year in sorted(named)
    ]
