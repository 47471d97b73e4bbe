"""How far predicted mentions agree with gold ones; every figure with its bootstrap interval."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catnlp.gazetteer import find_places
from catnlp.gazetteer.regions import region_of
from catnlp.taxonomy import FLAG_STATUSES
from catnlp.train.corpus import Annotated, Label

ROUNDS = 300
SEED = 7


@dataclass(frozen=True, slots=True)
class Counts:
    """What a sentence adds to the figures; sums over sentences give the figures."""

    values: Mapping[str, int]
    by_category: Mapping[str, tuple[int, int, int]]  # true positives, predicted, gold


def compare(gold: Sequence[Label], predicted: Sequence[Label]) -> Counts:
    """Counts of one sentence. Mentions match by category; of several, the most alike."""
    found = {label.category for label in predicted}
    true = {label.category for label in gold}
    values = Counter(
        hits=len(found & true),
        predicted=len(found),
        gold=len(true),
        sentences=1,
    )
    flagged = {label.category for label in predicted if label.status in FLAG_STATUSES}
    flags = {label.category for label in gold if label.status in FLAG_STATUSES}
    values.update(
        flag_hits=len(flagged & flags),
        flag_predicted=len(flagged),
        flag_gold=len(flags),
        quiet=int(not flags),
        false_alarms=int(not flags and bool(flagged)),
    )
    against, states = _against(predicted), _against(gold)
    values.update(
        state_hits=len(against & states), state_predicted=len(against), state_gold=len(states)
    )
    for category in found & true:
        values.update(
            _attributes(
                [label for label in gold if label.category == category],
                [label for label in predicted if label.category == category],
            )
        )
    each = {
        c: (int(c in found and c in true), int(c in found), int(c in true)) for c in found | true
    }
    return Counts(values, each)


def _against(labels: Sequence[Label]) -> set[tuple[str, str]]:
    """What a reviewer files: each category with each state responsible for it, of flags."""
    return {
        (label.category, state)
        for label in labels
        if label.status in FLAG_STATUSES
        for state in label.responsible
    }


def _attributes(gold: Sequence[Label], predicted: Sequence[Label]) -> Counter[str]:
    """Of a category that both have: each predicted mention against the gold one most like it."""
    values: Counter[str] = Counter()
    for label in predicted:
        best = max(
            gold,
            key=lambda g: (g.status == label.status, g.actor == label.actor, _overlap(g, label)),
        )
        values.update(
            matched=1,
            status=int(best.status == label.status),
            actor=int(best.actor == label.actor),
            responsible=int(set(best.responsible) == set(label.responsible)),
            location=int(set(best.location) == set(label.location)),
            trigger=int(_overlap(best, label) > 0),
        )
    return values


def _overlap(a: Label, b: Label) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(hits: int, predicted: int, gold: int) -> float:
    return _ratio(2 * hits, predicted + gold)


FIGURES: dict[str, Callable[[Mapping[str, int]], float]] = {
    "category_f1": lambda v: _f1(v["hits"], v["predicted"], v["gold"]),
    "category_precision": lambda v: _ratio(v["hits"], v["predicted"]),
    "category_recall": lambda v: _ratio(v["hits"], v["gold"]),
    "flag_f1": lambda v: _f1(v["flag_hits"], v["flag_predicted"], v["flag_gold"]),
    "flag_state_f1": lambda v: _f1(v["state_hits"], v["state_predicted"], v["state_gold"]),
    "status_accuracy": lambda v: _ratio(v["status"], v["matched"]),
    "actor_accuracy": lambda v: _ratio(v["actor"], v["matched"]),
    "responsible_accuracy": lambda v: _ratio(v["responsible"], v["matched"]),
    "location_accuracy": lambda v: _ratio(v["location"], v["matched"]),
    "trigger_overlap": lambda v: _ratio(v["trigger"], v["matched"]),
    "false_alarm_rate": lambda v: _ratio(v["false_alarms"], v["quiet"]),
}


def _totals(counts: Iterable[Counts]) -> tuple[Counter[str], dict[str, tuple[int, int, int]]]:
    values: Counter[str] = Counter()
    each: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for count in counts:
        values.update(count.values)
        for category, numbers in count.by_category.items():
            for i, number in enumerate(numbers):
                each[category][i] += number
    return values, {category: (n[0], n[1], n[2]) for category, n in each.items()}


def figures(counts: Sequence[Counts]) -> dict[str, float]:
    """All figures over sentences. Macro F1 is over the categories that the gold has."""
    values, each = _totals(counts)
    result = {name: figure(values) for name, figure in FIGURES.items()}
    scored = [_f1(*numbers) for numbers in each.values() if numbers[2]]
    result["category_macro_f1"] = _ratio(sum(scored), len(scored))
    return result


def intervals(counts: Sequence[Counts]) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals over sentences, with a fixed seed."""
    chance = random.Random(SEED)
    rounds = [figures(chance.choices(counts, k=len(counts))) for _ in range(ROUNDS)]
    ends = (int(ROUNDS * 0.025), int(ROUNDS * 0.975))
    return {
        name: (values[ends[0]], values[ends[1]])
        for name in rounds[0]
        for values in [sorted(r[name] for r in rounds)]
    }


def evaluate(
    gold: Sequence[Annotated], predicted: Mapping[str, Sequence[Label]], *, bootstrap: bool = True
) -> dict[str, Any]:
    """The report as a plain dictionary: overall, by category and by source."""
    counts = {s.id: compare(s.labels, predicted.get(s.id, ())) for s in gold}
    everything = list(counts.values())
    by_source: dict[str, list[Counts]] = defaultdict(list)
    by_region: dict[str, list[Counts]] = defaultdict(list)
    for sentence in gold:
        by_source[sentence.source or "unknown"].append(counts[sentence.id])
        by_region[_region(sentence)].append(counts[sentence.id])
    _, each = _totals(everything)
    report: dict[str, Any] = {
        "sentences": len(gold),
        "mentions": sum(len(s.labels) for s in gold),
        "figures": figures(everything),
        "by_category": {
            category: {
                "precision": _ratio(hits, found),
                "recall": _ratio(hits, true),
                "f1": _f1(hits, found, true),
                "gold": true,
            }
            for category, (hits, found, true) in sorted(each.items())
        },
        "by_source": _parts(by_source),
        "by_region": _parts(by_region),
        "reliability": reliability(gold, predicted),
    }
    if bootstrap and everything:
        report["intervals"] = intervals(everything)
    return report


def _parts(parts: Mapping[str, Sequence[Counts]]) -> dict[str, dict[str, float]]:
    return {name: {"sentences": len(part), **figures(part)} for name, part in sorted(parts.items())}


def _region(sentence: Annotated) -> str:
    """Where the sentence's first located mention is; else what its title names."""
    located = [code for label in sentence.labels for code in (*label.location, *label.responsible)]
    named = [place.code for place in find_places(sentence.title)]
    return next(filter(None, map(region_of, located + named)), "not clear")


def reliability(
    gold: Sequence[Annotated], predicted: Mapping[str, Sequence[Label]]
) -> list[dict[str, float]]:
    """Ten bins of score: mean score and share that is right of the mentions in each."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sentence in gold:
        true = {label.category for label in sentence.labels}
        for label in predicted.get(sentence.id, ()):
            bins[min(9, int(label.score * 10))].append((label.score, label.category in true))
    return [
        {
            "from": number / 10,
            "mentions": len(found),
            "score": _ratio(sum(score for score, _ in found), len(found)),
            "right": _ratio(sum(right for _, right in found), len(found)),
        }
        for number, found in sorted(bins.items())
    ]


def trap_accuracy(
    gold: Sequence[Annotated], predicted: Mapping[str, Sequence[Label]]
) -> dict[str, tuple[int, int]]:
    """Per class: sentences whose set of (category, status, actor) is exactly right, and all."""
    result: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sentence in gold:
        tally = result[sentence.trap_class or "unnamed"]
        tally[1] += 1
        tally[0] += int(_signature(sentence.labels) == _signature(predicted.get(sentence.id, ())))
    return {name: (right, total) for name, (right, total) in sorted(result.items())}


def _signature(labels: Iterable[Label]) -> set[tuple[str, str, str]]:
    return {(label.category, label.status, label.actor) for label in labels}
