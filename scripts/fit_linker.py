"""Fit the weights of the country linker on annotated mentions and write `link/weights.json`.

    python scripts/fit_linker.py GOLD.jsonl ... [--penalty 0.02] [--check DEV.jsonl]

A multinomial logistic regression over the countries that the text around a mention names (and
none of them). Mentions whose gold is several countries count with each of them. Nothing random:
the same gold gives the same weights.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from catnlp.domain import Role
from catnlp.link import countries as linker
from catnlp.link import ranker
from catnlp.link.evidence import Clue
from catnlp.link.features import (
    Features,
    Surroundings,
    location_features,
    responsible_features,
    with_references,
)
from catnlp.train.corpus import Annotated, Label, read_corpora

OUT = Path(__file__).parents[1] / "src" / "catnlp" / "link" / "weights.json"
LEAST = 4  # mentions that a feature must be seen with
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Case:
    """The countries of one mention with their features, and the right ones among them."""

    found: Features
    gold: frozenset[str]


def cases(gold: Iterable[Annotated], role: Role) -> Iterator[Case]:
    """One for each labelled mention whose right country is among those named."""
    for sentence in gold:
        if not sentence.labels:
            continue
        clues, around = linker.read_sentence(
            sentence.title, sentence.section, sentence.prev, sentence.text, sentence.next
        )
        clues = with_references(sentence.text, clues, around)
        for label in sentence.labels:
            case = case_of(sentence.text, clues, around, label, role)
            if case and case.gold & set(case.found):
                yield case


def case_of(
    text: str, clues: Sequence[Clue], around: Surroundings, label: Label, role: Role
) -> Case | None:
    span = (label.start, label.end)
    if role == "location":
        responsible, _ = linker.choose(text, clues, *span, label.actor, around)
        found = location_features(text, clues, *span, around, responsible.countries)
        return Case(found, frozenset(label.location or ("",)))
    if label.actor not in linker.STATE_ACTORS:
        return None
    found = responsible_features(text, clues, *span, around)
    return Case(found, frozenset(label.responsible or ("",)))


def fit(known: Sequence[Case], penalty: float) -> dict[str, float]:
    """Weights that make the right countries likely, kept small by a penalty on their squares."""
    seen = Counter(name for case in known for named in case.found.values() for name in named)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    index = {name: number for number, name in enumerate(names)}
    rows, columns, owner, right = [], [], [], []
    for number, case in enumerate(known):
        for country, named in sorted(case.found.items()):
            row = len(owner)
            owner.append(number)
            right.append(country in case.gold)
            for name in named:
                if name in index:
                    rows.append(row)
                    columns.append(index[name])
    shape = (len(owner), len(names))
    matrix = torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.ones(len(rows), dtype=torch.float64), shape
    ).coalesce()
    owners, hits = torch.tensor(owner), torch.tensor(right)
    weights = torch.zeros(len(names), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        sums = torch.sparse.mm(matrix, weights[:, None])[:, 0].clamp(max=50)
        every = torch.zeros(len(known), dtype=torch.float64).index_add(0, owners, sums.exp())
        good = torch.zeros(len(known), dtype=torch.float64).index_add(
            0, owners[hits], sums[hits].exp()
        )
        value = (every.log() - good.log()).sum() + penalty * len(
            known
        ) ** 0.5 * weights.square().sum()
        value.backward()
        return value

    for _ in range(4):
        optimizer.step(loss)
    return {
        name: round(value, 2)
        for name, value in zip(names, weights.detach().tolist(), strict=True)
        if abs(value) >= 0.01
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--penalty", type=float, default=0.02)
    options = parser.parse_args()
    torch.set_num_threads(1)
    gold = read_corpora(options.gold)
    table: dict[str, dict[str, float]] = {"responsible": {}, "location": {}}
    for role in ("responsible", "location"):
        known = list(cases(gold, role))
        table[role] = fit(known, options.penalty)
        print(f"{role}: {len(known)} mentions, {len(table[role])} weights")
        # Places are fitted with the responsible state as it will be found, not as it should be.
        OUT.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        ranker.weights.cache_clear()


if __name__ == "__main__":
    main()
