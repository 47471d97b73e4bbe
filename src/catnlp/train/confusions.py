"""What a model takes for what, most frequent first, each with an example."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catnlp.train.corpus import Annotated, Label


@dataclass(frozen=True, slots=True)
class Confusion:
    """One kind of error, how often it was made, and a sentence in which it was."""

    kind: str
    count: int
    example: str


def confusions(
    gold: Sequence[Annotated], predicted: Mapping[str, Sequence[Label]], most: int = 30
) -> list[Confusion]:
    """The `most` frequent kinds of error; ties in the order of their names."""
    found: dict[str, list[str]] = defaultdict(list)
    for sentence in gold:
        for kind in _errors(sentence.labels, predicted.get(sentence.id, ())):
            found[kind].append(sentence.text)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Confusion(kind, len(texts), min(texts, key=len)) for kind, texts in ordered[:most]]


def _errors(gold: Sequence[Label], predicted: Sequence[Label]) -> Iterator[str]:
    true = {label.category: label for label in gold}
    found = {label.category: label for label in predicted}
    for category in true.keys() - found.keys():
        yield f"{category} missed"
    for category in found.keys() - true.keys():
        yield f"{category} where there is none"
    for category in true.keys() & found.keys():
        for field in ("status", "actor"):
            right, wrong = getattr(true[category], field), getattr(found[category], field)
            if right != wrong:
                yield f"{field} {right} read as {wrong}"
