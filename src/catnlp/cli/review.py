"""catnlp review"""

from pathlib import Path

import click

from catnlp.address import Where
from catnlp.cli.options import OutPath, files_argument, json_option, store_argument

reviewer_option = click.option(
    "--reviewer", default="", metavar="NAME", help="Who decides, where a file does not say it."
)


@click.group()
def review() -> None:
    """Decisions of reviewers: import, make, list them, and turn them into training data.

    A decision is never changed or deleted. It is kept with who, when and why, found again by
    its quote when a document is read anew, and applied after every run.
    """


@review.command("import")
@store_argument
@files_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["label-studio", "doccano", "prodigy", "flags", "decisions"]),
    help="Format of the files (default: told from their fields).",
)
@reviewer_option
@click.option(
    "--accept-unchanged",
    is_flag=True,
    help="Take what is unchanged as accepted, also where nothing says that somebody looked.",
)
def import_(
    store: Where,
    files: tuple[Path, ...],
    format_name: str | None,
    reviewer: str,
    accept_unchanged: bool,
) -> None:
    """Take decisions from FILES into STORE: corrected exports of labelling tools, or of catnlp.

    Label Studio (JSON, JSON-MIN), doccano and Prodigy (JSONL), our own flags (CSV, JSONL; add
    columns verdict, why, reviewer), and `catnlp review log`. The same decision is kept once.
    Exit code 1 where a decision could not be understood; the others are kept.
    """
    from datetime import UTC, datetime

    from catnlp.review.importing import Options, import_file
    from catnlp.store import open_store

    options = Options(datetime.now(UTC), reviewer, accept_unchanged)
    problems = 0
    with open_store(store) as opened:
        for file in files:
            done = import_file(opened, file, options, format_name=format_name)
            problems += len(done.problems)
            for problem in done.problems:
                click.echo(f"not understood: {problem}", err=True)
            click.echo(f"{file}: {done.summary()}", err=True)
    if problems:
        raise SystemExit(1)


@review.command()
@store_argument
@json_option
@click.option(
    "--conflicts", is_flag=True, help="Only where reviewers disagree, or a quote is lost."
)
def log(store: Where, as_json: bool, conflicts: bool) -> None:
    """List all decisions in STORE, and what became of them in the documents as they read now."""
    from catnlp.review.log import is_problem, log_line, log_text
    from catnlp.review.log import log as read
    from catnlp.store import open_store

    with open_store(store, read_only=True) as opened:
        for decision, became in read(opened):
            if not conflicts or is_problem(decision, became):
                click.echo((log_line if as_json else log_text)(decision, became))


@review.command("to-corpus")
@store_argument
@click.option("-o", "--output", type=OutPath, default="-", help="File to write; - is stdout.")
def to_corpus(store: Where, output: Path) -> None:
    """Write decided sentences of STORE in the annotation schema, for `train` and `evaluate`."""
    from catnlp.review.corpus import to_corpus as decided
    from catnlp.store import open_store

    with open_store(store, read_only=True) as opened:
        corpus = decided(opened)
    with click.open_file(str(output), "w", encoding="utf-8") as stream:
        stream.writelines(corpus.lines())
    click.echo(
        f"{len(corpus.sentences)} sentences; {corpus.undecided} left out, because another mention "
        "in them is not decided",
        err=True,
    )


@review.command()
@store_argument
@click.option("--reviewer", required=True, metavar="NAME", help="Who decides; kept with each one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any free one.")
def serve(store: Where, reviewer: str, host: str, port: int) -> None:
    """Go through the flags of STORE in a browser, with the keyboard alone.

    Serves a page on this machine only and prints its address, which holds a random key. Each
    decision is on the disk before the next flag shows. A run may write to STORE meanwhile.
    """
    from catnlp.review.web.serve import Address
    from catnlp.review.web.serve import serve as serve_page
    from catnlp.store import open_store

    open_store(store).close()
    address = Address(host, port)
    if not address.is_loopback:
        click.echo(f"{host} can be reached by others, and nothing is encrypted.", err=True)

    def ready(url: str) -> None:
        click.echo(f"Open {url}\nStop with Ctrl+C; every decision is kept.", err=True)

    try:
        serve_page(store, reviewer.strip() or "unnamed", address, ready)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
