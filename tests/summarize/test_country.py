from collections.abc import Iterator
from pathlib import Path

import pytest

from catnlp.domain import CountrySummary
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from catnlp.summarize import summarize_country
from tests.analyses import analysis

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
    assert quotes(summary.remedies) == ["A court convicted two officers of torture."]
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
