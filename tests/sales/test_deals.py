import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import Sentence
from catnlp.link.calendar import Calendar
from catnlp.sales.deals import read_deals
from catnlp.sales.goods import goods_named
from catnlp.sales.money import find_money

CASES = Path(__file__).parents[1] / "cases" / "sales" / "deals.jsonl"


def sentence(text: str) -> Sentence:
    return Sentence("s1", "d1", 0, len(text), text, (), 1)


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:50],
)
def test_read_deals_of_the_case_file(case: dict[str, Any]) -> None:
    wanted = case["sales"] if "sales" in case else [case["sale"]] if case["sale"] else []
    around = Calendar("", case.get("published", ""))
    found = read_deals(sentence(case["text"]), around)
    assert len(found) == len(wanted)
    assert len({sale.id for sale in found}) == len(found)
    for sale, fields in zip(found, wanted, strict=True):
        got = {name: getattr(sale, name) for name in fields}
        got |= {"units": list(sale.units)} if "units" in got else {}
        if "items" in got:
            got["items"] = [[item.quantity, item.name] for item in sale.items]
        assert got == fields
        for item in sale.items:
            assert item.name in case["text"][item.start : item.end]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("ten Hermes 900 drones", [(10, "Hermes 900 drones")]),
        ("Hermes 900 drones", [(None, "Hermes 900 drones")]),
        ("He sent Someone 12 drones", [(None, "drones")]),
        ("They gave the Navy 12 drones", [(12, "drones")]),
        ("In 2019 tanks were lost", [(None, "tanks")]),
        ("On May 3 tanks were lost", [(None, "tanks")]),
        ("the first three of 24 Su-30 jets", [(3, "Su-30 jets")]),
        ("1.5 million rounds of ammunition", [(1_500_000, "rounds of ammunition")]),
        ("30 tank engines", [(30, "tank engines")]),
        ("12 tank crews", []),
        ("After Typhoon Haiyan", []),
        ("COVID-19 vaccines", []),
    ],
)
def test_goods_named(text: str, items: list[tuple[int | None, str]]) -> None:
    assert [(item.quantity, item.name) for item in goods_named(text)] == items


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
