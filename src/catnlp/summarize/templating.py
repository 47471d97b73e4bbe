"""The templates in the package, and what they can call."""

from functools import cache
from typing import TYPE_CHECKING

from catnlp.gazetteer import country_in_text, country_name
from catnlp.summarize.chart import rate
from catnlp.summarize.periods import ENOUGH, change, enough, incomparable
from catnlp.summarize.places import place, source_link
from catnlp.summarize.words import (
    first_up,
    happened,
    items,
    markdown,
    marked,
    money,
    rejected,
    responsible,
    said_by,
    sale_line,
    units_named,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FILTERS = {
    "marked": marked, "place": place, "source_link": source_link, "money": money, "items": items,
    "country": country_name, "in_text": country_in_text, "sale_line": sale_line, "md": markdown,
    "responsible": responsible, "said_by": said_by,
    "rate": lambda period: f"{rate(period):.0f}" if enough(period) else "–",
    "first_up": first_up, "happened": happened, "units_named": units_named,
    "rejected": rejected, "number": lambda n: f"{n:,}",
}  # fmt: skip


def template(name: str) -> "Template":
    return _environment().get_template(name)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("catnlp.summarize", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(FILTERS)
    environment.globals.update(
        change=change, enough=enough, incomparable=incomparable, least=ENOUGH
    )
    return environment
