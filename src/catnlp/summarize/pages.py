"""Country pages in a table of formats, the page of what names none, the index, comparisons."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from catnlp.domain import CountrySummary
from catnlp.settings import Settings
from catnlp.store import NO_COUNTRY, Store
from catnlp.summarize.chart import bar_chart, timeline
from catnlp.summarize.compare import comparison
from catnlp.summarize.copies import Copies
from catnlp.summarize.country import summarize_country
from catnlp.summarize.docx import as_docx
from catnlp.summarize.index import index_page
from catnlp.summarize.parts import CHECK_FIRST, page_parts
from catnlp.summarize.record import as_json
from catnlp.summarize.strength import table
from catnlp.summarize.templating import template
from catnlp.summarize.unlinked import unlinked_counts, unlinked_page
from catnlp.taxonomy import taxonomy
from catnlp.taxonomy.criteria import criteria


def as_html(summary: CountrySummary) -> bytes:
    return template("country.html").render(_values(summary)).encode()


def as_markdown(summary: CountrySummary) -> bytes:
    return template("country.md").render(_values(summary)).encode()


PAGES: dict[str, Callable[[CountrySummary], bytes]] = {
    "html": as_html,
    "md": as_markdown,
    "json": lambda summary: as_json(summary).encode(),
    "docx": as_docx,
}
USUAL = ("html", "md", "json")


def write_pages(
    store: Store,
    out: Path,
    *,
    settings: Settings,
    countries: Sequence[str] = (),
    formats: Iterable[str] = USUAL,
) -> list[CountrySummary]:
    """`countries/XXX.html` and so on, `countries/none.html` and `index.html`; returns what the
    pages of countries show."""
    folder = out / "countries"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = tuple(formats)
    copies = Copies(store.originals())
    summaries = []
    for code in countries or store.countries():
        if code == NO_COUNTRY:
            continue
        summary = summarize_country(store, code, settings, copies=copies)
        for suffix in wanted:
            _write(folder / f"{code}.{suffix}", PAGES[suffix](summary))
        summaries.append(summary)
    unlinked = unlinked_counts(store, settings)
    _write_or_drop(folder / f"{NO_COUNTRY}.html", unlinked_page(store, settings, unlinked))
    _write(out / "index.html", index_page(store, settings, unlinked).encode())
    return summaries


def write_comparison(summaries: Sequence[CountrySummary], out: Path) -> Path:
    """`compare-AAA-BBB.html`."""
    path = out / f"compare-{'-'.join(s.country for s in summaries)}.html"
    _write(path, comparison(summaries).encode())
    return path


def _write_or_drop(path: Path, text: str) -> None:
    """An earlier page does not stay where there is nothing to say any more."""
    if text:
        _write(path, text.encode())
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(path.suffix + ".part")
    part.write_bytes(content)
    part.replace(path)


def _values(summary: CountrySummary) -> dict[str, Any]:
    loaded, law = taxonomy(), criteria()
    years = [period.year for period in summary.periods if period.year]
    sale_years = [sale.date[:4] for sale, _ in summary.sales]
    return {
        "s": summary,
        "parts": page_parts(summary),
        "check_first": CHECK_FIRST,
        "limits": table()["certainty"],
        "categories": {c.id: c for c in loaded.categories},
        "groups": loaded.groups,
        "statuses": loaded.status_labels,
        "actors": {a.id: a.label for a in loaded.actor_labels},
        "years": f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years),
        "chart": Markup(bar_chart(summary.counts)),
        "timeline": Markup(timeline(summary.periods, sale_years)),
        "total": sum(sum(c.by_status.values()) for c in summary.counts),
        "instruments": law.instruments,
        "criteria": {c.id: c for c in law.criteria},
        "linked_sales": {sale.id: sale for sale, _ in summary.sales},
    }
