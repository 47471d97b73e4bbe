"""What `catnlp export` writes for a labelling tool comes back from it with a corrected label."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from catnlp.domain import CountryLink
from catnlp.export import Filters, flags, schema
from catnlp.export.formats import lookup_in
from catnlp.review import reapply
from catnlp.review.apply import decide
from catnlp.review.importing import Options, import_file
from catnlp.store import Store, open_store
from tests.analyses import analysis
from tests.export.write import written
from tests.review.decisions import decision

EMOJI = "👮🏽‍♀️ Police in Lomé beat detainees 🕊️ – on May 3, 2023."
QUOTES = (
    (EMOJI, "beat detainees", "torture-ill-treatment", "affirmed"),
    ("There were no reports of disappearances.", "disappearances", "enforced-disappearance",
     "negated"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("in/a.html", "a", 1)
        store.put(analysis("a", QUOTES), "in/a.html")
        reapply(store, ["a"])
        yield store


def label_studio(text: str) -> str:
    tasks = json.loads(text)
    for task in tasks:
        result = json.loads(json.dumps(task["predictions"][0]["result"]))
        for region in result:
            if region["value"].get("choices") == ["affirmed"]:
                region["value"]["choices"] = ["alleged"]
        task["annotations"] = [{"result": result, "completed_by": {"email": "ann@example.org"}}]
    return json.dumps(tasks)


def by_line(change: Callable[[dict[str, Any]], None]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        records = [json.loads(line) for line in text.splitlines()]
        for record in records:
            change(record)
        return "".join(json.dumps(record) + "\n" for record in records)

    return changed


def doccano(record: dict[str, Any]) -> None:
    for label in record["label"]:
        label[2] = label[2].replace("|affirmed|", "|alleged|")


def prodigy(record: dict[str, Any]) -> None:
    record["answer"] = "accept"
    for span in record["spans"]:
        span["status"] = span["status"].replace("affirmed", "alleged")


def table(text: str) -> str:
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [*rows[0], "verdict"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        said = row["status"] == "affirmed"
        corrected = {"status": "alleged", "verdict": "correct"} if said else {}
        writer.writerow({**row, **corrected})
    return "\ufeff" + stream.getvalue()


every_corrected_format = pytest.mark.parametrize(
    ("name", "suffix", "corrected"),
    [
        ("label-studio", "json", label_studio),
        ("doccano", "jsonl", by_line(doccano)),
        ("prodigy", "jsonl", by_line(prodigy)),
        ("csv", "csv", table),
    ],
)


@every_corrected_format
def test_a_corrected_export_comes_back(
    store: Store, tmp_path: Path, name: str, suffix: str, corrected: Callable[[str], str]
) -> None:
    path = tmp_path / f"back.{suffix}"
    path.write_text(corrected(written(name, flags(store))), encoding="utf-8")
    done = import_file(store, path, Options(datetime(2024, 3, 1, tzinfo=UTC), "Ann"))
    assert done.problems == []
    assert [d.verdict for d in done.kept if d.verdict != "accept"] == ["correct"]
    (torture,) = [e for e in store.evidence("TGO") if e.mention.category == "torture-ill-treatment"]
    assert (torture.mention.status, torture.review) == ("alleged", "corrected")
    assert torture.mention.trigger == "beat detainees"


def without_label_studio(text: str) -> str:
    tasks = json.loads(text)
    for task in tasks:
        kept = [r for r in task["predictions"][0]["result"] if "torture" not in region_of(r, task)]
        task["annotations"] = [{"result": kept, "completed_by": {"email": "ann@example.org"}}]
    return json.dumps(tasks)


def region_of(region: dict[str, Any], task: dict[str, Any]) -> str:
    """The category of the flag that a region belongs to."""
    named = [
        r["value"]["labels"][0]
        for r in task["predictions"][0]["result"]
        if r["id"] == region["id"] and r["type"] == "labels"
    ]
    return str(named[0])


def without_doccano(record: dict[str, Any]) -> None:
    record["label"] = [label for label in record["label"] if "torture" not in label[2]]


def without_prodigy(record: dict[str, Any]) -> None:
    record["answer"] = "accept"
    record["spans"] = [span for span in record["spans"] if "torture" not in span["label"]]


@pytest.mark.parametrize(
    ("name", "suffix", "edited"),
    [
        ("label-studio", "json", without_label_studio),
        ("doccano", "jsonl", by_line(without_doccano)),
        ("prodigy", "jsonl", by_line(without_prodigy)),
    ],
)
def test_what_was_taken_out_stays_out_whatever_the_model_says_meanwhile(
    store: Store, tmp_path: Path, name: str, suffix: str, edited: Callable[[str], str]
) -> None:
    """Between export and import another model reads the text and misses the mention; later the
    first one finds it again."""
    path = tmp_path / f"back.{suffix}"
    path.write_text(edited(written(name, flags(store), lookup_in(store))), encoding="utf-8")
    found = analysis("a", QUOTES)
    missed = replace(found, mentions=found.mentions[1:], country_links=found.country_links[1:],
                     units=())  # fmt: skip
    store.put(missed, "in/a.html")
    done = import_file(store, path, Options(datetime(2024, 3, 1, tzinfo=UTC), "Ann"))
    assert done.problems == []
    assert [d.verdict for d in done.kept if d.verdict != "accept"] == ["reject"]
    store.put(found, "in/a.html")
    reapply(store, ["a"])
    assert "torture-ill-treatment" not in {e.mention.category for e in store.evidence("TGO")}
    assert store.rejected("TGO") == {"torture-ill-treatment": 1}


def test_a_task_has_all_mentions_with_all_countries_and_their_review(store: Store) -> None:
    made = analysis("b", (QUOTES[0],))
    also = CountryLink(made.mentions[0].id, "GHA", "location", 0.9, "title")
    made = replace(made, country_links=(*made.country_links, also))
    store.put(made, "in/a.html")
    decide(store, [decision(made, 0, "accept")])
    (task,) = [
        json.loads(line)
        for line in written("prodigy", flags(store, Filters(countries=("GHA",))), lookup_in(store))
        .splitlines()
    ]  # fmt: skip
    (mention,) = task["meta"]["mentions"]
    assert (mention["responsible"], mention["location"]) == (["TGO"], ["GHA"])
    assert mention["review"] == "accepted"
    jsonschema.validate(
        {"text": task["text"], "mentions": [mention]}, json.loads(schema("sentence"))
    )


@every_corrected_format
def test_a_flag_without_a_country_comes_back_without_one(
    store: Store, tmp_path: Path, name: str, suffix: str, corrected: Callable[[str], str]
) -> None:
    store.put(analysis("n", QUOTES, country=""), "in/a.html")
    path = tmp_path / f"back.{suffix}"
    text = written(name, flags(store, Filters(countries=("none",))), lookup_in(store))
    path.write_text(corrected(text), encoding="utf-8")
    done = import_file(store, path, Options(datetime(2024, 3, 1, tzinfo=UTC), "Ann"))
    assert done.problems == []
    assert [d.verdict for d in done.kept if d.verdict != "accept"] == ["correct"]
    torture, _ = store.evidence("none")
    assert (torture.mention.status, torture.review, torture.links) == ("alleged", "corrected", ())
    assert {e.mention.document_id for e in store.evidence("TGO")} == {"a"}


@pytest.mark.parametrize(
    ("actor", "written_role", "role"),
    [
        ("state", "", "responsible"),
        ("non-state", "", "location"),
        ("non-state", "responsible", "responsible"),
    ],
)
def test_a_country_is_written_into_a_flag_without_one(
    store: Store, tmp_path: Path, actor: str, written_role: str, role: str
) -> None:
    store.put(analysis("n", QUOTES[:1], country="", actor=actor), "in/a.html")
    text = written("csv", flags(store, Filters(countries=("none",))))
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    path = tmp_path / "back.jsonl"
    changed = {**row, "country": "GHA", "role": written_role, "verdict": "correct"}
    path.write_text(json.dumps(changed), encoding="utf-8")
    done = import_file(store, path, Options(datetime(2024, 3, 1, tzinfo=UTC), "Ann"))
    assert done.problems == []
    (held,) = store.evidence("GHA")
    assert [(k.country, k.role) for k in held.links] == [("GHA", role)]
    assert not list(store.evidence("none"))
