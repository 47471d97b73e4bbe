"""catnlp annotate"""

from pathlib import Path

import click

from catnlp.cli.options import InPath, OutPath, model_option


@click.command()
@click.argument("source", type=InPath, metavar="IN.jsonl")
@click.option("-o", "--output", type=OutPath, default="-", help="File to write; - is stdout.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=None,
    help="Keep mentions from this score on (default: the model's own threshold).",
)
@model_option
def annotate(source: Path, output: Path, min_score: float | None, model: Path | None) -> None:
    """Fill `mentions` of sentences in the annotation schema, one JSON object a line.

    Mentions in the input are ignored; every line comes back, with all its other fields.
    """
    from catnlp.engine.annotate import annotate_lines, read_lines

    records = read_lines(source)
    with click.open_file(str(output), "w", encoding="utf-8") as stream:
        for line in annotate_lines(records, model=model, min_score=min_score):
            stream.write(line + "\n")
