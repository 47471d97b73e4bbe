"""Fit the weights of the country linker on annotated mentions and write `link/weights.json`.

    python scripts/fit_linker.py GOLD.jsonl ... [--articles hrdsattack/train.json ...]

A multinomial logistic regression over the countries that the text around a mention names (and
none of them). Sentences of the articles given are read with the whole article around them, and
once more without it. Mentions whose gold is several countries count with each of them. Nothing
is random: the same gold gives the same weights.
"""

import argparse
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from catnlp.domain import Document, Role, Sentence
from catnlp.link import countries as linker
from catnlp.link import ranker
from catnlp.link.context import Reader, read_sentence
from catnlp.link.evidence import Clue
from catnlp.link.features import (
    Act,
    Features,
    Surroundings,
    location_features,
    responsible_features,
    with_references,
)
from catnlp.train.corpus import Annotated, Label, read_corpora

OUT = Path(__file__).parents[1] / "src" / "catnlp" / "link" / "weights.json"
SENTENCE_END = re.compile(r"\n|(?<=[.!?”\"])\s+(?=[A-Z“\"‘])")
TAG = re.compile(r"<[^>]+>")
LEAST = 4  # mentions that a feature must be seen with
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Case:
    """The countries of one mention with their features, and the right ones among them."""

    found: Features
    gold: frozenset[str]


def cases(
    gold: Iterable[Annotated], articles: Mapping[str, Document], role: Role
) -> Iterator[Case]:
    """One for each labelled mention whose right country is among those named."""
    for sentence in gold:
        if not sentence.labels:
            continue
        views = [
            read_sentence(
                sentence.title, sentence.section, sentence.prev, sentence.text, sentence.next
            )
        ]
        article = articles.get(sentence.document)
        if article:
            views += in_article(article, sentence)
        for clues, around in views:
            clues = with_references(sentence.text, clues, around)
            for label in sentence.labels:
                case = case_of(sentence.text, clues, around, label, role)
                if case and case.gold & set(case.found):
                    yield case


def in_article(
    article: Document, sentence: Annotated
) -> list[tuple[tuple[Clue, ...], Surroundings]]:
    """The sentence as the linker reads it in its article, if it stands there word for word."""
    parts = [part for part in SENTENCE_END.split(article.text) if part]
    number = next((n for n, part in enumerate(parts) if part == sentence.text), None)
    if number is None:
        return []
    reader = Reader(
        article, [Sentence("", "", 0, 0, part, (), number) for number, part in enumerate(parts)]
    )
    return [(reader.clues(number), reader.around(number))]


def read_articles(paths: Iterable[Path]) -> dict[str, Document]:
    """Articles of HRDsAttack files, by the name of the document in the annotations."""
    found = {}
    for path in paths:
        for record in json.loads(path.read_text(encoding="utf-8")):
            sample = record["sample"]
            paragraphs = html.unescape(TAG.sub("\n", sample["Input.article_interface"])).split("\n")
            text = "\n".join(" ".join(words.split()) for words in paragraphs if words.strip())
            name = f"hrds/{path.stem}/{sample['Input.GLOBALEVENTID']}"
            found[name] = Document(
                name, "", "", "", sample["Input.title"] or "", text, (), genre="news",
                published=sample["Input.publish_date"][:10],
            )  # fmt: skip
    return found


def case_of(
    text: str, clues: Sequence[Clue], around: Surroundings, label: Label, role: Role
) -> Case | None:
    span = (label.start, label.end)
    if role == "location":
        act = Act(text, *span, label.actor, label.category)
        responsible, _ = linker.choose(act, clues, around)
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
    parser.add_argument("--articles", nargs="*", type=Path, default=[])
    parser.add_argument("--penalty", type=float, default=0.02)
    options = parser.parse_args()
    torch.set_num_threads(1)
    gold, articles = read_corpora(options.gold), read_articles(options.articles)
    table: dict[str, dict[str, float]] = {"responsible": {}, "location": {}}
    for role in ("responsible", "location"):
        known = list(cases(gold, articles, role))
        table[role] = fit(known, options.penalty)
        print(f"{role}: {len(known)} mentions, {len(table[role])} weights")
        # Places are fitted with the responsible state as it will be found, not as it should be.
        OUT.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        ranker.weights.cache_clear()


if __name__ == "__main__":
    main()
