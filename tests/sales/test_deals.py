import json
from pathlib import Path

import pytest

from catnlp.domain import Sentence
from catnlp.sales.deals import read_deals
from catnlp.sales.money import find_money

CASES = Path(__file__).parents[1] / "cases" / "sales" / "deals.jsonl"


def sentence(text: str) -> Sentence:
    return Sentence("s1", "d1", 0, len(text), text, (), 1)


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:50],
)
def test_read_deal_of_the_case_file(case: dict[str, object]) -> None:
    sale = next(iter(read_deals(sentence(str(case["text"])))), None)
    if case["sale"] is None:
        assert sale is None
        return
    assert sale is not None
    got = {"supplier": sale.supplier, "recipient": sale.recipient, "value": sale.value}
    assert got == {key: case["sale"][key] for key in got}  # type: ignore[index]


def test_find_money() -> None:
    (sum_,) = find_money("for an estimated cost of $1.2 billion")
    assert (sum_.amount, sum_.currency, sum_.upper) == (1.2e9, "USD", True)
    assert [m.currency for m in find_money("EUR 40 million and 3 million pounds")] == ["EUR", "GBP"]
    assert not find_money("in 2019, some 40 million people")
