"""catnlp sales"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import (
    country_option,
    files_argument,
    json_option,
    new_store_argument,
    store_argument,
)


@click.group()
def sales() -> None:
    """Arms sales of a store: from notices, reports and registers, one record for each sale."""


@sales.command("import")
@new_store_argument
@files_argument
@click.option(
    "--mapping",
    default="",
    metavar="NAME|FILE.toml",
    help="Which columns hold what (default: told from the columns; see `catnlp sales mappings`).",
)
def import_(store: Where, files: tuple[Path, ...], mapping: str) -> None:
    """Take registers in CSV, JSON or JSON lines (FILES) into STORE, and link them.

    The SIPRI trade register, lists of notifications (DSCA, Federal Register) and a generic form
    are known. A file that was imported before is replaced. A bad row is reported by its line
    and left out, one with a value or quantity that cannot be read is kept without it; exit code 1
    where there was either.
    """
    from catnlp.engine.run import sale_window
    from catnlp.sales.registers import read_register
    from catnlp.settings import load_settings
    from catnlp.store import open_store

    bad = 0
    registers = [read_register(file, mapping=mapping) for file in files]
    with open_store(store) as opened:
        for register in registers:
            opened.put_register(register)
            for row in register.bad:
                how = "kept without it" if row.kept else "left out"
                click.echo(f"{register.uri}:{row.line}: {how}: {row.reason}", err=True)
            left_out = sum(not row.kept for row in register.bad)
            click.echo(
                f"{register.uri}: {len(register.sales)} sales kept, {left_out} rows left out"
                f" ({register.label})",
                err=True,
            )
            bad += len(register.bad)
        opened.relink_sales(sale_window(load_settings()))
    if bad:
        raise SystemExit(1)


@sales.command("list")
@store_argument
@country_option
@json_option
def list_(store: Where, countries: tuple[str, ...], as_json: bool) -> None:
    """List the sales in STORE by recipient and date, each with its sources."""
    from catnlp.gazetteer import country_name
    from catnlp.store import open_store
    from catnlp.summarize.words import items, money

    with open_store(store, read_only=True) as opened:
        for country in countries or opened.countries():
            for sale, titles in opened.sales(country):
                if as_json:
                    click.echo(json.dumps(asdict(sale), ensure_ascii=False))
                    continue
                seller = country_name(sale.supplier) if sale.supplier else "not named"
                number = f", transmittal {sale.transmittal}" if sale.transmittal else ""
                click.echo(
                    f"{sale.date or 'undated'}  {seller} -> {country_name(sale.recipient)}, "
                    f"{sale.stage or 'stage not named'}{number}\n"
                    f"    {items(sale) or sale.title}{f'; {money(sale)}' if sale.value else ''}\n"
                    f"    {titles} ({sale.id})"
                )


@sales.command("links")
@store_argument
@country_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["explicit", "unit", "equipment", "recipient"]),
    help="Only links of this kind; may be given again.",
)
@json_option
def links(store: Where, countries: tuple[str, ...], kinds: tuple[str, ...], as_json: bool) -> None:
    """Links of mentions to sales in STORE: both quotes, the reason, what is against it."""
    from catnlp.store import open_store

    with open_store(store, read_only=True) as opened:
        for country in countries or opened.countries():
            for link in opened.sale_links(country):
                if kinds and link.kind not in kinds:
                    continue
                if as_json:
                    click.echo(json.dumps(asdict(link), ensure_ascii=False))
                    continue
                click.echo(
                    f"{country}  {link.kind} {link.score:.2f}: {link.reason}\n"
                    f"    mention  {link.mention_quote}\n"
                    f"    sale     {link.sale_quote}\n"
                    f"    against  {link.against}"
                )


@sales.command("mappings")
def show_mappings() -> None:
    """Show the mappings that ship; a TOML file of the same form can be given to `import`."""
    from importlib.resources import files

    click.echo(files("catnlp.sales").joinpath("registers.toml").read_text("utf-8"), nl=False)
