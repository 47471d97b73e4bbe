import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.link.calendar import calendar
from catnlp.link.dates import when

CASES = Path(__file__).parents[1] / "cases" / "dates.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: f"{case['text'][:40]} {case['precision']}",
)
def test_when_of_the_case_file(case: dict[str, Any]) -> None:
    start = case["text"].index(case["trigger"])
    around = calendar(case.get("title", ""), "", case.get("published", ""))
    told = when(case["text"], start, start + len(case["trigger"]), around, case.get("category", ""))
    found = [told.since, told.until, told.precision] if told else [None, None, None]
    assert found == [case["since"], case["until"], case["precision"]]
