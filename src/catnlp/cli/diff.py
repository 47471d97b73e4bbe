"""catnlp diff"""

from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import country_option, json_option, store_type

run_type = store_type(exists=True, dir_okay=True)


@click.command()
@click.argument("run_a", metavar="RUN_A", type=run_type)
@click.argument("run_b", metavar="RUN_B", type=run_type)
@country_option
@json_option
def diff(run_a: Where, run_b: Where, countries: tuple[str, ...], as_json: bool) -> None:
    """Flags that came, went or changed from RUN_A to RUN_B, and why.

    A run is the folder that `catnlp run` wrote, or its store. Causes: input (new, gone or
    changed file), decision (of a reviewer), model, taxonomy, catnlp (its version).
    """
    from catnlp.review.diff import diff as compare
    from catnlp.review.diff_text import difference_line, difference_text, summary
    from catnlp.store import open_store

    first, second = (_store(run) for run in (run_a, run_b))
    with open_store(first, read_only=True) as a, open_store(second, read_only=True) as b:
        found = [d for d in compare(a, b) if not countries or d.flag.country in countries]
    for difference in found:
        click.echo((difference_line if as_json else difference_text)(difference))
    click.echo(summary(found), err=True)


def _store(run: Where) -> Where:
    return run / "catnlp.db" if isinstance(run, Path) and run.is_dir() else run
