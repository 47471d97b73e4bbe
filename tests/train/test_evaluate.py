from dataclasses import replace

import pytest

from catnlp.train.corpus import Annotated, Label
from catnlp.train.evaluate import evaluate, trap_accuracy


def label(category: str, status: str = "affirmed", actor: str = "state", start: int = 0) -> Label:
    return Label(category, "abc", start, start + 3, status, actor, ("AAA",), ("BBB",))


def sentence(number: int, *labels: Label, trap: str = "") -> Annotated:
    return Annotated(
        str(number), "cr", "", "", (), "", "text of a sentence", "", labels, trap_class=trap
    )


def test_evaluate_perfect_predictions_score_one() -> None:
    gold = [sentence(1, label("impunity")), sentence(2)]
    report = evaluate(gold, {"1": gold[0].labels, "2": ()}, bootstrap=False)
    figures = report["figures"]
    assert figures.pop("false_alarm_rate") == 0
    assert set(figures.values()) == {1.0}


def test_evaluate_counts_a_miss_and_a_false_alarm() -> None:
    gold = [sentence(1, label("impunity"), label("unfair-trial")), sentence(2)]
    found = {"1": (label("impunity", "alleged", "private", 9),), "2": (label("impunity"),)}
    figures = evaluate(gold, found, bootstrap=False)["figures"]
    assert figures["category_precision"] == pytest.approx(0.5)
    assert figures["category_recall"] == pytest.approx(0.5)
    assert figures["status_accuracy"] == figures["actor_accuracy"] == 0
    assert figures["trigger_overlap"] == 0
    assert figures["false_alarm_rate"] == 1


def test_evaluate_a_negated_mention_raises_no_flag() -> None:
    gold = [sentence(1, label("impunity", "negated"))]
    figures = evaluate(gold, {"1": (label("impunity", "negated"),)}, bootstrap=False)["figures"]
    assert figures["false_alarm_rate"] == 0
    assert figures["flag_f1"] == 0  # there is none, and none was raised


def test_evaluate_a_flag_counts_against_its_state() -> None:
    gold = [sentence(1, label("impunity")), sentence(2, label("unfair-trial", "negated"))]
    found = {"1": (replace(label("impunity"), responsible=("ERI",)),), "2": gold[1].labels}
    figures = evaluate(gold, found, bootstrap=False)["figures"]
    assert (figures["flag_f1"], figures["flag_state_f1"]) == (1, 0)


def test_evaluate_sentences_without_prediction_are_misses() -> None:
    assert evaluate([sentence(1, label("impunity"))], {})["figures"]["category_recall"] == 0


def test_evaluate_intervals_hold_the_figure() -> None:
    gold = [sentence(i, label("impunity")) for i in range(30)]
    found = {str(i): gold[i].labels for i in range(20)}
    report = evaluate(gold, found)
    low, high = report["intervals"]["category_recall"]
    assert low < report["figures"]["category_recall"] < high


def test_trap_accuracy_needs_the_whole_set() -> None:
    gold = [sentence(1, label("impunity"), trap="risk"), sentence(2, trap="risk")]
    assert trap_accuracy(gold, {"1": (label("impunity", "alleged"),)}) == {"risk": (1, 2)}
