"""Links of mentions to sales: the case file, and what never links."""

import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import ArmsSale, CountryLink, Mention, SaleItem
from catnlp.sales.links import Around, Window, link_sales

CASES = Path(__file__).parents[1] / "cases" / "sales" / "links.jsonl"


def around(case: dict[str, Any]) -> Around:
    text, trigger = case["text"], case["trigger"]
    start = text.index(trigger)
    mention = Mention(
        "m1", "d1", "s1", start, start + len(trigger), trigger, case["category"],
        case.get("status", "affirmed"), case.get("actor", "state"), 1.0, "test",
    )  # fmt: skip
    links = tuple(CountryLink("m1", c, "responsible", 0.9, "title") for c in case["responsible"])
    links += tuple(CountryLink("m1", c, "location", 0.9, "") for c in case.get("location", ()))
    return Around(mention, text, "", "", links, case.get("title", ""), case.get("published", ""))


def sale(data: dict[str, Any]) -> ArmsSale:
    items = tuple(SaleItem(name, quantity) for quantity, name in data.get("items", ()))
    return ArmsSale(
        data.get("id", "x"), "d2", data["recipient"], 0, 1, data.get("supplier", "USA"),
        stage=data.get("stage", "notified"), items=items, date=data.get("date", "2020"),
        delivered=data.get("delivered", ""), units=tuple(data.get("units", ())),
        quote="The sale, in words.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["why"],
)
def test_link_sales_of_the_case_file(case: dict[str, Any]) -> None:
    found = link_sales(around(case), [sale(case["sale"])], Window())
    assert [link.kind for link in found] == ([case["kind"]] if case["kind"] else [])
    for link in found:
        assert case.get("against", "") in link.against
        assert case.get("reason", "") in link.reason
        assert (link.mention_quote, link.sale_quote) == (case["text"], "The sale, in words.")


CASE = {"text": "Police beat detainees in 2021.", "trigger": "beat", "responsible": ["NGA"],
        "category": "torture-ill-treatment"}  # fmt: skip


def test_link_sales_by_recipient_takes_the_nearest_only() -> None:
    held = [sale({"recipient": "NGA", "id": f"s{y}", "date": str(y)}) for y in range(2016, 2026)]
    found = link_sales(around(CASE), held, Window(most=2))
    assert [link.sale_id for link in found] == ["s2021", "s2020"]


def test_link_sales_window_can_be_set() -> None:
    held = [sale({"recipient": "NGA", "date": "2012"})]
    assert not link_sales(around(CASE), held, Window())
    (link,) = link_sales(around(CASE), held, Window(after=10))
    assert "9 years after the sale" in link.reason


def test_link_sales_says_that_others_fit_as_well() -> None:
    case = {**CASE, "text": "In 2021 soldiers fired on them from helicopters.", "trigger": "fired"}
    held = [
        sale({"recipient": "NGA", "id": i, "items": [[2, "helicopters"]]}) for i in ("a", "b", "c")
    ]
    for link in link_sales(around(case), held, Window()):
        assert link.kind == "equipment"
        assert "2 other sales fit as well" in link.against
