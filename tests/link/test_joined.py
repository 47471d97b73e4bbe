"""States that do something together, in a document that is no report on one of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.link import link_sentence
from tests.link.articles import countries, news, told

CASES = Path(__file__).parents[1] / "cases" / "link-joined.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_states_responsible_of_the_case_file(case: dict[str, Any]) -> None:
    """`actors`: what the tagger may take those who do it for."""
    document = news(case.get("title", ""))
    for actor in case["actors"]:
        mention = told(case["trigger"], case["category"], actor)
        responsible, _ = countries(document, [((), case["text"])], mention)
        assert responsible == case["responsible"], actor


@pytest.mark.parametrize("fighters", ["Wagner fighters", "Russian fighters"])
@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        (["state", "state-aligned"], [("MLI",), ("RUS",)]),
        (["state"], [("MLI", "RUS")]),
    ],
)
def test_two_mentions_of_a_category_have_each_its_own_state(
    actors: list[str], expected: list[tuple[str, ...]], fighters: str
) -> None:
    text = f"Malian soldiers and {fighters} executed villagers in Moura."
    at = text.index("executed")
    links = link_sentence(
        title="", section=(), prev="", text=text, next="",
        mentions=[
            {"start": at, "end": at + 8, "actor": actor, "category": "unlawful-killing"}
            for actor in actors
        ],
    )  # fmt: skip
    assert [responsible for responsible, _, _ in links] == expected
