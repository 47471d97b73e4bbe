"""The model card, filled from what training kept."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEMPLATE = """# Model card: {name} {version}

Tags mentions of human-rights abuses, corruption and governance problems in English
sentences, read with title, headings and neighbouring sentences: 27 categories (taxonomy
{taxonomy}), and for each mention its status, its actor and its trigger words.

- **Base**: {base}, {layers} layers of width {width}
- **Head**: label-wise attention per category, trigger scorer, status and actor heads
- **Trained on**: {weak:,} paragraphs labelled by their headings (one pass), then
  {sentences:,} sentences with {mentions:,} mentions ({recipe})
- **Scores**: Platt-scaled on the development set (slope {slope}, intercept {intercept});
  a mention is reported from {threshold} on
- **Weights**: 16-bit floats, sha256 `{digest}`

## Figures on the development set
{dev_sentences} sentences that were never trained on, but used to choose the threshold; 95 %
bootstrap intervals over sentences. Repeat with `catnlp evaluate GOLD.jsonl`.

| figure | value | interval |
|---|---|---|
{figures}

| category | precision | recall | F1 | gold mentions |
|---|---|---|---|---|
{categories}

## Use it for
Finding the sentences that a reviewer should read. Every mention carries the verbatim
sentence and its place.

## Do not use it for
- Deciding anything. A mention raises a question; a person reads the source.
- Ranking countries: counts of mentions measure how much was written and read, not how
  much was done.
- Languages other than English, social media, transcripts of speech: never measured.
- Accusing a person or a unit: the model names neither guilt nor proof.

## Limits
- Rare categories (see "gold mentions") rest on few examples; their figures are uncertain.
- Irony, double negation and long lists are where it errs most.
- A sentence gets each category at most once; of "the law prohibits torture, but there
  were reports of it" it may keep only one of the two.
"""


def model_card(folder: Path, report: Mapping[str, Any]) -> str:
    """Markdown from `config.json` of the folder and an evaluation."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    training, recipe = config["training"], config["training"]["recipe"]
    intervals = report.get("intervals", {})
    figures = "\n".join(
        f"| {name} | {value:.3f} | {intervals[name][0]:.3f} to {intervals[name][1]:.3f} |"
        for name, value in report["figures"].items()
    )
    categories = "\n".join(
        f"| {name} | {row['precision']:.2f} | {row['recall']:.2f} | {row['f1']:.2f} "
        f"| {row['gold']} |"
        for name, row in report["by_category"].items()
    )
    return TEMPLATE.format(
        name=config["name"],
        version=config["version"],
        taxonomy=config["taxonomy"],
        base=config["base"],
        layers=config["encoder"]["num_hidden_layers"],
        width=config["encoder"]["hidden_size"],
        sentences=training["sentences"],
        mentions=training["mentions"],
        weak=training.get("weak_paragraphs", 0),
        recipe=f"{recipe['epochs']} epochs, rate {recipe['rate']}, seed {recipe['seed']}",
        slope=config["calibration"][0],
        intercept=config["calibration"][1],
        threshold=config["threshold"],
        digest=config["files"]["model.safetensors"][:16],
        dev_sentences=report["sentences"],
        figures=figures,
        categories=categories,
    )
