from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from catnlp.address import Where
from catnlp.domain import Analysis
from catnlp.review import decide, reapply
from catnlp.review.diff import Difference, diff
from catnlp.review.diff_text import difference_text, summary
from catnlp.store import InputRow, Store, open_store
from tests.analyses import analysis
from tests.review.decisions import decision

NewAddress = Callable[[], Where]
OTHER_MODEL = "1/model2/tax1"


def run(
    address: Where, *read: Analysis, fingerprint: str = "1/model1/tax1", uri: str = "in/a.html"
) -> Store:
    store = open_store(address)
    for one in read:
        name = uri if one.document.id == "a" else one.document.uri
        store.begin_input(name, one.document.id, 1)
        store.put(one, name)
        reapply(store, [one.document.id])
        store.finish_input(InputRow(name, one.document.id, 1, "done", "", "", fingerprint, 1))
    return store


def found(new_address: NewAddress, *read: Analysis, **options: Any) -> list[Difference]:
    with run(new_address(), analysis("a")) as a, run(new_address(), *read, **options) as b:
        return list(diff(a, b))


def test_two_equal_runs_have_no_difference(new_address: NewAddress) -> None:
    assert found(new_address, analysis("a"), fingerprint=OTHER_MODEL) == []
    assert summary([]) == "0 came, 0 went, 0 changed"


def test_a_changed_label_is_told_with_the_model(new_address: NewAddress) -> None:
    differences = found(new_address, analysis("a", actor="non-state"), fingerprint=OTHER_MODEL)
    assert [(d.kind, d.causes) for d in differences] == [("changed", ("model",))] * 2
    assert differences[0].changed() == {"actor": ("state", "non-state")}
    assert "actor state -> non-state" in difference_text(differences[0])
    assert summary(differences) == "0 came, 0 went, 2 changed; 2 by model"


@pytest.mark.parametrize(
    ("fingerprint", "causes"),
    [
        ("1/model1/tax2", ("taxonomy",)),
        ("2/model2/tax1", ("catnlp", "model")),
        ("1/model1/tax1", ("unexplained",)),
    ],
)
def test_all_versions_that_differ_are_named(
    new_address: NewAddress, fingerprint: str, causes: tuple[str, ...]
) -> None:
    differences = found(new_address, analysis("a", country="GHA"), fingerprint=fingerprint)
    assert {d.causes for d in differences} == {causes}
    assert differences[0].changed()["country"] == ("TGO", "GHA")


def test_flags_of_another_input_come_and_go(new_address: NewAddress) -> None:
    differences = found(new_address, analysis("b", title="Other"))
    assert sorted((d.kind, d.causes) for d in differences) == [
        ("came", ("input",)), ("came", ("input",)), ("went", ("input",)), ("went", ("input",)),
    ]  # fmt: skip
    assert {d.detail for d in differences} == {"not an input"}


def test_a_changed_file_is_the_same_input(new_address: NewAddress) -> None:
    read = analysis("b", (analysis_quote(), ("Soldiers stole.", "stole", "impunity", "alleged")))
    read = replace(read, document=replace(read.document, uri="in/a.html"))
    differences = found(new_address, read)
    assert [(d.kind, d.causes, d.detail) for d in differences] == [
        ("came", ("input",), "its content changed"),
        ("went", ("input",), "its content changed"),
    ]


def analysis_quote() -> tuple[str, str, str, str]:
    return (
        "Police in Lomé beat detainees – on May 3, 2023.", "beat detainees",
        "torture-ill-treatment", "affirmed",
    )  # fmt: skip


def test_a_decision_is_the_cause_where_the_tagger_says_the_same(new_address: NewAddress) -> None:
    with (
        run(new_address(), analysis("a")) as a,
        run(new_address(), analysis("a"), fingerprint=OTHER_MODEL) as b,
    ):
        decide(b, [decision(analysis("a"), 0, "correct", status="alleged"),
                   decision(analysis("a"), 1, "reject")])  # fmt: skip
        assert [(d.kind, d.causes) for d in diff(a, b)] == [
            ("changed", ("decision",)), ("went", ("decision",)),
        ]  # fmt: skip
        assert [(d.kind, d.causes) for d in diff(b, a)] == [
            ("changed", ("decision",)), ("came", ("decision",)),
        ]  # fmt: skip


def test_an_accepted_flag_is_no_difference(new_address: NewAddress) -> None:
    with run(new_address(), analysis("a")) as a, run(new_address(), analysis("a")) as b:
        decide(b, [decision(analysis("a"), 0, "accept")])
        assert list(diff(a, b)) == []
