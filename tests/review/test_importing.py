"""Each file of tests/cases/review holds the same decisions, as one tool exports them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catnlp.domain import Analysis, CountryLink, Labels
from catnlp.errors import InputError
from catnlp.review import decide, reapply
from catnlp.review.importing import Imported, Options, import_file
from catnlp.review.log import log, log_line
from catnlp.review.shown import shown_flags
from catnlp.review.tasks import Quote
from catnlp.store import Store, open_store
from tests.analyses import analysis
from tests.review.decisions import decision

CASES = sorted((Path(__file__).parents[1] / "cases" / "review").iterdir())
BEAT = "Police in Lomé beat detainees – on May 3, 2023."
NONE = "There were no reports of disappearances."
NOW = datetime(2024, 3, 1, tzinfo=UTC)
CORRECTED = [
    ("arbitrary-detention", "affirmed", "state", "added"),
    ("torture-ill-treatment", "alleged", "state", "corrected"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as store:
        keep(store, analysis("a"))
        yield store


def keep(store: Store, read: Analysis) -> None:
    store.begin_input("in/a.html", read.document.id, 1)
    store.put(read, "in/a.html")
    reapply(store, [read.document.id])


def says(store: Store, country: str = "TGO") -> list[tuple[str, str, str, str]]:
    return sorted(
        (e.mention.category, e.mention.status, e.mention.actor, e.review)
        for e in store.evidence(country)
    )


def take(store: Store, path: Path, **options: Any) -> Imported:
    return import_file(store, path, Options(NOW, "Ann", **options))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_corrected_labels_come_back_and_survive_another_model(store: Store, case: Path) -> None:
    done = take(store, case)
    assert done.problems == []
    assert [d.verdict for d in done.kept] == ["correct", "add", "reject"]
    assert says(store) == CORRECTED
    added = next(e for e in store.evidence("TGO") if e.review == "added")
    assert added.mention.trigger == "detainees"
    keep(store, analysis("a", actor="non-state"))
    assert says(store) == CORRECTED
    keep(
        store,
        analysis("a", ((BEAT, "", "", ""), (NONE, NONE, "enforced-disappearance", "alleged"))),
    )
    assert says(store) == CORRECTED


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_second_import_of_the_same_file_changes_nothing(store: Store, case: Path) -> None:
    take(store, case)
    before = list(store.dump())
    again = take(store, case)
    assert (again.kept, again.problems) == ([], [])
    assert list(store.dump()) == before


def test_who_when_and_why_come_along(store: Store) -> None:
    take(store, next(c for c in CASES if c.name == "label-studio.json"))
    first = log(store)[0][0]
    assert (first.reviewer, first.decided) == ("ann@example.org", "2024-02-01T10:00:00+00:00")
    assert (first.why, first.source) == ("a single source", "label-studio")


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def task(read: Analysis, number: int = 0, **more: object) -> dict[str, Any]:
    sentence = read.sentences[number]
    return {"text": sentence.text, "document_id": "a", "start": sentence.start, **more}


def flag(read: Analysis, **more: object) -> dict[str, Any]:
    m, s = read.mentions[0], read.sentences[0]
    return {
        "id": "", "country": "TGO", "role": "responsible", "category": m.category,
        "status": m.status, "actor": m.actor, "quote": s.text, "trigger": m.trigger,
        "document_id": "a", "start": s.start, **more,
    }  # fmt: skip


def test_what_is_unchanged_is_accepted_only_where_somebody_looked(
    store: Store, tmp_path: Path
) -> None:
    label = [15, 29, "torture-ill-treatment|affirmed|state|TGO"]
    doccano = write(tmp_path / "d.jsonl", task(analysis("a"), label=[label]))
    assert take(store, doccano).kept == []
    assert take(store, write(tmp_path / "f.jsonl", flag(analysis("a")))).kept == []
    assert [d.verdict for d in take(store, doccano, accept_unchanged=True).kept] == ["accept"]
    prodigy = write(
        tmp_path / "p.jsonl",
        task(analysis("a"), answer="accept",
             spans=[{"start": 15, "end": 29, "label": "torture-ill-treatment"}]),
    )  # fmt: skip
    assert [d.verdict for d in import_file(store, prodigy, Options(NOW, "Bob")).kept] == ["accept"]


def test_flags_that_were_not_shown_are_not_rejected(store: Store, tmp_path: Path) -> None:
    """An export with a filter has some flags of a sentence only."""
    read = two_in_one()
    keep(store, read)
    sentence = read.sentences[0]
    quote = Quote(sentence.text, "a", sentence.start)
    labels = Labels("torture-ill-treatment", "affirmed", "state", "beat detainees", ("TGO",))
    (only,) = shown_flags(quote, [labels])
    file = write(tmp_path / "d.jsonl", task(read, label=[], flags=[only.id]))
    assert [d.verdict for d in take(store, file).kept] == ["reject"]
    assert [e[0] for e in says(store)] == ["excessive-force"]


def two_in_one() -> Analysis:
    read = analysis("a", ((BEAT, "beat detainees", "torture-ill-treatment", "affirmed"),))
    other = replace(read.mentions[0], id="m-2", category="excessive-force")
    return replace(
        read,
        mentions=(*read.mentions, other),
        country_links=(*read.country_links, CountryLink("m-2", "TGO", "responsible", 0.9, "x")),
    )


@pytest.mark.parametrize(
    ("changes", "tgo", "gha"),
    [
        ({"country": "GHA"}, [], ["corrected"]),
        ({"role": "location"}, ["corrected"], []),
        ({"verdict": "reject"}, [], []),
        ({"verdict": "accept"}, ["accepted"], []),
        ({"verdict": "accept", "country": "GHA"}, [], ["corrected"]),
        ({}, [""], []),
    ],
)
def test_a_row_of_flags(
    store: Store, tmp_path: Path, changes: dict[str, str], tgo: list[str], gha: list[str]
) -> None:
    take(store, write(tmp_path / "f.jsonl", flag(analysis("a"), **changes)))
    for country, wanted in (("TGO", tgo), ("GHA", gha)):
        assert [e[3] for e in says(store, country) if e[0].startswith("torture")] == wanted


def test_rejecting_one_of_two_countries_keeps_the_other(store: Store, tmp_path: Path) -> None:
    read = analysis("a")
    place = CountryLink(read.mentions[0].id, "GHA", "location", 0.9, "in")
    read = replace(read, country_links=(*read.country_links, place))
    keep(store, read)
    take(store, write(tmp_path / "f.jsonl", flag(read, verdict="reject")))
    assert [e[3] for e in says(store, "TGO") if e[0].startswith("torture")] == []
    assert [e[3] for e in says(store, "GHA")] == ["corrected"]


def test_an_untouched_row_does_not_undo_a_later_correction(store: Store, tmp_path: Path) -> None:
    old = write(tmp_path / "f.jsonl", flag(analysis("a")))
    decide(store, [decision(analysis("a"), 0, "correct", status="alleged")])
    assert take(store, old).kept == []
    assert ("torture-ill-treatment", "alleged", "state", "corrected") in says(store)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe'"),
        ({"category": "tortur"}, "unknown category 'tortur'"),
        ({"country": "Togo"}, "unknown country 'Togo'"),
        ({"trigger": "stole"}, "not in the quote"),
        ({"document_id": ""}, "no `document_id`"),
        ({"quote": ""}, "no `text` or `quote`"),
    ],
)
def test_a_wrong_file_is_refused_whole(
    store: Store, tmp_path: Path, record: dict[str, str], message: str
) -> None:
    good, bad = flag(analysis("a"), verdict="reject"), flag(analysis("a"), **record)
    with pytest.raises(InputError, match=message) as error:
        take(store, write(tmp_path / "f.jsonl", good, bad))
    assert "f.jsonl:2" in str(error.value)
    assert log(store) == []


@pytest.mark.parametrize("text", ["[{]", '{"a": 1}', "[1, 2]", "nothing"])
def test_a_file_of_another_kind_is_named(store: Store, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(InputError, match=r"x\.json"):
        take(store, tmp_path / "x.json")


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"verdict": "correct"}, "nothing was changed"),
        ({"verdict": "reject", "decided": "yesterday"}, "no ISO 8601 time"),
        ({"trigger": "Lomé", "category": "impunity", "country": "GHA"}, "no such flag now"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_kept(
    store: Store, tmp_path: Path, record: dict[str, str], problem: str
) -> None:
    done = take(store, write(tmp_path / "f.jsonl", flag(analysis("a"), **record)))
    assert done.kept == []
    assert problem in done.problems[0]


def test_a_decision_needs_a_reviewer(store: Store, tmp_path: Path) -> None:
    file = write(tmp_path / "f.jsonl", flag(analysis("a"), verdict="reject"))
    done = import_file(store, file, Options(NOW))
    assert "--reviewer" in done.problems[0]


@pytest.mark.parametrize("changes", [{"country": "GHA"}, {"category": "impunity"},
                                     {"verdict": "reject"}])  # fmt: skip
def test_a_flag_is_known_by_its_id_after_it_was_decided_on(
    store: Store, tmp_path: Path, changes: dict[str, str]
) -> None:
    labels = Labels("torture-ill-treatment", "affirmed", "state", "beat detainees", ("TGO",))
    (shown,) = shown_flags(Quote(BEAT, "a", 0), [labels])
    file = write(tmp_path / "f.jsonl", flag(analysis("a"), id=shown.id, **changes))
    assert len(take(store, file).kept) == 1
    again = take(store, file)
    assert (again.kept, again.problems) == ([], [])
    stale = write(tmp_path / "old.jsonl", flag(analysis("a"), id=shown.id))
    assert take(store, stale).kept == []


def test_a_rejection_of_what_is_no_longer_there_is_not_passed_over(
    store: Store, tmp_path: Path
) -> None:
    shown = {"flags": ["flag-gone"], "label": []}
    done = take(store, write(tmp_path / "d.jsonl", task(analysis("a"), **shown)))
    assert done.kept == []
    assert "flag-gone was rejected, but the store no longer has it" in done.problems[0]
    mention = {"category": "unfair-trial", "status": "alleged", "actor": "state",
               "trigger": "detainees", "responsible": ["TGO"]}  # fmt: skip
    file = write(tmp_path / "e.jsonl", task(analysis("a"), mentions=[mention], label=[]))
    assert [d.verdict for d in take(store, file).kept] == ["reject"]
    later = analysis("a", ((BEAT, "detainees", "unfair-trial", "alleged"),))
    keep(store, later)
    assert says(store) == []


def test_utf16_offsets_of_doccano(store: Store, tmp_path: Path) -> None:
    text = "😀😀 Police in Kara beat detainees."
    read = analysis("a", ((text, "beat", "torture-ill-treatment", "affirmed"),))
    keep(store, read)
    at = text.index("beat") + 2
    label = [at, at + 4, "torture-ill-treatment|alleged|state|TGO"]
    take(store, write(tmp_path / "d.jsonl", task(read, label=[label])))
    (only,) = store.evidence("TGO")
    assert (only.mention.status, only.mention.trigger) == ("alleged", "beat")


def test_a_log_brings_decisions_to_another_store(store: Store, tmp_path: Path) -> None:
    take(store, CASES[0])
    kept = log(store)
    file = tmp_path / "log.jsonl"
    file.write_text("".join(log_line(*item) + "\n" for item in kept), "utf-8")
    with open_store(tmp_path / "other.db") as other:
        keep(other, analysis("a"))
        assert len(import_file(other, file, Options(NOW)).kept) == 3
        assert says(other) == says(store) == CORRECTED
    assert take(store, file).repeated == 3
