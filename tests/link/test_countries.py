import json
from pathlib import Path

import pytest

from catnlp.domain import Block, Document, Mention, Sentence
from catnlp.link import actor_of, link, link_sentence
from catnlp.link.references import read_references

CASES = Path(__file__).parents[1] / "cases" / "link.jsonl"
REPORT = "2023 Country Reports on Human Rights Practices: {}"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_link_sentence_of_the_case_file(case: dict[str, str]) -> None:
    start = case["text"].index(case["trigger"])
    mention = {"start": start, "end": start + len(case["trigger"]), "actor": case["actor"]}
    mention["category"] = case.get("category", "")
    mention["actor_score"] = case.get("actor_score", 1.0)
    ((responsible, location, reason),) = link_sentence(
        title=case.get("title", ""), section=case.get("section", ()), prev=case.get("prev", ""),
        text=case["text"], next=case.get("next", ""), mentions=[mention],
    )  # fmt: skip
    assert [list(responsible), list(location)] == [case["responsible"], case["location"]], reason


def test_link_sentence_agrees_with_the_gold(shared: Path) -> None:
    """Floors a little under what was measured on dev: responsible 0.952, location 0.921."""
    right, total = {"responsible": 0, "location": 0}, 0
    lines = (shared / "annotations" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        links = link_sentence(
            title=record["title"], section=record["section"], prev=record["prev"],
            text=record["text"], next=record["next"], mentions=record["mentions"],
        )  # fmt: skip
        for mention, (responsible, location, _) in zip(record["mentions"], links, strict=True):
            total += 1
            right["responsible"] += set(responsible) == set(mention["responsible"])
            right["location"] += set(location) == set(mention["location"])
    assert right["responsible"] / total > 0.94
    assert right["location"] / total > 0.92


def test_states_of_a_list_stand_each_with_its_own_words() -> None:
    text = "A tribunal found that Ethiopian troops and Eritrean soldiers had committed war crimes."
    document = Document(
        id="d", uri="d", media_type="text/plain", reader="text", title="A ruling", text=text,
        blocks=(Block(0, len(text)),),
    )  # fmt: skip
    sentence = Sentence("s", "d", 0, len(text), text, (), 1)
    at = text.index("war crimes")
    mention = Mention(
        "m", "d", "s", at, at + 10, "war crimes", "atrocity-crime", "affirmed", "state", 0.9, "x"
    )
    reasons = {k.country: k.reason for k in link(document, [sentence], [mention])}
    assert "Ethiopian" in reasons["ETH"]
    assert "Eritrean" in reasons["ERI"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They say that the state of emergency is over.", []),
        ("They say that the state has taken land.", ["the state"]),
    ],
)
def test_a_state_of_emergency_is_no_state(text: str, words: list[str]) -> None:
    assert [clue.words for clue in read_references(text, (), "KEN", ())] == words


@pytest.mark.parametrize(
    ("actor", "responsible", "told"),
    [
        ("non-state", ["ISR"], "state"),  # a state's force plainly acts
        ("non-state", [], "non-state"),
        ("state-aligned", ["RUS"], "state-aligned"),
        ("private", [], "private"),
    ],
)
def test_the_actor_follows_the_agent(actor: str, responsible: list[str], told: str) -> None:
    assert actor_of(actor, responsible) == told
