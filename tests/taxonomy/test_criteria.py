import json
from pathlib import Path
from typing import Any

import pytest

from catnlp.errors import CatnlpError
from catnlp.link.units import find_units
from catnlp.resources import read_toml
from catnlp.taxonomy import taxonomy
from catnlp.taxonomy.criteria import UNIT, Finding, criteria, parse

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/criteria.jsonl").read_text("utf-8").splitlines()
]
NAMES = ("instruments", "criteria", "crosswalk", "cues")


def shipped() -> dict[str, dict[str, Any]]:
    return {name: read_toml("catnlp.taxonomy.criteria", f"{name}.toml") for name in NAMES}


def test_every_instrument_has_a_source_a_date_and_criteria() -> None:
    loaded = criteria()
    held = {criterion.instrument for criterion in loaded.criteria}
    assert held == {instrument.id for instrument in loaded.instruments}
    assert all(i.source and i.date for i in loaded.instruments)
    assert all(c.question.endswith("?") for c in loaded.criteria)


@pytest.mark.parametrize("category", taxonomy().category_ids)
def test_every_category_bears_on_something_when_a_state_does_it(category: str) -> None:
    assert criteria().bearings(Finding(category, "affirmed", "state", "responsible"))


@pytest.mark.parametrize("category", taxonomy().category_ids)
def test_a_norm_bears_on_no_prohibition(category: str) -> None:
    found = criteria().bearings(Finding(category, "normative", "state", "responsible"))
    bearing = {b.criterion for b in found}
    assert not bearing & {"att.6.3", "nsm18.grave-breaches", "leahy.gross-violation"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_cases(case: dict[str, Any]) -> None:
    loaded = criteria()
    cues = loaded.cues_of(case["text"], case.get("section", ())) | set(case.get("cues", ()))
    cues |= {UNIT} if find_units(case["text"]) else set()
    finding = Finding(case["category"], case["status"], case["actor"], case["role"], cues)
    bearing = {b.criterion for b in loaded.bearings(finding)}
    assert bearing >= set(case["bears"])
    assert not bearing & set(case["not"])


def broken(name: str, row: str, number: int, **changes: object) -> dict[str, dict[str, Any]]:
    data = shipped()
    data[name][row][number].update(changes)
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (broken("instruments", "instrument", 0, date="2023"), "'2023' is not YYYY-MM-DD"),
        (broken("instruments", "instrument", 0, source=""), "nsm18: no `source`"),
        (broken("instruments", "instrument", 0, id="att"), "given twice: att"),
        (broken("criteria", "criterion", 0, instrument="nsm19"), "unknown nsm19; there are"),
        (broken("criteria", "criterion", 0, queston="?"), "unknown queston; there are: id"),
        (broken("criteria", "criterion", 0, id="nsm18.x"), "unknown nsm18.genocide"),
        (broken("crosswalk", "rule", 0, categories=["theft"]), "rule 1: unknown theft"),
        (broken("crosswalk", "rule", 0, why=""), "no `why`"),
        (broken("crosswalk", "rule", 0, cues=["war"]), "unknown war; there are: conflict"),
        (broken("cues", "cue", 0, text=["("]), "is no regular expression"),
        (broken("criteria", "criterion", 3, unreached="no"), "not both"),
    ],
)
def test_parse_names_what_is_wrong(data: dict[str, dict[str, Any]], message: str) -> None:
    with pytest.raises(CatnlpError, match=message):
        parse(data)
