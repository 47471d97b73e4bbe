"""Countries of mentions, gold mentions given: exact sets of states responsible and of places.

    python benchmarks/linking.py            print the figures
    python benchmarks/linking.py --gate     exit 1 when one falls below benchmarks/linking.json
    python benchmarks/linking.py --pin      write new floors; refuses to lower one without --lower

Gold: `annotations/dev.jsonl` of the shared data folder beside the checkout. The figures on
`train.jsonl` are printed as development figures: the weights of the linker are fitted on it.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from catnlp.link import link_sentence
from catnlp.train.corpus import Annotated, read_corpora
from floors import add_options, settle

SHARED = Path(__file__).parents[2] / "shared" / "annotations"
PINS = Path(__file__).with_suffix(".json")
ROLES = ("responsible", "location")


def agreement(gold: Sequence[Annotated]) -> dict[str, Counter[str]]:
    """By source, and over all: mentions, and those whose set of countries is exactly right."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in gold:
        links = link_sentence(
            title=sentence.title, section=sentence.section, prev=sentence.prev,
            text=sentence.text, next=sentence.next,
            mentions=[
                {
                    "start": label.start,
                    "end": label.end,
                    "actor": label.actor,
                    "category": label.category,
                }
                for label in sentence.labels
            ],
        )  # fmt: skip
        for label, (responsible, location, _) in zip(sentence.labels, links, strict=True):
            for tally in (tallies["all"], tallies[sentence.source]):
                tally["mentions"] += 1
                tally["responsible"] += set(responsible) == set(label.responsible)
                tally["location"] += set(location) == set(label.location)
    return tallies


def measure() -> dict[str, float]:
    """The figures on dev by name; prints them and those on train by source."""
    result: dict[str, float] = {}
    for name in ("dev", "train"):
        path = SHARED / f"{name}.jsonl"
        if not path.exists():
            print(f"left out: no gold at {path.name} beside the checkout")
            continue
        started = time.perf_counter()
        tallies = agreement(read_corpora([path]))
        seconds = time.perf_counter() - started
        print(f"{name}: exact sets, gold mentions given ({seconds:.1f} s)")
        for source, tally in sorted(tallies.items(), key=lambda item: -item[1]["mentions"]):
            shares = {role: tally[role] / tally["mentions"] for role in ROLES}
            row = "  ".join(f"{role} {shares[role]:.3f}" for role in ROLES)
            print(f"  {source:12} {tally['mentions']:5}  {row}")
            if name == "dev" and source == "all":
                result = shares
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_options(parser)
    options = parser.parse_args(arguments)
    return settle(measure(), PINS, options)


if __name__ == "__main__":
    sys.exit(main())
