from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catnlp.domain import Analysis, CountrySummary, Tally
from catnlp.review.apply import decide
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from catnlp.summarize import summarize_country
from catnlp.summarize.words import rejected
from tests.analyses import analysis
from tests.review.decisions import decision

TORTURE = "torture-ill-treatment"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(
            analysis(
                "a",
                (
                    ("Troops of the 3rd Infantry Brigade beat detainees in Kara on May 3.",
                     "beat detainees", TORTURE, "alleged"),
                    ("A court convicted two officers of torture.", "torture", TORTURE, "affirmed"),
                    ("The law prohibits torture.", "torture", TORTURE, "normative"),
                ),
                title="Togo 2022", sale=True,
            ), "x")  # fmt: skip
        store.put(
            analysis("b", (("There were no reports of torture in Kara.", "torture", TORTURE,
                            "negated"),), title="Togo 2023"), "x")  # fmt: skip
        store.relink_sales()
        yield store


@pytest.fixture
def summary(store: Store) -> CountrySummary:
    return summarize_country(store, "TGO", Settings())


def quotes(found: object) -> list[str]:
    return [e.quote for held in found.values() for e in held]  # type: ignore[attr-defined]


def test_what_happened_is_apart_from_norms_denials_and_remedies(summary: CountrySummary) -> None:
    (happened,) = quotes(summary.evidence["happened"])
    assert happened.startswith("Troops of the 3rd")
    assert quotes(summary.evidence["remedies"]) == ["A court convicted two officers of torture."]
    assert quotes(summary.evidence["norms"]) == ["The law prohibits torture."]
    assert quotes(summary.evidence["denied"]) == ["There were no reports of torture in Kara."]


def test_contradictions_stand_side_by_side(summary: CountrySummary) -> None:
    (pair,) = summary.contradictions
    assert pair.said.mention.status == "alleged"
    assert pair.denied.mention.status == "negated"


def test_units_are_named_with_their_quote(summary: CountrySummary) -> None:
    (unit,) = summary.units
    assert unit.name == "3rd Infantry Brigade"
    assert unit.categories == (TORTURE,)
    assert unit.name in unit.example.quote


def test_questions_count_by_status_and_never_over_criteria(summary: CountrySummary) -> None:
    counted = {c.criterion: dict(c.by_status) for c in summary.criteria}
    assert counted["faa502b.torture"] == {"affirmed": 1, "alleged": 1, "negated": 1}
    assert counted["leahy.unit"] == {"alleged": 1}
    assert "nsm18.genocide" not in counted


def test_summary_says_what_was_not_found(summary: CountrySummary) -> None:
    assert TORTURE not in summary.absent
    assert "arms-diversion" in summary.absent


def test_sales_count_their_mentions(summary: CountrySummary) -> None:
    ((sale, title),) = summary.sales
    assert title == "Togo 2022"
    assert summary.sale_mentions[sale.id] == 2  # the beating and the conviction


def certain(name: str, quotes: tuple[tuple[str, str, float], ...]) -> Analysis:
    """A document of alleged torture: sentence, trigger, probability of its status."""
    made = analysis(name, tuple((q, t, TORTURE, "alleged") for q, t, _ in quotes))
    mentions = tuple(
        replace(m, score=1.0, status_score=score)
        for m, (_, _, score) in zip(made.mentions, quotes, strict=True)
    )
    return replace(made, mentions=mentions)


BEATEN = ("Police beat twelve detainees in Kara on May 3, 2023.", "beat")
KICKED = ("Guards kicked a man in the prison of Kara.", "kicked")


@pytest.mark.parametrize(
    ("scores", "quoted", "to_check", "tally"),
    [
        ((0.95, 0.97), [BEATEN[0], KICKED[0]], [], Tally(2, 0)),
        ((0.5, 0.97), [KICKED[0]], [], Tally(1, 1)),
        ((0.5, 0.6), [], [BEATEN[0], KICKED[0]], Tally(0, 2)),
    ],
)
def test_uncertain_quotes_stand_apart_and_are_counted(
    tmp_path: Path, scores: tuple[float, float], quoted: list[str], to_check: list[str],
    tally: Tally,
) -> None:  # fmt: skip
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(certain("a", ((*BEATEN, scores[0]), (*KICKED, scores[1]))), "x")
        found = summarize_country(store, "TGO", Settings())
    assert sorted(quotes(found.evidence["happened"])) == sorted(quoted)
    assert sorted(quotes(found.to_check["happened"])) == sorted(to_check)
    assert found.tallies["happened"][TORTURE] == tally


def test_rejected_mentions_are_counted_and_quoted_nowhere(tmp_path: Path) -> None:
    made = certain("a", ((*BEATEN, 1.0), (*KICKED, 1.0)))
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(made, "x")
        decide(store, [decision(made, 0, "reject"), decision(made, 1, "accept")])
        found = summarize_country(store, "TGO", Settings())
    assert found.rejected == {TORTURE: 1}
    (kept,) = found.evidence["happened"][TORTURE]
    assert (kept.quote, kept.review, kept.certainty) == (KICKED[0], "accepted", 1.0)
    assert "Reviewers rejected 1 mention" in rejected(found)


def test_a_copied_paragraph_is_no_second_source(tmp_path: Path) -> None:
    long = (
        "Police of the city beat twelve detainees in the yard of the prison at Kara on the third "
        "of May, and nobody was charged for it, {} said in a statement on Monday."
    )
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        for name, publisher in (("a", "Agency"), ("b", "Paper")):
            made = certain(name, ((long.format(f"lawyer {name}"), "beat", 1.0),))
            document = replace(made.document, publisher=publisher, title=f"Text {name}")
            store.put(replace(made, document=document), "x")
        store.mark_copies()
        found = summarize_country(store, "TGO", Settings())
    (kept,) = found.evidence["happened"][TORTURE]
    assert kept.sources == ("Agency",)
    assert {kept.document_title, *kept.also_in} == {"Text a", "Text b"}
    assert found.independent[TORTURE] == ("Agency",)
