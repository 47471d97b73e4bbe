"""Countries of mentions in documents with chapters on countries."""

import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import Block, Document
from tests.link.articles import countries, told

CASES = Path(__file__).parents[1] / "cases" / "link-chapters.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_link_of_the_case_file(case: dict[str, Any]) -> None:
    parts = [
        ((case["title"], chapter), words) for chapter, texts in case["chapters"] for words in texts
    ]
    document = Document(
        id="d", uri="d", media_type="text/html", reader="html", title=case["title"], text="",
        blocks=(Block(0, 0),), genre=case.get("genre", "other"),
        subject_countries=tuple(case.get("subject", ())),
    )  # fmt: skip
    mention = told(case["trigger"], "torture-ill-treatment", "state")
    assert countries(document, parts, mention) == (case["responsible"], case["location"])
