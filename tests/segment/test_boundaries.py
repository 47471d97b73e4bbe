import json
from pathlib import Path

import pytest

from catnlp.tag.pipeline import splitter

CASES = Path(__file__).parents[1] / "cases" / "sentences.jsonl"


@pytest.fixture(scope="module")
def split() -> object:
    nlp = splitter()
    return lambda text: [s.text.strip() for s in nlp(text).sents if s.text.strip()]


@pytest.mark.parametrize(
    "case", [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
)
def test_boundaries_of_the_case_file(case: dict[str, list[str]], split: object) -> None:
    sentences = case["sentences"]
    assert split(case.get("joined") or " ".join(sentences)) == sentences  # type: ignore[operator]
