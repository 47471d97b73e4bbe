"""Country pages (HTML, Markdown) and the index, from templates in the package."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as percent

from markupsafe import Markup

from catnlp.domain import ArmsSale, CountrySummary, Evidence
from catnlp.gazetteer import country_name
from catnlp.settings import Settings
from catnlp.store import Store
from catnlp.summarize.chart import bar_chart
from catnlp.summarize.country import summarize_country
from catnlp.taxonomy import taxonomy

if TYPE_CHECKING:
    from jinja2 import Environment

UNCERTAIN = 0.6  # scores below are marked for review
FRAGMENT_WORDS = 8  # words at either end of a quote in a text fragment


def write_pages(
    store: Store, out: Path, *, settings: Settings, countries: Sequence[str] = ()
) -> list[CountrySummary]:
    """`countries/XXX.html`, `countries/XXX.md` and `index.html`; returns what they show."""
    folder = out / "countries"
    folder.mkdir(parents=True, exist_ok=True)
    summaries, rows = [], []
    for code in countries or store.countries():
        summary = summarize_country(store, code, settings)
        rows.append(_index_row(summary))
        for suffix in ("html", "md"):
            path = folder / f"{code}.{suffix}"
            text = _environment().get_template(f"country.{suffix}").render(_values(summary))
            _write(path, text)
        summaries.append(summary)
    rows.sort(key=lambda row: (-row["flags"], row["name"]))
    inputs = list(store.inputs())
    documents, sentences = store.extent()
    index = _environment().get_template("index.html").render(
        rows=rows, groups=taxonomy().groups, inputs=inputs, documents=documents,
        sentences=sentences, unread=store.unread(),
    )  # fmt: skip
    _write(out / "index.html", index)
    return summaries


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _values(summary: CountrySummary) -> dict[str, Any]:
    loaded = taxonomy()
    years = sorted({date[:4] for _, _, date in summary.sources if date})
    return {
        "s": summary,
        "uncertain": UNCERTAIN,
        "categories": {c.id: c for c in loaded.categories},
        "groups": loaded.groups,
        "statuses": loaded.status_labels,
        "actors": {a.id: a.label for a in loaded.actor_labels},
        "years": f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years),
        "chart": Markup(bar_chart(summary.counts)),
        "total": sum(sum(c.by_status.values()) for c in summary.counts),
    }


def _index_row(summary: CountrySummary) -> dict[str, Any]:
    groups = dict.fromkeys(taxonomy().groups, 0)
    flags = other = 0
    group_of = {c.id: c.group for c in taxonomy().categories}
    for count in summary.counts:
        raised = count.by_status.get("affirmed", 0) + count.by_status.get("alleged", 0)
        groups[group_of[count.category]] += raised
        flags += raised
        other += sum(count.by_status.values()) - raised
    return {
        "code": summary.country,
        "name": summary.name,
        "groups": groups,
        "flags": flags,
        "other": other,
        "sales": len(summary.sales),
        "documents": summary.documents,
    }


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("catnlp.summarize", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        marked=marked, place=place, source_link=source_link, money=money, items=items,
        country=country_name, md=markdown, responsible=responsible, number=lambda n: f"{n:,}",
    )  # fmt: skip
    return environment


def marked(evidence: Evidence) -> Markup:
    """The quote with its trigger marked, character for character."""
    start = evidence.mention.start - evidence.quote_start
    end = evidence.mention.end - evidence.quote_start
    quote = evidence.quote
    return Markup("{}<mark>{}</mark>{}").format(quote[:start], quote[start:end], quote[end:])


def place(evidence: Evidence) -> str:
    """Page (printed label, and index where it differs), or paragraph."""
    if evidence.page is None:
        return f"paragraph {evidence.paragraph}"
    if evidence.page_label and evidence.page_label != str(evidence.page):
        return f"page {evidence.page_label} (page {evidence.page} of the file)"
    return f"page {evidence.page}"


def source_link(evidence: Evidence) -> str:
    """A link that opens the source at the place: a page of a PDF, or a text fragment."""
    if evidence.url.startswith(("http://", "https://")) and evidence.page is None:
        words = evidence.quote.split()
        ends = [" ".join(words[:FRAGMENT_WORDS])]
        if len(words) > 2 * FRAGMENT_WORDS:
            ends.append(" ".join(words[-FRAGMENT_WORDS:]))
        fragment = ",".join(percent(end, safe="").replace("-", "%2D") for end in ends)
        return f"{evidence.url}#:~:text={fragment}"
    path = Path(evidence.uri.split("#row=")[0])
    address = path.resolve().as_uri() if path.exists() else ""
    return f"{address}#page={evidence.page}" if address and evidence.page else address


def responsible(evidence: Evidence) -> str:
    """Who is responsible, where it is not the state of the page."""
    states = [country_name(k.country) for k in evidence.links if k.role == "responsible"]
    if states:
        return "responsible: " + ", ".join(states)
    return f"{taxonomy_label(evidence.mention.actor)} actor, no state named as responsible"


def taxonomy_label(actor: str) -> str:
    return next(label.label for label in taxonomy().actor_labels if label.id == actor)


def money(sale: ArmsSale) -> str:
    """ "up to USD 997 million"."""
    if sale.value is None:
        return ""
    for scale, word in ((1e9, " billion"), (1e6, " million")):
        if sale.value >= scale:
            amount = f"{sale.value / scale:,.2f}".rstrip("0").rstrip(".") + word
            break
    else:
        amount = f"{sale.value:,.0f}"
    return f"{'up to ' if sale.value_is_upper_estimate else ''}{sale.currency} {amount}"


def items(sale: ArmsSale) -> str:
    """Items with their quantities, separated by semicolons."""
    return "; ".join(f"{i.quantity:,} {i.name}" if i.quantity else i.name for i in sale.items)


def markdown(text: object) -> str:
    """Text with the characters escaped that Markdown would read as marks."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", str(text)).replace("\n", " ")
