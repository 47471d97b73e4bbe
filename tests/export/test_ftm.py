import json
from typing import Any

import pytest

from catnlp.export import flags
from catnlp.export.ftm import alpha2
from catnlp.store import Store
from tests.export.write import written

ZERO_WIDTH_JOINER = "\u200d"  # the library drops it when it cleans text


@pytest.fixture
def entities(store: Store) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("ftm", flags(store)).splitlines()]


def test_entities_are_valid_in_the_model_and_nothing_is_lost(
    entities: list[dict[str, Any]],
) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    for entity in entities:
        proxy = followthemoney.model.get_proxy(entity)
        assert proxy.to_dict()["properties"] == entity["properties"]
        proxy.schema.validate(entity)
        for prop, value in proxy.itervalues():
            cleaned = prop.type.clean(value)
            assert cleaned == value.replace(ZERO_WIDTH_JOINER, ""), prop.name


def test_entities_are_a_document_for_a_source_and_a_note_for_a_flag(
    entities: list[dict[str, Any]], store: Store
) -> None:
    documents = {e["id"] for e in entities if e["schema"] == "Document"}
    notes = [e for e in entities if e["schema"] == "Note"]
    assert len(documents) == 2
    assert [note["properties"]["description"] for note in notes] == [
        [flag.quote] for flag in flags(store)
    ]
    assert {note["properties"]["proof"][0] for note in notes} == documents
    assert {note["properties"]["country"][0] for note in notes} == {"tg"}


def test_alpha2_knows_kosovo_and_no_fantasy() -> None:
    assert (alpha2("XKX"), alpha2("PSE"), alpha2("QQQ")) == ("xk", "ps", "")
