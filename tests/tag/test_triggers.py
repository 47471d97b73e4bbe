import json
from pathlib import Path

import pytest

from catnlp.tag.names import is_in_name
from catnlp.tag.triggers import as_quoted

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("triggers.jsonl"), ids=lambda case: case["span"])
def test_as_quoted_of_the_case_file(case: dict[str, str]) -> None:
    text, start = case["text"], case["text"].index(case["span"])
    start, end = as_quoted(text, start, start + len(case["span"]))
    assert text[start:end] == case["trigger"]


@pytest.mark.parametrize("case", cases("names.jsonl"), ids=lambda case: case["text"][:50])
def test_is_in_name_of_the_case_file(case: dict[str, str]) -> None:
    start = case["text"].rindex(case["trigger"])
    assert is_in_name(case["text"], start, start + len(case["trigger"])) == case["is_name"]
