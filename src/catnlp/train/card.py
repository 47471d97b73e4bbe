"""The model card, filled from what training kept."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from catnlp.train.confusions import Confusion

TEMPLATE = """# Model card: {name} {version}

Tags mentions of human-rights abuses, corruption and governance problems in English
sentences, read with title, headings and neighbouring sentences: 27 categories (taxonomy
{taxonomy}), and for each mention its status, its actor and its trigger words.

- **Base**: {base}, {layers} layers of width {width}
- **Head**: label-wise attention per category, trigger scorer, status and actor heads
- **Trained on**: {weak:,} paragraphs labelled by their headings (one pass), then
  {sentences:,} sentences with {mentions:,} mentions ({recipe}), then {last:,}
  sentences, most of them the same, at lower rates ({last_epochs} passes)
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

| region | category F1 | flag F1 | sentences |
|---|---|---|---|
{regions}

### Are the scores probabilities?
Mentions of the development set by score; "right" is the share whose category the gold has.

| score from | mentions | mean score | right |
|---|---|---|---|
{reliability}

## Traps
Minimal pairs written for this and never trained on: the share of sentences of which category,
status and actor are all right. Repeat with `catnlp evaluate corpora/traps --traps`.

| class | right | of | share |
|---|---|---|---|
{traps}

## Where it errs
The most frequent errors on the trap set; the examples are invented.

| error | times | example |
|---|---|---|
{errors}

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
- A sentence gets each category once; a second time only where two statuses are nearly as
  likely ("the law prohibits torture, but there were reports of it").
- Readers of the same guideline disagree too: {agreement}
"""


AGREEMENT = (
    "a blind reading of 200 seed sentences agrees with the author of the guideline on category "
    "with F1 0.92, on status in 0.97, on actor in 0.93 of the shared mentions; two blind readings "
    "of 150 other sentences with 0.93, 0.98 and 0.95. These readers were one language model, so "
    "that people would differ more."
)


def model_card(
    folder: Path,
    report: Mapping[str, Any],
    traps: Mapping[str, tuple[int, int]],
    errors: Sequence[Confusion],
) -> str:
    """Markdown from `config.json` of the folder, an evaluation, and errors on the trap set."""
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
        weak=training["weak_paragraphs"],
        last=training["last_sentences"],
        last_epochs=training["last_epochs"],
        recipe=f"{recipe['epochs']} epochs, rate {recipe['rate']}, seed {recipe['seed']}",
        slope=config["calibration"][0],
        intercept=config["calibration"][1],
        threshold=config["threshold"],
        digest=config["files"]["model.safetensors"][:16],
        dev_sentences=report["sentences"],
        figures=figures,
        categories=categories,
        regions="\n".join(
            f"| {name} | {row['category_f1']:.2f} | {row['flag_f1']:.2f} | {row['sentences']} |"
            for name, row in report["by_region"].items()
        ),
        reliability="\n".join(
            f"| {row['from']:.1f} | {row['mentions']} | {row['score']:.2f} | {row['right']:.2f} |"
            for row in report["reliability"]
        ),
        traps="\n".join(
            f"| {name} | {right} | {total} | {right / total:.2f} |"
            for name, (right, total) in traps.items()
        ),
        errors="\n".join(f"| {e.kind} | {e.count} | {e.example} |" for e in errors),
        agreement=AGREEMENT,
    )
