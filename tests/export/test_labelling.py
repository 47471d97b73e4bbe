import json
from xml.etree import ElementTree

import pytest

from catnlp.export import flags, labelling_config
from catnlp.export.offsets import from_utf16, utf16
from catnlp.store import Store
from catnlp.taxonomy import taxonomy
from tests.export.write import written


def triggers(store: Store) -> list[str]:
    return sorted(flag.trigger for flag in flags(store))


def in_utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_label_studio_counts_code_points(store: Store) -> None:
    tasks = json.loads(written("label-studio", flags(store)))
    regions = [
        (task["data"]["text"], region)
        for task in tasks
        for region in task["predictions"][0]["result"]
        if region["type"] == "labels"
    ]
    found = [text[r["value"]["start"] : r["value"]["end"]] for text, r in regions]
    assert sorted(found) == triggers(store)
    assert {r["id"] for _, r in regions} == {flag.id for flag in flags(store)}


def test_label_studio_regions_fit_the_set_up(store: Store) -> None:
    setup = ElementTree.fromstring(labelling_config())
    controls = {tag.get("name"): tag for tag in setup if tag.get("toName")}
    for task in json.loads(written("label-studio", flags(store))):
        for region in task["predictions"][0]["result"]:
            control = controls[region["from_name"]]
            assert control.tag.lower() == region["type"]
            if region["type"] != "textarea":
                allowed = {child.get("value") for child in control}
                assert set(region["value"][region["type"]]) <= allowed
    assert len(controls["category"]) == len(taxonomy().categories)


def test_doccano_counts_utf16_code_units(store: Store) -> None:
    records = [json.loads(line) for line in written("doccano", flags(store)).splitlines()]
    labels = [(r["text"], *label) for r in records for label in r["label"]]
    assert sorted(in_utf16(text, a, b) for text, a, b, _ in labels) == triggers(store)
    assert any(text[a:b] != in_utf16(text, a, b) for text, a, b, _ in labels)
    assert "torture-ill-treatment|affirmed|state|TGO" in {label for *_, label in labels}


def test_prodigy_counts_code_points(store: Store) -> None:
    records = [json.loads(line) for line in written("prodigy", flags(store)).splitlines()]
    spans = [(r["text"], span) for r in records for span in r["spans"]]
    assert sorted(text[s["start"] : s["end"]] for text, s in spans) == triggers(store)
    assert [span["id"] for r in records for span in r["spans"]] == [
        flag for r in records for flag in r["meta"]["flags"]
    ]


@pytest.mark.parametrize("text", ["", "plain", "a👮🏽‍♀️b", "𝟏𝟐", "Lomé", "قوات"])
def test_utf16_positions_come_back(text: str) -> None:
    for position in range(len(text) + 1):
        assert from_utf16(text, utf16(text, position)) == position
    assert utf16(text, len(text)) == len(text.encode("utf-16-le")) // 2
