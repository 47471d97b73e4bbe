"""Fits the temperatures of a model's status and actor on labelled sentences, into its config.

    python scripts/fit_temperatures.py models/catnlp-en DEV.jsonl [--dry-run]

`catnlp train` does it by itself; this is for a model that was trained without. It prints the
cross-entropy and the calibration error (ECE, 10 bins) on the same sentences before and after.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from catnlp.tag.tagger import Tagger
from catnlp.train.corpus import read_corpora
from catnlp.train.save import attribute_logits, fit_temperature, write_config


def calibration_error(logits: Tensor, gold: Tensor) -> float:
    """Mean distance of score and share right over ten bins of score, weighted by their size."""
    score, label = logits.softmax(-1).max(-1)
    right = (label == gold).float()
    bins = (score * 10).long().clamp(max=9)
    parts = [(bins == n) for n in range(10)]
    return sum(
        float((score[p] - right[p]).mean().abs() * p.float().mean()) for p in parts if p.any()
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--dry-run", action="store_true", help="print only")
    options = parser.parse_args(arguments)
    fitted = {}
    for name, (logits, gold) in attribute_logits(
        Tagger(options.model), read_corpora(options.gold)
    ).items():
        fitted[name] = fit_temperature(logits, gold)
        for title, scaled in (("before", logits), ("after", logits / fitted[name])):
            loss = float(functional.cross_entropy(scaled, gold))
            print(
                f"{name} {title}: cross-entropy {loss:.3f}, calibration error "
                f"{calibration_error(scaled, gold):.3f}, right {_right(scaled, gold):.3f}"
            )
        print(f"{name}: temperature {fitted[name]} from {len(gold)} mentions")
    if not options.dry_run:
        config = json.loads((options.model / "config.json").read_text(encoding="utf-8"))
        config["temperatures"] = fitted
        write_config(options.model, config)


def _right(logits: Tensor, gold: Tensor) -> float:
    return float((logits.argmax(-1) == gold).float().mean())


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
