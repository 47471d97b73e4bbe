"""catnlp export"""

from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from catnlp.address import Where
from catnlp.cli.options import (
    OutPath,
    actor_option,
    category_option,
    country_option,
    min_score_option,
    status_option,
    store_argument,
)
from catnlp.export import EXPORTERS, load_plugins

load_plugins()
if TYPE_CHECKING:
    from catnlp.export import Filters
    from catnlp.store import Store


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose flags."""
    date = "ISO date of publication, as precise as wanted (2023, 2023-04)."
    for option in reversed(
        (
            country_option,
            category_option,
            status_option,
            actor_option,
            click.option(
                "--role",
                "roles",
                multiple=True,
                type=click.Choice(["responsible", "location"]),
                help="Only where the country is responsible, or only the place.",
            ),
            click.option(
                "--criterion",
                "criteria",
                multiple=True,
                help="Only what bears on this criterion (att.7.4), or on one of an "
                "instrument (att); may be given again.",
            ),
            click.option(
                "--source",
                "sources",
                multiple=True,
                help="Only with these words in publisher, title or address; may be given again.",
            ),
            click.option("--since", default="", help=f"Published in or after this {date}"),
            click.option("--until", default="", help=f"Published in or before this {date}"),
            min_score_option,
            click.option(
                "--new-since",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="Only flags that this earlier export (jsonl or csv) does not have.",
            ),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(EXPORTERS)))
@store_argument
@click.option("-o", "--output", type=OutPath, default="-", help="File to write; - is stdout.")
@filter_options
@click.option("--redact-victims", is_flag=True, help="Leave out names of private persons.")
@click.option("--post", metavar="URL", help="Send the flags as JSON to this address.")
@click.option("--plain-http", is_flag=True, help="Let --post go unencrypted.")
def export(
    format_: str,
    store: Where,
    output: Path,
    redact_victims: bool,
    post: str | None,
    plain_http: bool,
    new_since: Path | None,
    min_score: float | None,
    **chosen: Any,
) -> None:
    """Write flags from STORE as FORMAT, or send them to a receiver.

    \b
    {formats}

    `catnlp schema flag` describes a flag. `--country none` gives those of mentions that are
    linked to no country; they have to be asked for. Nothing is sent anywhere without --post;
    a bearer token for it is read from CATNLP_POST_TOKEN.
    """
    from catnlp.errors import UsageError
    from catnlp.export import Filters, known_ids
    from catnlp.store import open_store

    if post and format_ != "jsonl":
        raise UsageError(f"--post sends JSON: give jsonl as FORMAT, not {format_}")
    known = known_ids(new_since) if new_since else frozenset()
    filters = Filters(min_score=min_score or 0.0, known=known, **chosen)
    with open_store(store, read_only=True) as opened:
        if post:
            _post(opened, filters, post, redact=redact_victims, plain_http=plain_http)
        else:
            _write(opened, filters, format_, output, redact=redact_victims)


def _write(store: "Store", filters: "Filters", format_: str, output: Path, *, redact: bool) -> None:
    from catnlp.errors import UsageError
    from catnlp.export.formats import lookup_in

    exporter = EXPORTERS[format_]
    if redact and exporter.whole_text:
        raise UsageError(f"{format_} carries whole texts, in which names cannot be left out")
    lookup = None if redact else lookup_in(store)
    with _open(output, binary=exporter.binary) as stream:
        exporter(_flags(store, filters, redact=redact), stream, lookup)


def _open(output: Path, *, binary: bool) -> IO[Any]:
    if binary:
        return click.open_file(str(output), "wb")
    return click.open_file(str(output), "w", encoding="utf-8")


def _post(store: "Store", filters: "Filters", url: str, *, redact: bool, plain_http: bool) -> None:
    from catnlp.export.post import post, shown

    sent = post(_flags(store, filters, redact=redact), url, plain_http=plain_http)
    click.echo(f"{sent} flags sent to {shown(url)}", err=True)


def _flags(store: "Store", filters: "Filters", *, redact: bool) -> Any:
    from catnlp.export import flags

    if not redact:
        return flags(store, filters)
    from catnlp.export.redact import redact as leave_out

    click.echo("names are found by a model: read the result before you pass it on", err=True)
    return leave_out(flags(store, filters))


export.help = (export.help or "").replace(
    "{formats}", "\n    ".join(f"{e.name:14} {e.about}" for e in EXPORTERS.values())
)
