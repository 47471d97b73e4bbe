import json
from pathlib import Path

import pytest

from catnlp.tag.prediction import Prediction
from catnlp.tag.rules import RULES, correct_actor

CASES = Path(__file__).parents[1] / "cases" / "actor_rules.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:50],
)
def test_correct_actor_of_the_case_file(case: dict[str, str]) -> None:
    start = case["text"].index(case["trigger"])
    end = start + len(case["trigger"])
    said = Prediction("unlawful-killing", "affirmed", case["model"], 0.9, start, end)
    corrected = correct_actor(said, case["text"])
    assert corrected.actor == case["actor"]
    changed = case["actor"] != case["model"]
    assert (corrected.actor_score in {right for *_, right in RULES}) == changed
