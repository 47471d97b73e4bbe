"""catnlp run, catnlp ingest"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catnlp.address import Where
from catnlp.cli.options import Folder, model_option, new_store_argument, store_type

if TYPE_CHECKING:
    from catnlp.engine.run import Progress, Run
    from catnlp.settings import Settings
    from catnlp.store import Store


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads documents."""
    for option in reversed(
        (
            click.option(
                "-w", "--workers", type=click.IntRange(1), help="Processes (default: cores)."
            ),
            click.option("--timeout", type=click.FloatRange(1), help="Seconds for one document."),
            click.option("--memory", type=click.IntRange(256), help="MiB for one worker."),
            click.option("--max-file", type=click.IntRange(1), help="MiB of one input file."),
            click.option("--engine", help="local (default), or ray: see docs/cluster.md."),
            click.option("--ray-address", help="Cluster of Ray; without it, on this machine."),
            click.option("--num-gpus", type=click.FloatRange(0), help="GPUs of a Ray worker."),
            click.option("--force", is_flag=True, help="Read again what is already in the store."),
            model_option,
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--out", type=Folder, required=True, help="Folder for the results.")
@click.option(
    "--store",
    "place",
    type=store_type(),
    metavar="STORE",
    help="Another file for the store, or postgresql://USER@HOST/NAME (default: OUT/catnlp.db).",
)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Write the manifest to stdout.")
@click.option("--quotes", type=click.IntRange(1), help="Quotes of a category on a page.")
@click.option("--min-score", type=click.FloatRange(0, 1), help="Hide mentions below.")
def run(
    paths: tuple[str, ...],
    out: Path,
    place: Where | None,
    force: bool,
    model: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Files, folders or patterns in; country pages, flags and a store out.

    `-` reads a list of paths from stdin. A path can be an address, as s3://BUCKET/FOLDER (needs
    catnlp[remote] and s3fs); nothing else is fetched.

    OUT gets catnlp.db (the store), countries/ and index.html (pages), flags.jsonl and run.json
    (what became of every input). Mentions that name no country are in countries/none.html.
    Running it again reads only what is new or changed.

    Exit code: 0 all read, 1 some inputs failed, 2 wrong usage.
    """
    from catnlp.cli.output import unlinked_line, write_outputs
    from catnlp.engine.alone import alone
    from catnlp.settings import load_settings
    from catnlp.store import open_store

    settings = load_settings(**options)
    out.mkdir(parents=True, exist_ok=True)
    where = place or out / "catnlp.db"
    with alone(where), open_store(where) as store:
        done = _read(paths, store, settings, model=model, force=force, leave_out=out)
        manifest, overview = write_outputs(store, out, done, settings)
    click.echo(json.dumps(manifest, indent=2, ensure_ascii=False) if as_json else overview)
    if unlinked := manifest["without_country"]["mentions"]:
        click.echo(unlinked_line(unlinked, out), err=True)
    _report(done, out)


@click.command()
@new_store_argument
@click.argument("paths", nargs=-1, required=True)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Write the manifest to stdout.")
def ingest(
    store: Where,
    paths: tuple[str, ...],
    force: bool,
    model: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Read PATHS into STORE (made where it does not exist), without writing pages."""
    from catnlp.engine.alone import alone
    from catnlp.settings import load_settings
    from catnlp.store import open_store

    with alone(store), open_store(store) as opened:
        done = _read(paths, opened, load_settings(**options), model=model, force=force)
    if as_json:
        click.echo(json.dumps(done.manifest(), indent=2, ensure_ascii=False))
    _report(done, store)


def _read(
    paths: tuple[str, ...],
    store: "Store",
    settings: "Settings",
    *,
    model: Path | None,
    force: bool,
    leave_out: Path | None = None,
) -> "Run":
    from catnlp.engine.run import run as run_engine

    names = [line.strip() for line in sys.stdin if line.strip()] if paths == ("-",) else paths
    with _progress() as progress:
        return run_engine(
            names,
            store,
            settings,
            model=model,
            force=force,
            leave_out=leave_out,
            progress=progress,
        )


class _progress:
    """A bar on a terminal; elsewhere one line for each file that was not read."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self.show

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def show(self, line: str, done: int, total: int) -> None:
        import logging

        if not sys.stderr.isatty() or logging.getLogger().level > logging.INFO:
            logging.getLogger("catnlp").log(
                logging.WARNING if ": failed" in line else logging.INFO,
                "[%d/%d] %s",
                done,
                total,
                line,
            )
            return
        if self.bar is None:
            self.bar = click.progressbar(
                length=total, file=sys.stderr, show_pos=True, label="reading"
            )
        self.bar.update(done - self.bar.pos)


def _report(done: "Run", where: Where) -> None:
    """What a person wants to know at the end; exits 1 where inputs failed."""
    for record in done.records:
        if record.status == "failed":
            click.echo(f"failed: {record.uri}: {record.reason}", err=True)
    totals = done.manifest()["totals"]
    click.echo(
        f"{totals['done']} read, {totals['skipped']} skipped, {totals['failed']} failed; "
        f"{totals['words']:,} words, {totals['mentions']:,} mentions; results in {where}",
        err=True,
    )
    if totals["failed"]:
        raise SystemExit(1)
