import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.tag.agreement import agreed
from catnlp.tag.prediction import Prediction

CASES = Path(__file__).parents[1] / "cases" / "agreement.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:50],
)
def test_agreed_of_the_case_file(case: dict[str, Any]) -> None:
    said = [
        Prediction(
            m["category"], m["status"], m["actor"], 0.9,
            start := case["text"].index(m["trigger"]), start + len(m["trigger"]),
            m["status_score"], m["actor_score"],
        )
        for m in case["mentions"]
    ]  # fmt: skip
    found = agreed(said, case["text"])
    assert [[p.status, p.actor] for p in found] == case["agreed"]
    assert [(p.category, p.start) for p in found] == [(p.category, p.start) for p in said]
