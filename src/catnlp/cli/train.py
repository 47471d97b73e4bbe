"""catnlp train"""

from dataclasses import replace
from pathlib import Path

import click

from catnlp.cli.options import Folder

ExistingPath = click.Path(exists=True, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=ExistingPath)
@click.option(
    "--dev",
    multiple=True,
    required=True,
    type=ExistingPath,
    help="Sentences to calibrate and measure on; never trained on.",
)
@click.option(
    "--last",
    multiple=True,
    type=ExistingPath,
    help="Those of the corpora that a last, slower stage is made of.",
)
@click.option(
    "--traps",
    multiple=True,
    type=ExistingPath,
    help="Minimal pairs, never trained on, for the model card.",
)
@click.option(
    "--reports",
    type=ExistingFolder,
    help="Folder of country reports, for a first stage on their headings.",
)
@click.option(
    "--teacher",
    type=ExistingFolder,
    help="Folder of all-mpnet-base-v2: it learns CORPORA first, and labels --texts for the model.",
)
@click.option(
    "--texts",
    multiple=True,
    type=ExistingPath,
    help="Folder of documents, or file of annotated sentences that are not in CORPORA, for the "
    "teacher to label (with the model of --start; beside the annotations, where there are any).",
)
@click.option(
    "--start",
    type=ExistingFolder,
    help="Folder of a model of ours to go on from, instead of --base.",
)
@click.option("-o", "--out", required=True, type=Folder)
@click.option(
    "--base",
    type=ExistingFolder,
    help="Folder of the base encoder (default: the one of catnlp[train]).",
)
@click.option(
    "--work",
    type=Folder,
    default=Path("build/train"),
    show_default=True,
    help="Checkpoints; a stopped training goes on from here.",
)
@click.option("--epochs", type=click.IntRange(1), default=None)
@click.option("--rate", type=click.FloatRange(0, min_open=True), default=None,
              help="Highest learning rate of the encoder.")  # fmt: skip
@click.option("--seed", type=int, default=None)
@click.option("--name", default="catnlp-en", show_default=True)
@click.option("--version", default="0", show_default=True, help="Version of the model.")
def train(
    corpora: tuple[Path, ...],
    dev: tuple[Path, ...],
    last: tuple[Path, ...],
    traps: tuple[Path, ...],
    reports: Path | None,
    teacher: Path | None,
    texts: tuple[Path, ...],
    start: Path | None,
    out: Path,
    base: Path | None,
    work: Path,
    epochs: int | None,
    rate: float | None,
    seed: int | None,
    name: str,
    version: str,
) -> None:
    """Train the model from CORPORA (files or folders of annotated sentences)."""
    from catnlp.train.recipe import Recipe
    from catnlp.train.train import Stages, base_encoder
    from catnlp.train.train import train as fit_model

    if (teacher is None) != (not texts):
        raise click.UsageError("--teacher and --texts go together: the one labels the others")
    chosen = {"epochs": epochs, "seed": seed, "rate": rate}
    recipe = replace(
        Recipe(), **{k: v for k, v in chosen.items() if v is not None}  # type: ignore[arg-type]
    )  # fmt: skip
    figures = fit_model(
        corpora,
        dev,
        out,
        base=base or base_encoder(),
        work=work,
        recipe=recipe,
        name=name,
        version=version,
        stages=Stages(start, reports, teacher, texts, last),
        traps=traps,
    )
    for figure, value in figures.items():
        click.echo(f"{figure:24} {value:.3f}")
