"""catnlp summarize"""

from pathlib import Path

import click

from catnlp.cli.options import Folder, country_option, min_score_option, store_argument


@click.command()
@store_argument
@click.option("-o", "--out", type=Folder, required=True, help="Folder for the pages.")
@country_option
@min_score_option
@click.option("--quotes", type=click.IntRange(1), help="Quotes of a category on a page.")
def summarize(
    store: Path, out: Path, countries: tuple[str, ...], min_score: float | None, quotes: int | None
) -> None:
    """Write country pages (HTML and Markdown) and an index from STORE."""
    from catnlp.settings import load_settings
    from catnlp.store import open_store
    from catnlp.summarize import write_pages

    settings = load_settings(min_score=min_score, quotes=quotes)
    with open_store(store, read_only=True) as opened:
        written = write_pages(opened, out, settings=settings, countries=countries)
    click.echo(f"pages of {len(written)} countries in {out}", err=True)
