"""catnlp summarize"""

from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import Folder, country_option, min_score_option, store_argument


@click.command()
@store_argument
@click.option("-o", "--out", type=Folder, required=True, help="Folder for the pages.")
@country_option
@min_score_option
@click.option("--quotes", type=click.IntRange(1), help="Quotes of a category on a page.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "md", "json", "docx"]),
    help="May be given again (default: html, md and json).",
)
@click.option("--compare", is_flag=True, help="A page with the named countries side by side, too.")
def summarize(
    store: Where,
    out: Path,
    countries: tuple[str, ...],
    min_score: float | None,
    quotes: int | None,
    formats: tuple[str, ...],
    compare: bool,
) -> None:
    """Write country pages and an index from STORE; with --compare, countries side by side.

    What names no country is listed in countries/none.html.
    """
    from catnlp.cli.output import unlinked_line
    from catnlp.errors import UsageError
    from catnlp.settings import load_settings
    from catnlp.store import NO_COUNTRY, open_store
    from catnlp.summarize import USUAL, unlinked_counts, write_comparison, write_pages

    if compare and len({*countries} - {NO_COUNTRY}) < 2:
        raise UsageError("--compare needs two countries or more: -c ETH -c KEN")
    settings = load_settings(min_score=min_score, quotes=quotes)
    with open_store(store, read_only=True) as opened:
        written = write_pages(
            opened, out, settings=settings, countries=countries, formats=formats or USUAL
        )
        unlinked = sum(unlinked_counts(opened, settings).values())
    if compare:
        click.echo(write_comparison(written, out), err=True)
    click.echo(f"pages of {len(written)} countries in {out}", err=True)
    if unlinked:
        click.echo(unlinked_line(unlinked, out), err=True)
