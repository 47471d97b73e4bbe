"""catnlp store"""

import json
from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import (
    category_option,
    country_option,
    folder_type,
    json_option,
    new_store_argument,
    store_argument,
)


@click.group()
def store() -> None:
    """A store as a whole: count, move as Parquet, share on a PostgreSQL server.

    STORE is a file (catnlp.db), or postgresql://USER@HOST/NAME, in every command. Leave the
    password out of the address: PGPASSWORD or ~/.pgpass keep it from others.
    """


@store.command()
@store_argument
@country_option
@category_option
@json_option
def counts(
    store: Where, countries: tuple[str, ...], categories: tuple[str, ...], as_json: bool
) -> None:
    """Count mentions by responsible country, category and year of publication."""
    from catnlp.store import open_store

    with open_store(store, read_only=True) as opened:
        for row in opened.counts():
            country, category, year, mentions = row
            if (countries and country not in countries) or (
                categories and category not in categories
            ):
                continue
            if as_json:
                names = ("country", "category", "year", "mentions")
                click.echo(json.dumps(dict(zip(names, row, strict=True))))
            else:
                click.echo(f"{country}  {category:28} {year or 'undated':7} {mentions:7,}")


@store.command("export")
@store_argument
@click.argument("folder", type=folder_type())
def export_(store: Where, folder: Path | str) -> None:
    """Write all of STORE to FOLDER as Parquet, by country and year; decisions included.

    Opens in DuckDB, pandas and Spark. `catnlp store import` makes a store of it again. FOLDER can
    be an address, as s3://BUCKET/FOLDER (needs catnlp[remote] and s3fs).
    """
    from catnlp.store import open_store
    from catnlp.store.moving import export_to

    with open_store(store, read_only=True) as opened:
        _report(export_to(opened, folder), folder)


@store.command("import")
@new_store_argument
@click.argument("folder", type=folder_type(exists=True))
def import_(store: Where, folder: Path | str) -> None:
    """Make STORE, new or empty, of what `catnlp store export` wrote to FOLDER."""
    from catnlp.store import open_store
    from catnlp.store.moving import import_from

    with open_store(store) as opened:
        _report(import_from(opened, folder), store)


@store.command()
def roles() -> None:
    """Print the SQL that makes the roles reader, reviewer and runner on a PostgreSQL server."""
    from importlib.resources import files

    click.echo(files("catnlp.store").joinpath("roles.sql").read_text("utf-8"), nl=False)


def _report(rows: dict[str, int], where: Where | str) -> None:
    click.echo(
        f"{rows.get('documents', 0):,} documents, {rows.get('mentions', 0):,} mentions, "
        f"{rows.get('decisions', 0):,} decisions in {where}",
        err=True,
    )
