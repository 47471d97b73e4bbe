import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import CountryLink
from catnlp.link.abbreviations import abbreviations
from catnlp.link.units import find_units, link_units
from tests.analyses import analysis

CASES = Path(__file__).parents[1] / "cases" / "units.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:40],
)
def test_find_units_of_the_case_file(case: dict[str, Any]) -> None:
    found = find_units(case["text"], frozenset(case["near"]) if "near" in case else None)
    assert [[unit.name, unit.state] for unit in found] == case["units"]


def test_a_unit_has_the_state_of_its_mention_where_the_name_does_not_tell_it() -> None:
    quote = "The Rapid Deployment Unit beat detainees."
    made = analysis(quotes=((quote, "beat detainees", "torture-ill-treatment", "affirmed"),))
    (unit,) = link_units(made.document, made.sentences, made.mentions, made.country_links)
    assert (unit.name, unit.state) == ("Rapid Deployment Unit", "TGO")
    assert made.document.text[unit.start : unit.end] == "Rapid Deployment Unit"
    two = (*made.country_links, CountryLink(made.mentions[0].id, "GHA", "responsible", 0.5, ""))
    (unit,) = link_units(made.document, made.sentences, made.mentions, two)
    assert unit.state == ""


@pytest.mark.parametrize(
    ("quote", "actor", "names"),
    [
        ("The Rapid Deployment Unit beat detainees.", "state", ["Rapid Deployment Unit"]),
        ("Robbers from the Rapid Deployment Unit beat detainees.", "private", []),
        ("The Rapid Deployment Unit reported that guards beat detainees.", "state", []),
        ("The Rapid Deployment Unit said it beat detainees.", "state", ["Rapid Deployment Unit"]),
        ("Two of the Rapid Deployment Unit were shot when guards beat detainees.", "state", []),
        ("The Rapid Deployment Unit held a press conference: guards beat detainees.", "state", []),
        (
            "The Rapid Deployment Unit shot at those who were killed and beat detainees.", "state",
            ["Rapid Deployment Unit"],
        ),
        ("Guards who beat detainees were referred to the Rapid Deployment Unit.", "state", []),
        (
            "Some held by the Rapid Deployment Unit alleged that it beat detainees.", "state",
            ["Rapid Deployment Unit"],
        ),
        ("Guards who insulted the Rapid Deployment Unit beat detainees.", "state", []),
        (
            "The Rapid Deployment Unit arrested a guard suspected of having beat detainees.",
            "state", [],
        ),
        (
            "The Rapid Deployment Unit arrested guards for a day and beat detainees.", "state",
            ["Rapid Deployment Unit"],
        ),
        (
            "Guards of the Rapid Deployment Unit were arrested after they beat detainees.", "state",
            ["Rapid Deployment Unit"],
        ),
    ],
)  # fmt: skip
def test_a_unit_that_only_speaks_or_looks_into_it_is_none(
    quote: str, actor: str, names: list[str]
) -> None:
    made = analysis(quotes=((quote, "beat detainees", "torture-ill-treatment", "affirmed"),))
    mentions = [replace(m, actor=actor) for m in made.mentions]
    found = link_units(made.document, made.sentences, mentions, made.country_links)
    assert [unit.name for unit in found] == names


def test_capitals_stand_for_what_the_document_says() -> None:
    told = "The Rapid Deployment Unit (RDU) and the People’s Action Party (PAP) met. "
    text = "The RDU beat detainees, and the PAP of China looked on."
    defined = abbreviations([told])
    assert [u.name for u in find_units(text, {"CHN"}, "", defined)] == ["Rapid Deployment Unit"]
    assert [u.name for u in find_units(text, {"CHN"})] == ["People’s Armed Police"]


def test_names_before_capitals_in_brackets() -> None:
    told = abbreviations([
        "The Royal Oman Police (ROP) and the National Bureau of Investigation (NBI) met.",
        "He paid tax (VAT).", "Later the Rural Oat Press (ROP) opened.",
    ])  # fmt: skip
    assert told == {"ROP": "Royal Oman Police", "NBI": "National Bureau of Investigation"}
