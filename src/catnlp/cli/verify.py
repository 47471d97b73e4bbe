"""catnlp verify"""

from collections.abc import Iterator
from pathlib import Path

import click

from catnlp.cli.options import store_argument

MOST = 20  # failures that are listed


@click.command()
@store_argument
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sources", is_flag=True, help="Read the source files again, too.")
def verify(store: Path, files: tuple[Path, ...], sources: bool) -> None:
    """Prove that every quote stands where it is said to stand.

    FILES are country pages (html, json) or exported flags (jsonl); without any, all flags of
    STORE are checked. Exit code 1 if a quote does not hold.
    """
    from catnlp.export import flags
    from catnlp.export.verify import Claim, claims_of_file, claims_of_flags, wrong
    from catnlp.store import open_store

    count = 0

    def counted(claims: Iterator[Claim]) -> Iterator[Claim]:
        nonlocal count
        for claim in claims:
            count += 1
            yield claim

    with open_store(store, read_only=True) as opened:
        claims = (
            (claim for path in files for claim in claims_of_file(path))
            if files
            else claims_of_flags(flags(opened))
        )
        failed = list(wrong(opened, counted(claims), sources=sources))
    for claim, reason in failed[:MOST]:
        click.echo(f"{claim.where}: {claim.quote[:80]!r}: {reason}")
    click.echo(f"{count} quotes, {len(failed)} not where they are said to stand", err=True)
    raise SystemExit(1 if failed else 0)
