"""Timelines: what was known at a sale, what has come since, and the page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catnlp.domain import Analysis, ArmsSale, SaleItem
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from catnlp.summarize.timeline import Timeline, as_json, timeline_of
from catnlp.summarize.timeline_page import as_html
from tests.analyses import analysis

TORTURE = "torture-ill-treatment"


def dated(name: str, quote: str, published: str) -> Analysis:
    """A document of one quote, published on a day."""
    from dataclasses import replace

    read = analysis(name, ((quote, "beat detainees", TORTURE, "affirmed"),), title=name)
    return replace(read, document=replace(read.document, published=published))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    from dataclasses import replace

    sale = ArmsSale(
        "s", "sale", "TGO", 0, 10, "USA", stage="notified", date="2021-06-01",
        items=(SaleItem("tanks & <guns>", 12),), method="rule:notice", quote="Twelve tanks.",
    )  # fmt: skip
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(dated("before", "Police beat detainees in May 2020.", "2021-01-01"), "x")
        store.put(dated("late", "Soldiers beat detainees in April 2020.", "2022-03-01"), "x")
        store.put(dated("after", "Guards beat detainees in July 2022.", "2023-01-01"), "x")
        store.put(dated("same", "Troops beat detainees in 2021.", "2022-01-01"), "x")
        store.put(dated("never", "Troops beat detainees.", ""), "x")
        store.put(replace(dated("sale", "Gangs beat detainees.", ""), sales=(sale,)), "x")
        store.relink_sales()
        yield store


@pytest.fixture
def found(store: Store) -> Timeline:
    return timeline_of(store, "TGO", Settings())


def test_timeline_of_knows_what_was_published_before(found: Timeline) -> None:
    (entry,) = found.entries
    assert [p.evidence.document_title for p in entry.known] == ["before"]
    assert [p.evidence.document_title for p in entry.since] == ["after"]
    assert entry.unclear == 2  # published later; in the year of the sale, no day known
    assert found.undated == 2


def test_timeline_of_has_the_policy_as_a_mark(found: Timeline) -> None:
    assert [mark.date for mark in found.marks] == ["2023-02-23"]


def test_as_html_is_one_page_with_picture_and_table(found: Timeline) -> None:
    page = as_html(found)
    assert page.count("<svg") == 1
    assert "2023-02-23" in page
    assert "tanks &amp; &lt;guns&gt;" in page
    assert "<guns>" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert page == as_html(found)


def test_as_json_has_events_with_their_links(found: Timeline) -> None:
    data = json.loads(as_json(found))
    assert [event["date"] for event in data["events"]] == ["2020-04", "2020-05", "2021", "2022-07"]
    (sale,) = data["sales"]
    linked = [event for event in data["events"] if event["sales"]]
    assert len(linked) == sale["links"]
    assert all(link["against"] for event in linked for link in event["sales"])
    assert {event["mention"] for event in data["events"]} >= set(sale["known"] + sale["since"])


def test_timeline_of_a_country_without_anything(store: Store) -> None:
    page = as_html(timeline_of(store, "GHA", Settings()))
    assert "Nothing found has a date" in page
    assert "<svg" not in page
