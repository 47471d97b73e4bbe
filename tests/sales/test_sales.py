import json
from pathlib import Path

import pytest

from catnlp.domain import ArmsSale, Block, CountryLink, Document, Mention, SaleItem, Sentence
from catnlp.extract import extract
from catnlp.sales.deals import read_deal
from catnlp.sales.money import find_money
from catnlp.sales.notices import is_notice, read_notice
from catnlp.sales.sales import link_sales

CASES = Path(__file__).parents[1] / "cases" / "deals.jsonl"


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


def test_notice_of_the_samples_is_read_whole(samples: Path) -> None:
    (document,) = extract(samples / "notice-nigeria-ah-1z.txt")
    assert is_notice(document)
    sale = read_notice(document)
    assert sale is not None
    assert (sale.supplier, sale.recipient, sale.value) == ("USA", "NGA", 997e6)
    assert sale.value_is_upper_estimate
    assert sale.date == "2022-04-14"
    assert [(item.quantity, item.name) for item in sale.items] == [
        (12, "AH-1Z Attack Helicopters"),
        (28, "T-700 GE 401C engines"),
        (2000, "Advanced Precision Kill Weapon System guidance sections"),
    ]
    assert len(sale.contractors) == 2
    for item in sale.items:
        assert item.start is not None
        assert str(item.quantity) in document.text[item.start : item.end].replace(",", "")


def test_notices_of_the_gold(shared: Path) -> None:
    """Recipient and value of all eight; transmittal numbers wherever the text has one."""
    folder = shared / "arms" / "notices"
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        (document,) = extract(folder / gold["file"])
        sale = read_notice(document)
        assert sale is not None, gold["id"]
        assert sale.value == gold["value_usd"], gold["id"]
        if sale.transmittal:
            assert sale.transmittal == gold["transmittal_number"], gold["id"]


def test_a_report_is_no_notice(samples: Path) -> None:
    (document,) = extract(samples / "ethiopia-2023.html")
    assert not is_notice(document)


def test_find_money() -> None:
    (sum_,) = find_money("for an estimated cost of $1.2 billion")
    assert (sum_.amount, sum_.currency, sum_.upper) == (1.2e9, "USD", True)
    assert [m.currency for m in find_money("EUR 40 million and 3 million pounds")] == ["EUR", "GBP"]
    assert not find_money("in 2019, some 40 million people")


def test_link_sales_needs_the_recipient_responsible() -> None:
    text = "Police fired from helicopters."
    mention = Mention(
        "m1", "d1", "s1", 0, 6, "Police", "excessive-force", "affirmed", "state", 1, ""
    )
    sale = ArmsSale("x", "d1", "NGA", 0, 1, "USA", items=(SaleItem("Attack Helicopters", 12),))
    mine = CountryLink("m1", "NGA", "responsible", 0.9, "title")
    other = CountryLink("m1", "KEN", "responsible", 0.9, "title")
    (found,) = link_sales([mention], [mine], [sale], [sentence(text)])
    assert (found.kind, found.sale_id) == ("stated", "x")
    assert not link_sales([mention], [other], [sale], [sentence(text)])


def test_document_of_another_kind_has_no_notice() -> None:
    text = "The minister opened a school."
    document = Document("d", "d", "text/plain", "text", "School", text, (Block(0, len(text)),))
    assert not is_notice(document)
