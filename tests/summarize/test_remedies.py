import json
from pathlib import Path

import pytest

from catnlp.summarize.remedies import is_remedy, tells_remedy
from tests.summarize.quotes import evidence

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/remedies.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_tells_remedy(case: dict[str, object]) -> None:
    assert tells_remedy(str(case["text"])) is case["remedy"]


def test_impunity_denied_is_a_remedy_and_impunity_found_is_none() -> None:
    quote = "Courts convicted soldiers of torture."
    assert is_remedy(evidence(quote, status="negated")[0])
    assert not is_remedy(evidence(quote, status="affirmed")[0])
    assert is_remedy(evidence(quote, category="torture-ill-treatment")[0])
    assert not is_remedy(evidence(quote, category="torture-ill-treatment", status="normative")[0])
