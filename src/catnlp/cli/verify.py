"""catnlp verify"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from catnlp.cli.options import Folder, json_option


@click.command()
@click.argument(
    "quotes",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--files", type=Folder, default=None, help="Where the files lie now, if moved.")
@json_option
def verify(quotes: tuple[Path, ...], files: Path | None, as_json: bool) -> None:
    """Open the original files again and find every quote of QUOTES.

    QUOTES are flags (JSONL, CSV), country pages (HTML, JSON), or lines with `quote` and `uri`.
    Names each quote that is not at its place; exit code 1 if there is one. In a PDF a second
    reader looks for its words too; a page that this one cannot read is noted, and is no failure.
    """
    from catnlp.extract.quotes import read_quotes
    from catnlp.extract.verify import verify as check

    wrong = total = 0
    wanted = [quote for path in quotes for quote in read_quotes(path)]
    for finding in check(wanted, files):
        total += 1
        wrong += bool(finding.problem)
        if as_json:
            said = {"problem": finding.problem, "note": finding.note}
            plain = {**asdict(finding.quote), "found": not finding.problem, **said}
            click.echo(json.dumps(plain, ensure_ascii=False))
        elif finding.problem or finding.note:
            reasons = "; ".join(filter(None, [finding.problem, finding.note]))
            click.echo(f"{finding.quote.id}: {reasons}")
            click.echo(f"    {finding.quote.quote}\n    {finding.quote.uri}")
    click.echo(f"{total - wrong:,} of {total:,} quotes found at their place", err=as_json)
    raise SystemExit(1 if wrong else 0)
