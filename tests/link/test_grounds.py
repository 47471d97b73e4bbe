"""What is needed to name a country in a document that is no report on one."""

import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.link.evidence import Clue
from catnlp.link.features import Act, Surroundings
from catnlp.link.grounds import is_grounded
from tests.link.articles import countries, news, told

CASES = Path(__file__).parents[1] / "cases" / "link-news.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_link_of_the_case_file(case: dict[str, Any]) -> None:
    mention = told(case["trigger"], case["category"], case["actor"], case.get("actor_score", 0.95))
    parts = [((), words) for words in case["text"]]
    assert countries(news(case["title"]), parts, mention) == (case["responsible"], case["location"])


@pytest.mark.parametrize(
    ("score", "other", "named"),
    [
        (0.87, "", True),
        (0.87, "CHL", False),
        (0.92, "CHL", True),
        (0.75, "", True),
        (0.65, "", False),
    ],
)
def test_a_title_that_names_another_country_asks_for_more(
    score: float, other: str, named: bool
) -> None:
    title = (Clue(other, 0, 5, "named", "other"),) if other else ()
    around = Surroundings(subject=("PER",), title=title, is_whole=True)
    act = Act("Ten people were held.", 11, 20, "state", "arbitrary-detention")
    assert is_grounded("PER", score, "responsible", act, (), around) is named
