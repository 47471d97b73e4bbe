import json
from pathlib import Path

import pytest

from catnlp.domain import Sentence
from catnlp.sales.deals import read_deal
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
    sale = read_deal(sentence(str(case["text"])))
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


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("a SEK 3 billion order", [(3e9, "SEK")]), ("117 million Swiss francs", [(1.17e8, "CHF")]),
        ("1.7bn pounds", [(1.7e9, "GBP")]), ("for ₹63,000 crore", [(6.3e11, "INR")]),
        ("NT$30 billion", [(3e10, "TWD")]), ("$997 millions", [(9.97e8, "USD")]),
        ("40 million CAD", [(4e7, "CAD")]), ("COP 40 million", [(4e7, "COP")]),
        ("at COP 26", []), ("20 AMD 65 rifles", []), ("TOP 1000 firms", []), ("C$ 5 million", []),
        ("$5,2 billion", []), ("2,000 rupees", []), ("they won 40 million", []),
    ],
)  # fmt: skip
def test_find_money_in_other_currencies(text: str, sums: list[tuple[float, str]]) -> None:
    assert [(money.amount, money.currency) for money in find_money(text)] == sums
