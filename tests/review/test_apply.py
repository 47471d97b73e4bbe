import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from catnlp.address import Where
from catnlp.domain import Analysis, Labels
from catnlp.review import decide, reapply
from catnlp.review.log import log
from catnlp.store import Store, decisions, open_store
from catnlp.store.schema import names
from tests.analyses import analysis
from tests.review.decisions import decision

BEAT = "Police in Lomé beat detainees – on May 3, 2023."
NONE = "There were no reports of disappearances."
QUOTES = (
    (BEAT, "beat detainees", "torture-ill-treatment", "affirmed"),
    (NONE, "disappearances", "enforced-disappearance", "negated"),
)


@pytest.fixture
def store(address: Where) -> Iterator[Store]:
    with open_store(address) as store:
        keep(store, analysis("a"))
        yield store


def keep(store: Store, read: Analysis, uri: str = "in/a.html") -> None:
    """As a run does it."""
    store.begin_input(uri, read.document.id, 1)
    store.put(read, uri)
    reapply(store, [read.document.id])


def says(store: Store, country: str = "TGO") -> list[tuple[str, str, str, str]]:
    return [
        (e.mention.category, e.mention.status, e.mention.actor, e.review)
        for e in store.evidence(country)
    ]


def outcome(store: Store, number: int = 1) -> str:
    with store.snapshot() as db:
        found = decisions.outcomes(db)[number]
    return found[0].outcome


TORTURE = ("torture-ill-treatment", "affirmed", "state", "")
DISAPPEARANCE = ("enforced-disappearance", "negated", "state", "")


def test_an_accepted_flag_says_so(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "accept")])
    assert says(store) == [(*TORTURE[:3], "accepted"), DISAPPEARANCE]


def test_a_rejected_flag_is_gone_from_evidence_and_search(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "reject")])
    assert says(store) == [DISAPPEARANCE]
    assert not list(store.search("detainees", category="torture-ill-treatment"))
    assert list(store.search("detainees"))


def test_a_corrected_flag_has_the_new_labels_and_country(store: Store) -> None:
    decide(
        store,
        [decision(analysis("a"), 0, "correct", status="alleged", actor="state-aligned",
                  responsible=("GHA",))],
    )  # fmt: skip
    assert says(store) == [DISAPPEARANCE]
    assert says(store, "GHA") == [("torture-ill-treatment", "alleged", "state-aligned",
                                   "corrected")]  # fmt: skip
    assert store.countries() == ["GHA", "TGO"]


def test_a_missed_mention_is_added(store: Store) -> None:
    given = Labels("arbitrary-detention", "affirmed", "state", "detainees", ("TGO",), ("TGO",))
    missed = replace(decision(analysis("a"), 0, "add"), given=given)
    decide(store, [missed])
    found = [e for e in store.evidence("TGO") if e.review == "added"]
    assert [(e.mention.category, e.mention.trigger) for e in found] == [
        ("arbitrary-detention", "detainees")
    ]
    at = found[0].mention.start - found[0].quote_start
    assert found[0].quote[at:].startswith("detainees")


RERUNS: dict[str, Callable[[], Analysis]] = {
    "same": lambda: analysis("a"),
    "the model says alleged": lambda: analysis("a", ((*QUOTES[0][:3], "alleged"), QUOTES[1])),
    "the model says non-state": lambda: analysis("a", actor="non-state"),
    "the model links to Ghana": lambda: analysis("a", country="GHA"),
    "the model finds nothing": lambda: analysis("a", ((BEAT, "", "", ""), QUOTES[1])),
    "the text moved": lambda: analysis("a", (("A new heading came.", "", "", ""), *QUOTES)),
    "other spacing": lambda: analysis(
        "a", (("Police in  Lomé beat detai­nees — on May 3, 2023.", "beat",
               "torture-ill-treatment", "affirmed"), QUOTES[1])),
    "the file has other bytes": lambda: replaced("b"),
    "two sentences became one": lambda: analysis(
        "a", ((f"{BEAT[:-1]}; {NONE}", "beat detainees", "torture-ill-treatment", "affirmed"),)),
}  # fmt: skip


def replaced(name: str) -> Analysis:
    """The analysis of a file at the same path with other content."""
    read = analysis(name)
    return replace(read, document=replace(read.document, uri="in/a.html"))


@pytest.mark.parametrize("rerun", RERUNS.values(), ids=RERUNS)
def test_decisions_survive_a_re_run(store: Store, rerun: Callable[[], Analysis]) -> None:
    decide(store, [decision(analysis("a"), 0, "correct", status="normative")])
    keep(store, rerun())
    torture = [e for e in says(store) if e[0] == "torture-ill-treatment"]
    assert torture == [("torture-ill-treatment", "normative", "state", "corrected")]
    assert not [e for e in says(store, "GHA") if e[0] == "torture-ill-treatment"]


@pytest.mark.parametrize("rerun", RERUNS.values(), ids=RERUNS)
def test_a_rejection_survives_a_re_run(store: Store, rerun: Callable[[], Analysis]) -> None:
    decide(store, [decision(analysis("a"), 0, "reject")])
    keep(store, rerun())
    assert not [e for c in ("TGO", "GHA") for e in says(store, c) if e[0].startswith("torture")]


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_a_decision_bears_on_no_other_quote(store: Store, verdict: str) -> None:
    decide(store, [decision(analysis("a"), 0, verdict)])  # type: ignore[arg-type]
    other = (("Police in Kara beat detainees.", "beat", "torture-ill-treatment", "affirmed"),)
    keep(store, analysis("a", (*other, *QUOTES)))
    assert TORTURE in says(store)
    keep(store, analysis("a", other))
    assert says(store) == [TORTURE]
    assert outcome(store) == "lost"


def test_equal_quotes_are_told_apart_by_their_neighbours(store: Store) -> None:
    denial = (NONE, "disappearances", "enforced-disappearance", "negated")
    twice = analysis("a", (("In Lomé.", "", "", ""), denial, ("In Kara.", "", "", ""), denial))
    keep(store, twice)
    second = replace(decision(twice, 1, "reject"), before="In Kara.")
    decide(store, [second])
    keep(store, analysis("a", (("In Kara.", "", "", ""), denial, ("Lomé.", "", "", ""), denial)))
    (left,) = store.evidence("TGO")
    assert left.quote_start > len(NONE)


def test_two_mentions_of_a_category_keep_their_own_decision(store: Store) -> None:
    text = "The law prohibits torture, but there were reports of torture."
    law = (text, "prohibits torture", "torture-ill-treatment", "normative")
    said = (text, "reports of torture", "torture-ill-treatment", "alleged")
    both = _one_sentence(analysis("a", (law,)), analysis("a", (said,)))
    keep(store, both)
    decide(store, [decision(both, 0, "accept"), decision(both, 1, "reject")])
    kept = [("torture-ill-treatment", "normative", "state", "accepted")]
    assert says(store) == kept
    keep(store, analysis("a", (said,)))
    assert says(store) == kept


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_what_a_better_model_newly_finds_is_not_hidden(store: Store, verdict: str) -> None:
    text = "The law prohibits torture, but there were reports of beatings."
    keep(store, analysis("a", ((text, "torture", "torture-ill-treatment", "normative"),)))
    old = analysis("a", ((text, "torture", "torture-ill-treatment", "normative"),))
    decide(store, [decision(old, 0, verdict)])  # type: ignore[arg-type]
    keep(store, analysis("a", ((text, "beatings", "torture-ill-treatment", "alleged"),)))
    assert ("torture-ill-treatment", "alleged", "state", "") in says(store)


def _one_sentence(one: Analysis, other: Analysis) -> Analysis:
    second = replace(other.mentions[0], id="m-2")
    link = replace(other.country_links[0], mention_id="m-2")
    return replace(
        one,
        mentions=(*one.mentions, second),
        country_links=(*one.country_links, link),
    )


def test_the_last_decision_stands_and_a_conflict_is_told(store: Store) -> None:
    ann = decision(analysis("a"), 0, "correct", status="alleged")
    bob = decision(analysis("a"), 0, "reject", "Bob")
    decide(store, [ann])
    decide(store, [bob])
    assert says(store) == [DISAPPEARANCE]
    assert outcome(store, 1) == "conflict"
    decide(store, [replace(ann, decided="2024-01-02T10:00:00+00:00")])
    assert says(store)[0] == ("torture-ill-treatment", "alleged", "state", "corrected")
    assert outcome(store, 2) == "conflict"


def test_a_reviewer_may_change_her_mind_without_conflict(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "accept")])
    decide(store, [decision(analysis("a"), 0, "reject")])
    assert outcome(store, 1) == "overruled"


def test_reviewers_who_agree_confirm_each_other(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "accept")])
    decide(store, [decision(analysis("a"), 0, "accept", "Bob")])
    assert outcome(store, 1) == "confirmed"


def test_a_decision_on_a_correction_follows_it(store: Store) -> None:
    first = decision(analysis("a"), 0, "correct", category="excessive-force")
    second = replace(first, seen=first.given, given=None, verdict="reject")
    decide(store, [first])
    decide(store, [second])
    assert says(store) == [DISAPPEARANCE]
    keep(store, analysis("a"))
    assert says(store) == [DISAPPEARANCE]


def test_a_decision_goes_back_to_its_own_document(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "reject")])
    keep(store, replaced("b"))
    assert says(store) == [DISAPPEARANCE]
    keep(store, analysis("a"), "in/again.html")
    reapply(store)
    assert says(store) == [DISAPPEARANCE, TORTURE, DISAPPEARANCE]


def test_a_withdrawn_decision_does_nothing_more(store: Store) -> None:
    (kept,) = decide(store, [decision(analysis("a"), 0, "reject")])
    decide(store, [replace(kept, verdict="withdraw", withdraws=kept.number)])
    assert says(store) == [TORTURE, DISAPPEARANCE]
    assert outcome(store, 1) == "withdrawn"


def test_what_the_new_model_finds_too_is_not_said_twice(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "correct", category="excessive-force")])
    both = _one_sentence(
        analysis("a", (QUOTES[0],)), analysis("a", ((*QUOTES[0][:2], "excessive-force",
                                                     "affirmed"),)))  # fmt: skip
    keep(store, both)
    assert says(store) == [("excessive-force", "affirmed", "state", "corrected")]


def test_decisions_are_never_deleted_or_changed(store: Store) -> None:
    decide(store, [decision(analysis("a"), 0, "reject")])
    server = not isinstance(store._db, sqlite3.Connection)
    listed = ", ".join(names("decisions"))
    values = f"SELECT {listed.replace('reviewer', 'title')} FROM decisions WHERE number > 0"
    for statement in (
        "DELETE FROM decisions",
        "UPDATE decisions SET reviewer = 'x'",
        f"INSERT INTO decisions ({listed}) {values} ON CONFLICT (number) DO UPDATE"
        " SET reviewer = 'x'",
        "TRUNCATE decisions CASCADE" if server else f"REPLACE INTO decisions ({listed}) {values}",
    ):
        with store.transaction() as db, pytest.raises(db.conflict, match="a decision is never"):
            db.execute(statement)
    ((kept, _),) = log(store)
    assert kept.reviewer == "Ann"
    decide(store, [decision(analysis("a"), 0, "accept")])


def test_sale_links_follow_the_country(store: Store) -> None:
    keep(store, analysis("a", sale=True))
    store.relink_sales()
    decide(store, [decision(analysis("a"), 0, "accept")])
    assert next(store.evidence("TGO")).sale_links
    decide(store, [decision(analysis("a"), 0, "correct", responsible=("GHA",))])
    assert not next(store.evidence("GHA")).sale_links
