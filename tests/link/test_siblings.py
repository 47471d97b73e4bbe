"""Mentions of one sentence, in a document that is no report on one country."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.link.articles import linked, news, told

CASES = Path(__file__).parents[1] / "cases" / "link-siblings.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_countries_of_the_case_file(case: dict[str, Any]) -> None:
    mentions = [
        told(m["trigger"], m["category"], m["actor"], m.get("actor_score", 0.95))
        for m in case["mentions"]
    ]
    found = linked(news(case["title"]), [((), words) for words in case["text"]], mentions)
    assert found == [(m["responsible"], m["location"]) for m in case["mentions"]]
