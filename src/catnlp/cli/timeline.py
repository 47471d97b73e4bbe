"""catnlp timeline"""

from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import OutPath, json_option, min_score_option, store_argument


@click.command()
@store_argument
@click.argument("country", metavar="ISO3")
@click.option("-o", "--out", type=OutPath, default="-", help="Page or JSON (default: stdout).")
@min_score_option
@json_option
def timeline(store: Where, country: str, out: Path, min_score: float | None, as_json: bool) -> None:
    """Arms sales to a country and evidence against it on one axis of time.

    For each sale: what had been published when it was notified, and what has happened since.
    The policy of 23 February 2023 is a mark. A page that needs no other file, or JSON.
    """
    from catnlp.errors import UsageError
    from catnlp.gazetteer import country_codes
    from catnlp.settings import load_settings
    from catnlp.store import open_store
    from catnlp.summarize import timeline as timelines
    from catnlp.summarize.timeline_page import as_html

    code = country.upper()
    if code not in country_codes():
        raise UsageError(f"{country} is no ISO 3166-1 alpha-3 code; NGA is Nigeria")
    with open_store(store, read_only=True) as opened:
        found = timelines.timeline_of(opened, code, load_settings(min_score=min_score))
    text = timelines.as_json(found) if as_json else as_html(found)
    if str(out) == "-":
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        click.echo(f"{out}: {len(found.entries)} sales, {len(found.points)} mentions", err=True)
