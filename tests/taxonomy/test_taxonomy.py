import pytest

from catnlp.errors import CatnlpError
from catnlp.taxonomy import parse, taxonomy

ROW = {"id": "a", "label": "A", "definition": "x"}
DATA = {
    "version": "1", "group": [{"id": "g", "label": "G"}], "status": [ROW], "actor": [ROW],
    "category": [{**ROW, "group": "g"}],
}  # fmt: skip


def test_taxonomy_is_the_guideline() -> None:
    loaded = taxonomy()
    assert len(loaded.categories) == 27
    assert list(loaded.groups) == ["human-rights", "corruption", "governance"]
    assert loaded.statuses == ("affirmed", "alleged", "negated", "normative", "hypothetical")
    assert loaded.actors == ("state", "state-aligned", "non-state", "private", "unknown")
    assert all(c.definition for c in loaded.categories)


def test_taxonomy_has_no_category_that_nobody_defined() -> None:
    assert taxonomy().category("impunity").label == "Impunity"
    with pytest.raises(CatnlpError, match="unknown category 'theft'"):
        taxonomy().category("theft")


def test_parse_refuses_doubled_ids_and_unknown_groups() -> None:
    assert parse(DATA).category_ids == ("a",)
    with pytest.raises(CatnlpError, match="given twice: a"):
        parse({**DATA, "status": [ROW, ROW]})
    with pytest.raises(CatnlpError, match="unknown group h"):
        parse({**DATA, "category": [{**ROW, "group": "h"}]})
