import json
from pathlib import Path
from typing import get_args

import pycountry
import pytest

from catnlp.gazetteer import country_codes, country_name, find_forces, find_places
from catnlp.gazetteer.forces import ForceKind, _table

CASES = Path(__file__).parents[1] / "cases" / "places.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["text"][:40],
)
def test_find_places_of_the_case_file(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = find_places(text, home=str(case.get("home", "")))
    assert [[place.text, place.code] for place in found] == case["places"]
    assert all(text[place.start : place.end] == place.text for place in found)


def test_codes_are_iso_3166_and_all_states_are_there() -> None:
    codes = set(country_codes())
    known = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    assert codes <= known
    missing = {"FRA", "MMR", "PSE", "TWN", "HKG", "XKX", "SSD", "TLS", "SWZ", "CPV"} - codes
    assert not missing
    assert len(codes) > 195


def test_country_name_of_an_unknown_code_is_the_code() -> None:
    assert country_name("YEM") == "Yemen"
    assert country_name("ZZZ") == "ZZZ"


def test_forces_belong_to_states_of_the_table() -> None:
    entries = [entry for same_name in _table().values() for entry in same_name]
    assert {code for e in entries for code in (e.state, e.home) if code} <= set(country_codes())
    assert {entry.kind for entry in entries} == set(get_args(ForceKind))
    assert all(entry.state for entry in entries if entry.kind in ("state", "state-aligned"))


def test_a_force_of_capitals_is_known_in_full() -> None:
    text = "The Central Bureau of Investigation arrested him; the Special Air Service did not."
    assert {force.state for force in find_forces(text, {"IND"})} == {"IND", ""}
    assert not [force for force in find_forces(text, {"GHA"}) if force.state]
    (group,) = find_forces("The Front for Change and Concord in Chad shot two guards.", {"TCD"})
    assert (group.state, group.kind) == ("", "non-state")


def test_find_forces_knows_whom_they_act_for() -> None:
    (wagner,) = find_forces("Fighters of the Wagner Group entered the village.")
    assert (wagner.state, wagner.kind) == ("RUS", "state-aligned")
    (group,) = find_forces("Al-Shabaab claimed the attack.")
    assert (group.state, group.kind) == ("", "non-state")
    assert not find_forces("The opera by Richard Strauss was performed.")
