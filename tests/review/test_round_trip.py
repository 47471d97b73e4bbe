"""What `catnlp export` writes for a labelling tool comes back from it with a corrected label."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catnlp.export import flags
from catnlp.review import reapply
from catnlp.review.importing import Options, import_file
from catnlp.store import Store, open_store
from tests.analyses import analysis
from tests.export.write import written

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


@pytest.mark.parametrize(
    ("name", "suffix", "corrected"),
    [
        ("label-studio", "json", label_studio),
        ("doccano", "jsonl", by_line(doccano)),
        ("prodigy", "jsonl", by_line(prodigy)),
        ("csv", "csv", table),
    ],
)
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
