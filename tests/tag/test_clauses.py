import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.tag.clauses import clauses, two_ways
from catnlp.tag.models import find_model
from catnlp.tag.prediction import Prediction
from catnlp.tag.tagger import Tagger
from catnlp.tag.windows import Passage

CASES = Path(__file__).parents[1] / "cases" / "clauses.jsonl"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(find_model())


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_clauses_tell_of_a_category_in_two_ways(case: dict[str, Any], tagger: Tagger) -> None:
    [[found]] = tagger.predict([Passage("", (), (case["text"],))])
    mine = sorted((p for p in found if p.category == case["category"]), key=lambda p: p.start)
    if isinstance(case["found"], int):
        assert len(mine) == case["found"]
        return
    assert [p.status for p in mine] == [status for status, _ in case["found"]]
    for prediction, (_, words) in zip(mine, case["found"], strict=True):
        trigger = case["text"][prediction.start : prediction.end]
        assert set(trigger.split()) & set(words.split())
    assert len({(p.start, p.end) for p in mine}) == len(mine)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The law forbids it.", 1),
        ("The law forbids it, but officers did it every month.", 2),
        ("While the law forbids it, officers did it every month.", 2),
        ("Arrests: While the law forbids it, officers did it; nobody was charged.", 3),
        ("The butcher, a yeti and however many guards stood there.", 2),
        ("But it rained.", 1),
    ],
)
def test_a_sentence_turns_at_words_of_its_own(text: str, parts: int) -> None:
    found = clauses(text)
    assert len(found) == parts
    assert "".join(text[start:end] for start, end in found) == text


def reading(status: str, score: float, start: int, sure: float = 0.9) -> Prediction:
    return Prediction("c", status, "state", score, start, start + 5, status_score=sure)


TEXT = "x" * 90


def test_the_surest_of_each_way_counts() -> None:
    law, doubtful = reading("normative", 0.9, 0), reading("negated", 0.8, 40)
    done, said = reading("affirmed", 0.7, 20), reading("alleged", 0.95, 60)
    assert two_ways([law, done, doubtful, said], TEXT, 0.5) == (law, said)


def test_one_way_is_no_two() -> None:
    done = reading("affirmed", 0.9, 20)
    assert two_ways([done, reading("alleged", 0.9, 40)], TEXT, 0.5) == ()
    assert two_ways([done, reading("normative", 0.65, 0)], TEXT, 0.5) == ()
    assert two_ways([done, reading("normative", 0.9, 0, sure=0.4)], TEXT, 0.5) == ()
    assert two_ways([reading("affirmed", 0.5, 20), reading("negated", 0.9, 0)], TEXT, 0.5) == ()


def test_no_clause_is_mentioned_below_the_threshold() -> None:
    law, done = reading("normative", 0.9, 0), reading("affirmed", 0.7, 20)
    assert two_ways([law, done], TEXT, 0.7) == (law, done)
    assert two_ways([law, done], TEXT, 0.8) == ()
