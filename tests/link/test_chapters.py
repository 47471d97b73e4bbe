"""Countries of mentions in documents with chapters on countries."""

import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import Block, Document, Mention, Sentence
from catnlp.link import link

CASES = Path(__file__).parents[1] / "cases" / "link-chapters.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_link_of_the_case_file(case: dict[str, Any]) -> None:
    found: dict[str, list[str]] = {"responsible": [], "location": []}
    for country_link in link(*_survey(case)):
        found[country_link.role].append(country_link.country)
    assert [found["responsible"], found["location"]] == [case["responsible"], case["location"]]


def _survey(case: dict[str, Any]) -> tuple[Document, list[Sentence], list[Mention]]:
    """A document of the chapters of a case, and a mention with its trigger."""
    parts = [(chapter, words) for chapter, texts in case["chapters"] for words in texts]
    text = " ".join(words for _, words in parts)
    document = Document(
        id="d", uri="d", media_type="text/html", reader="html", title=case["title"], text=text,
        blocks=(Block(0, len(text)),), genre=case.get("genre", "other"),
        subject_countries=tuple(case.get("subject", ())),
    )  # fmt: skip
    sentences, start = [], 0
    for number, (chapter, words) in enumerate(parts):
        section = (case["title"], chapter)
        sentences.append(Sentence(f"s{number}", "d", start, start + len(words), words, section, 1))
        start += len(words) + 1
    at = text.index(case["trigger"])
    within = next(s for s in sentences if s.start <= at < s.end)
    mention = Mention(
        "m", "d", within.id, at, at + len(case["trigger"]), case["trigger"],
        "torture-ill-treatment", "affirmed", "state", 0.9, "x", actor_score=0.95,
    )  # fmt: skip
    return document, sentences, [mention]
