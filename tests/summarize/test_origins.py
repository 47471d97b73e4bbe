import json
from pathlib import Path

import pytest

from catnlp.summarize.origins import corroborated, independent, origin, quoted
from tests.summarize.quotes import evidence

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/origins.jsonl").read_text("utf-8").splitlines()
]
CLAIM = "Amnesty International said that soldiers shot twelve villagers near Dapaong on May 3."


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_quoted(case: dict[str, str]) -> None:
    assert quoted(case["text"]) == case["origin"]


def test_a_chain_of_quotations_is_one_source() -> None:
    state, paper = evidence(CLAIM), evidence(CLAIM.replace("near", "close to"), name="b")
    assert independent([*state, *paper]) == ("Amnesty International",)
    (kept,) = corroborated(state, [*state, *paper])
    assert kept.sources == ("Amnesty International",)
    assert kept.also_in == ("Report b",)


def test_who_tells_the_same_event_in_other_words_is_another_source() -> None:
    own = evidence("The army opened fire in Dapaong on May 3, and twelve people died.", name="c")
    state = evidence(CLAIM)
    (kept,) = corroborated(state, [*state, *own])
    assert kept.sources == ("Amnesty International", "Us")
    (alone,) = corroborated(state, [*state, *evidence("Police took bribes in Lomé.", name="d")])
    assert alone.sources == ("Amnesty International",)


def test_origin_is_the_publisher_where_nobody_is_quoted() -> None:
    assert origin(evidence("Soldiers shot villagers.")[0]) == "Us"
