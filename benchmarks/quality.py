"""Quality of mentions beside what one would try first; fails when a figure falls below its floor.

    python benchmarks/quality.py            print the figures
    python benchmarks/quality.py --gate     exit 1 when one falls below benchmarks/quality.json
    python benchmarks/quality.py --pin      write new floors; refuses to lower one without --lower

Beside the model: keywords, and the plain base encoder (a sentence gets the categories whose
definitions are near it, with the threshold that suits the gold best; needs catnlp[train]).

Gold: `annotations/dev.jsonl` of the shared data folder beside the checkout, and
`corpora/traps`. A missing gold file is named and left out.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, Label, read_corpora
from catnlp.train.evaluate import evaluate, trap_accuracy
from catnlp.train.predict import predict
from floors import add_options, settle

ROOT = Path(__file__).parents[1]
DEV = ROOT.parent / "shared" / "annotations" / "dev.jsonl"
TRAPS = ROOT / "corpora" / "traps"
PINS = Path(__file__).with_suffix(".json")
NOISE = 0.02  # a figure may fall by this much: bfloat16 on another processor
TRAP_NOISE = 0.05  # two sentences of a class

KEYWORDS = {  # the first thing that anybody would try
    "unlawful-killing": r"kill(?:ed|ing)s?|murder|execut(?:ed|ion)s?|massacre",
    "enforced-disappearance": r"disappear|abduct|kidnap",
    "torture-ill-treatment": r"tortur|ill-treat|mistreat|inhuman|degrading|beat(?:en|ing)",
    "arbitrary-detention": r"arbitrary (?:arrest|detention)|detain|political prisoner",
    "detention-conditions": r"overcrowd|prison conditions|poor sanitation",
    "sexual-gender-violence": r"\brap(?:e|ed)\b|sexual (?:violence|assault)|domestic violence|FGM",
    "child-rights-abuse": r"child (?:marriage|labor|labour|soldier|abuse)",
    "civilian-harm": r"air ?strike|shell(?:ed|ing)|civilians? (?:killed|casualt)|siege",
    "excessive-force": r"excessive force|tear gas|police brutality|live ammunition",
    "expression-repression": r"censor|journalist|blasphemy|libel|defamation",
    "assembly-association-repression": r"protest|NGOs?\b|peaceful assembly|union",
    "persecution-discrimination": r"discriminat|anti-?semit|minorit|LGBT",
    "forced-labor-trafficking": r"traffick|forced labor|forced labour|slavery",
    "forced-displacement": r"displac|evict|refoulement|deport",
    "privacy-surveillance": r"surveillance|wiretap|spyware|without warrants?",
    "atrocity-crime": r"war crimes?|genocide|crimes against humanity|ethnic cleansing",
    "abuse-unspecified": r"human rights (?:abuses|violations)",
    "bribery-extortion": r"brib|extort|kickback",
    "embezzlement-fraud": r"embezzl|fraud|money laundering|misappropriat",
    "patronage-capture": r"nepotism|cronyism|conflicts? of interest",
    "security-sector-corruption": r"(?:police|military) corruption|corrupt (?:police|officers)",
    "corruption-unspecified": r"corrupt",
    "impunity": r"impunity|not prosecuted|accountab",
    "unfair-trial": r"fair trial|due process|judicial independence",
    "weak-oversight": r"oversight|civilian control",
    "democratic-backsliding": r"\bcoup\b|rigged|election fraud|vote buying",
    "arms-diversion": r"diver(?:t|sion)|end-use|embargo",
}


def keyword_labels(sentence: Annotated) -> tuple[Label, ...]:
    """What the keywords find, all of it affirmed and done by the state."""
    found = []
    for category in taxonomy().category_ids:
        if match := re.search(KEYWORDS[category], sentence.text, re.IGNORECASE):
            start, end = match.span()
            found.append(Label(category, match[0], start, end, "affirmed", "state"))
    return tuple(found)


def embedding_labels(gold: Sequence[Annotated]) -> dict[str, tuple[Label, ...]] | None:
    """Categories by cosine of the base encoder's sentence vectors; None where it is absent."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    from catnlp.errors import UsageError
    from catnlp.train.save import best_threshold
    from catnlp.train.train import base_encoder

    try:
        folder = base_encoder()
    except UsageError:
        return None
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder)

    @torch.inference_mode()
    def vectors(texts: Sequence[str]) -> torch.Tensor:
        batch = tokenizer(list(texts), padding=True, truncation=True, return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        means = (encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(means, dim=-1)

    ids = taxonomy().category_ids
    kinds = vectors([f"{c.label}: {c.definition}" for c in taxonomy().categories])
    parts = [gold[i : i + 64] for i in range(0, len(gold), 64)]
    scores = torch.cat([vectors([s.text for s in part]) @ kinds.T for part in parts])
    true = torch.zeros_like(scores)
    for row, sentence in enumerate(gold):
        for label in sentence.labels:
            true[row, ids.index(label.category)] = 1.0
    chosen = scores >= best_threshold(scores, true)
    return {
        s.id: tuple(
            Label(ids[c], s.text, 0, len(s.text), "affirmed", "state")
            for c in chosen[row].nonzero().flatten().tolist()
        )
        for row, s in enumerate(gold)
    }


def measure() -> dict[str, float]:
    """Every figure by name; prints the comparison with the keywords on the way."""
    result: dict[str, float] = {}
    if DEV.exists():
        gold = read_corpora([DEV])
        report = evaluate(gold, predict([DEV]))
        keywords = evaluate(gold, {s.id: keyword_labels(s) for s in gold}, bootstrap=False)
        vectors = embedding_labels(gold)
        beside = evaluate(gold, vectors, bootstrap=False)["figures"] if vectors else {}
        print(
            f"dev: {len(gold)} sentences\n"
            f"{'figure':24} {'model':>7} {'95 % interval':>18} {'keywords':>9} {'vectors':>8}"
        )
        for name, value in report["figures"].items():
            low, high = report["intervals"][name]
            print(
                f"{name:24} {value:7.3f}   [{low:.3f}, {high:.3f}] "
                f"{keywords['figures'][name]:9.3f} {beside.get(name, float('nan')):8.3f}"
            )
            result[name] = value
    else:
        print(f"left out: no gold at {DEV.name} beside the checkout")
    if any(TRAPS.glob("*.jsonl")):
        print("\ntraps")
        for name, (right, total) in trap_accuracy(read_corpora([TRAPS]), predict([TRAPS])).items():
            result[f"trap {name}"] = right / total
            print(f"{name:28} {right / total:.3f}  ({right} of {total})")
    return result


def _noise(figure: str) -> float:
    return TRAP_NOISE if figure.startswith("trap ") else NOISE


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_options(parser)
    options = parser.parse_args(arguments)
    return settle(measure(), PINS, options, noise=_noise)


if __name__ == "__main__":
    sys.exit(main())
