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
- **Trained on**: {trained_on}
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
- A sentence gets each category once, with its likeliest status, or twice where one clause tells of
  a deed and another of a law or a denial ("the law prohibits torture, but guards tortured"); two
  deeds of one category ("rebels and soldiers") are one mention.
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
        trained_on=trained_on(config["training"]),
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


def trained_on(training: Mapping[str, Any]) -> str:
    """The stages of a training in their order, as one sentence."""
    recipe = training["recipe"]
    stages = []
    if training.get("start"):
        stages.append(f"from the weights of {training['start']}")
    if training["weak_paragraphs"]:
        stages.append(
            f"on {training['weak_paragraphs']:,} paragraphs labelled by their headings (1 pass)"
        )
    taught = training.get("taught_sentences", 0)
    beside = (
        f" and {taught:,} sentences labelled by a teacher (all-mpnet-base-v2, 110 M parameters, "
        "one pass over the same sentences) together with the model before and with readers"
        if taught
        else ""
    )
    stages.append(
        f"on {training['sentences']:,} sentences with {training['mentions']:,} mentions{beside} "
        f"({_passes(recipe['epochs'])}, rate {recipe['rate']}, seed {recipe['seed']}"
        f"{_kept(recipe)})"
    )
    if training["last_sentences"]:
        stages.append(
            f"on {training['last_sentences']:,} sentences, most of them the same, at lower rates "
            f"({_passes(training['last_epochs'])})"
        )
    return ", then ".join(stages)


def _kept(recipe: Mapping[str, Any]) -> str:
    last = recipe["epochs"]
    passes = sorted({last, *(kept for kept in recipe.get("kept", ()) if kept < last)})
    if len(passes) == 1:
        return ""
    before = "the weights before and " if 0 in passes else ""
    after = ", ".join(str(number) for number in passes if number)
    return f"; the mean of {before}the averaged weights after passes {after}"


def _passes(number: int) -> str:
    return f"{number} pass{'' if number == 1 else 'es'}"
