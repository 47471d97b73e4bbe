import json

import jsonschema
import pytest

from catnlp.export import Filters, flags, schema
from catnlp.store import Store
from tests.analyses import analysis
from tests.export.write import written


def test_flags_fit_the_published_schema(store: Store) -> None:
    published = json.loads(schema("flag"))
    jsonschema.Draft202012Validator.check_schema(published)
    records = [json.loads(line) for line in written("jsonl", flags(store)).splitlines()]
    assert len(records) == 5
    for record in records:
        jsonschema.validate(record, published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**records[0], "country": "Togo"}, published)


def test_flags_keep_offsets_through_text_that_is_not_ascii(store: Store) -> None:
    for flag in flags(store):
        assert flag.quote[flag.trigger_start : flag.trigger_end] == flag.trigger
        assert store.text(flag.document_id)[flag.start : flag.end] == flag.quote


def test_flags_have_the_same_ids_in_every_export(store: Store) -> None:
    every = [flag.id for flag in flags(store)]
    assert len(set(every)) == 5
    assert [flag.id for flag in flags(store)] == every
    few = [flag.id for flag in flags(store, Filters(statuses=("alleged",)))]
    assert set(few) < set(every)


def test_flag_keeps_its_id_when_a_better_model_changes_its_status(store: Store) -> None:
    (before,) = flags(store, Filters(categories=("torture-ill-treatment",), sources=("togo",)))
    quote, trigger = before.quote, before.trigger
    again = ((quote, trigger, before.category, "alleged"),)
    store.put(analysis("a", again, actor="unknown"), "x")
    (after,) = flags(store, Filters(categories=("torture-ill-treatment",), sources=("togo",)))
    assert (after.status, after.actor) == ("alleged", "unknown")
    assert after.id == before.id


def test_flags_say_on_which_questions_they_bear(store: Store) -> None:
    bearing = {flag.category: flag.criteria for flag in flags(store)}
    assert "faa502b.torture" in bearing["torture-ill-treatment"]
    assert "faa502b.torture" not in bearing["enforced-disappearance"]
    assert not any(c.startswith("leahy") for c in bearing["bribery-extortion"])


def test_flag_of_a_text_that_others_repeat_names_them(store: Store) -> None:
    said = (
        "Police in Lomé beat detainees in the cells of the central station until they signed "
        "statements that none of them had been allowed to read before."
    )
    later = (f"{said[:-1]} or to keep.", "beat detainees", "torture-ill-treatment", "affirmed")
    store.put(analysis("c", (later,), title="Second report"), "x")
    store.put(analysis("b0", ((said, *later[1:]),), title="First report"), "x")
    store.mark_copies()
    found = {flag.document_id: (flag.also_in, flag.repeats) for flag in flags(store)}
    assert found["b0"] == (("Second report",), "")
    assert found["c"] == ((), "b0")
    assert found["a"] == found["b"] == ((), "")


def test_flags_without_a_country_have_to_be_asked_for(store: Store) -> None:
    store.put(analysis("n", country=""), "x")
    published = json.loads(schema("flag"))
    assert {flag.country for flag in flags(store)} == {"TGO"}
    asked = Filters(countries=("none",), statuses=("affirmed",))
    (flag,) = flags(store, asked)
    assert (flag.document_id, flag.country, flag.role, flag.criteria) == ("n", "", "", ())
    assert "which state answers" in flag.reason
    (line,) = written("jsonl", flags(store, asked)).splitlines()
    jsonschema.validate(json.loads(line), published)
    both = list(flags(store, Filters(countries=("none", "TGO"))))
    assert [f.country for f in both] == ["TGO"] * 5 + [""] * 2
    assert len({f.id for f in both}) == 7
    assert not list(flags(store, Filters(countries=("none",), roles=("responsible",))))
