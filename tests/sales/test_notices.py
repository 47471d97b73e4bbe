"""Notices: the case file, spans, and what is no notice."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import ArmsSale, Block, Document
from catnlp.extract import extract
from catnlp.sales.notices import is_notice, read_notice

CASES = Path(__file__).parents[1] / "cases" / "sales" / "notices.jsonl"


def document(text: str, title: str = "") -> Document:
    return Document("d", "d.txt", "text/plain", "text", title, text, (Block(0, len(text)),))


def fields(sale: ArmsSale) -> dict[str, Any]:
    return {
        "recipient": sale.recipient,
        "transmittal": sale.transmittal,
        "amends": sale.amends,
        "date": sale.date,
        "value": sale.value,
        "upper": sale.value_is_upper_estimate,
        "stage": sale.stage,
        "program": sale.program,
        "title": sale.title,
        "items": [[item.quantity, item.name] for item in sale.items],
        "other_items": [[item.quantity, item.name] for item in sale.other_items],
        "contractors": [[firm.name, firm.location] for firm in sale.contractors],
    }


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["name"],
)
def test_read_notice_of_the_case_file(case: dict[str, Any]) -> None:
    sale = read_notice(document(case["text"]))
    if case["sale"] is None:
        assert sale is None
        return
    assert sale is not None
    found = fields(sale)
    assert {name: found[name] for name in case["sale"]} == case["sale"]


def test_read_notice_every_field_has_its_place(samples: Path) -> None:
    (read,) = extract(samples / "notice-nigeria-ah-1z.txt")
    assert is_notice(read)
    sale = read_notice(read)
    assert sale is not None
    assert (sale.supplier, sale.recipient, sale.value) == ("USA", "NGA", 997e6)
    at = {span.field: read.text[span.start : span.end] for span in sale.spans}
    assert at["recipient"] == "Nigeria"
    assert at["value"] == "$997 million"
    assert at["date"] == "April 14, 2022"
    assert [(item.quantity, item.name) for item in sale.items] == [
        (12, "AH-1Z Attack Helicopters"),
        (28, "T-700 GE 401C engines"),
        (2000, "Advanced Precision Kill Weapon System guidance sections"),
    ]
    for item in sale.items:
        words = read.text[item.start : item.end]
        assert words.endswith(item.name)
        assert str(item.quantity) in words.replace(",", "")
    for firm in sale.contractors:
        assert read.text[firm.start : firm.end].startswith(firm.name)
        assert firm.location
    assert sale.quote in read.text


def test_is_notice_no_report_and_no_news(samples: Path) -> None:
    (report,) = extract(samples / "ethiopia-2023.html")
    assert not is_notice(report)
    assert not is_notice(document("The minister opened a school.", "School"))


@pytest.mark.parametrize(
    ("text", "date", "units"),
    [
        (
            "Saudi border guards had fired on migrants.\nIn September the State Department "
            "approved a possible Foreign Military Sale to Saudi Arabia of spare parts, for use by "
            "the Royal Saudi Land Forces.",
            "2030-09",
            ("army",),
        ),
        (
            "The State Department approved a possible Foreign Military Sale to Saudi Arabia of "
            "spare parts. The proposed sale will sustain the fleet of the Royal Saudi Air Force. "
            "In September Saudi police dispersed a march.",
            "2031-01-10",
            ("air force",),
        ),
    ],
)
def test_read_notice_in_news_takes_date_and_units_of_the_sale(
    text: str, date: str, units: tuple[str, ...]
) -> None:
    sale = read_notice(replace(document(text), published="2031-01-10"))
    assert sale is not None
    assert (sale.date, sale.units) == (date, units)
