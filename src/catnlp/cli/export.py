"""catnlp export"""

from pathlib import Path

import click

from catnlp.cli.options import (
    OutPath,
    category_option,
    country_option,
    min_score_option,
    status_option,
    store_argument,
)


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(["jsonl", "csv"]))
@store_argument
@click.option("-o", "--output", type=OutPath, default="-", help="File to write; - is stdout.")
@country_option
@category_option
@status_option
@min_score_option
def export(
    format_: str,
    store: Path,
    output: Path,
    countries: tuple[str, ...],
    categories: tuple[str, ...],
    statuses: tuple[str, ...],
    min_score: float | None,
) -> None:
    """Write flags from STORE as FORMAT (jsonl or csv); `catnlp schema flag` describes them."""
    from catnlp.export import EXPORTERS, Filters, flags
    from catnlp.store import open_store

    filters = Filters(
        countries=countries, categories=categories, statuses=statuses, min_score=min_score or 0.0
    )
    with (
        open_store(store, read_only=True) as opened,
        click.open_file(str(output), "w", encoding="utf-8") as stream,
    ):
        EXPORTERS[format_](flags(opened, filters), stream)
