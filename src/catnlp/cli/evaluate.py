"""catnlp evaluate"""

import json
from pathlib import Path

import click

from catnlp.cli.options import json_option, model_option


@click.command()
@click.argument(
    "gold",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="GOLD.jsonl...",
)
@click.option(
    "--predicted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Score the mentions of this file (same ids) instead of tagging now.",
)
@click.option("--traps", is_flag=True, help="The gold is a trap set: accuracy per class.")
@json_option
@model_option
def evaluate(
    gold: tuple[Path, ...], predicted: Path | None, traps: bool, as_json: bool, model: Path | None
) -> None:
    """Score the tagger and the linker against labelled sentences."""
    from catnlp.train.corpus import read_corpora
    from catnlp.train.evaluate import evaluate as score
    from catnlp.train.evaluate import trap_accuracy
    from catnlp.train.predict import predict, predictions_of
    from catnlp.train.report import evaluation_text, traps_text

    sentences = read_corpora(gold)
    found = predictions_of(predicted) if predicted else predict(gold, model)
    if traps:
        tally = trap_accuracy(sentences, found)
        click.echo(json.dumps(tally, indent=2) if as_json else traps_text(tally))
        return
    report = score(sentences, found)
    click.echo(json.dumps(report, indent=2) if as_json else evaluation_text(report))
