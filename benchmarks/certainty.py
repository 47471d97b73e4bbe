"""How often quotes of a certainty are right: category, status, actor and state responsible at once.

    python benchmarks/certainty.py GOLD.jsonl [--model DIR]

Flags (affirmed or alleged, with a state responsible) that the tagger and the linker find in gold
sentences. A flag is right where the gold has its category with this status, actor and state. The
cut-off of the country pages is `sure` in `summarize/strength.toml`.
"""

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.engine.annotate import predict_mentions, read_lines
from catnlp.link.context import read_sentence
from catnlp.link.countries import choose
from catnlp.link.features import Act
from catnlp.summarize.strength import table
from catnlp.taxonomy import FLAG_STATUSES
from catnlp.train.corpus import Label, from_json

CUTS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Scored:
    """A flag with its certainty, and which of its fields are right."""

    certainty: float
    category: bool
    status: bool
    actor: bool
    country: bool

    @property
    def right(self) -> bool:
        return self.category and self.status and self.actor and self.country


def flags(records: list[dict[str, Any]], model: Path | None) -> Iterator[Scored]:
    for record, found in zip(records, predict_mentions(records, model=model), strict=True):
        gold = from_json(record).labels
        clues, around = read_sentence(
            record.get("title") or "", tuple(record.get("section") or ()),
            record.get("prev") or "", record["text"], record.get("next") or "", (), "",
        )  # fmt: skip
        for mention in found:
            if mention["status"] not in FLAG_STATUSES:
                continue
            act = Act(
                record["text"], mention["start"], mention["end"], mention["actor"],
                mention["category"], mention["actor_score"],
            )  # fmt: skip
            responsible, _ = choose(act, clues, around)
            for country in responsible.countries:
                scores = (
                    mention["score"], mention["status_score"], mention["actor_score"],
                    responsible.score,
                )  # fmt: skip
                yield _scored(math.prod(scores), mention, country, gold)


def _scored(
    certainty: float, mention: dict[str, Any], country: str, gold: tuple[Label, ...]
) -> Scored:
    same = [label for label in gold if label.category == mention["category"]]
    rows = [
        (label.status == mention["status"], label.actor == mention["actor"],
         country in label.responsible)
        for label in same
    ]  # fmt: skip
    best = max(rows, key=sum, default=(False, False, False))
    return Scored(certainty, bool(same), *best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    found = list(flags(read_lines(options.gold), options.model))
    print(f"{len(found)} flags; the pages quote from {table()['certainty']['sure']} on")
    print("from  flags  kept  expected  right  category  status  actor  country")
    for cut in CUTS:
        kept = [flag for flag in found if flag.certainty >= cut]
        if kept:
            shares = [
                sum(values) / len(kept)
                for values in zip(
                    *((f.certainty, f.right, f.category, f.status, f.actor, f.country)
                      for f in kept), strict=True,
                )
            ]  # fmt: skip
            print(f"{cut:4.2f}  {len(kept):5}  {len(kept) / len(found):4.2f}"
                  + "".join(f"  {share:7.3f}" for share in shares))  # fmt: skip


if __name__ == "__main__":
    main()
