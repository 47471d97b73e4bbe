import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import CountryLink
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
