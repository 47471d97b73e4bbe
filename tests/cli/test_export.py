"""catnlp export, schema and summarize as a user calls them."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from catnlp.store import open_store
from tests.analyses import analysis


def catnlp(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "catnlp", *map(str, arguments)], capture_output=True, text=True
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_store(tmp_path / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis("a", sale=True), "x")
    return tmp_path / "s.db"


def test_export_filters_and_updates(store: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.jsonl"
    done = catnlp("export", "jsonl", store, "-o", first, "--criterion", "faa502b.torture")
    assert done.returncode == 0, done.stderr
    (flag,) = [json.loads(line) for line in first.read_text("utf-8").splitlines()]
    assert flag["category"] == "torture-ill-treatment"
    rest = catnlp("export", "csv", store, "--new-since", first)
    rows = list(csv.DictReader(rest.stdout.removeprefix("\ufeff").splitlines()))
    assert [row["category"] for row in rows] == ["enforced-disappearance"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("brat", "--redact-victims"), "names cannot be left out"),
        (("jsonl", "--post", "http://receiver.example/x"), "--plain-http"),
        (("csv", "--post", "https://receiver.example/x"), "give jsonl as FORMAT"),
    ],
)
def test_export_refuses_what_would_leak(
    store: Path, options: tuple[str, ...], message: str
) -> None:
    format_, *rest = options
    done = catnlp("export", format_, store, *rest)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert message in done.stderr


def test_summarize_writes_the_formats_asked_for(store: Path, tmp_path: Path) -> None:
    done = catnlp("summarize", store, "-o", tmp_path / "out", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out" / "countries").iterdir()] == ["TGO.json"]
    one = catnlp("summarize", store, "-o", tmp_path / "out", "-c", "TGO", "--compare")
    assert "--compare needs two countries" in one.stderr


def test_what_names_no_country_is_said_and_exported(store: Path, tmp_path: Path) -> None:
    said = "1 affirmed or alleged mention names no country; listed in"
    assert said not in catnlp("summarize", store, "-o", tmp_path / "out").stderr
    with open_store(store) as opened:
        opened.put(analysis("n", country=""), "x")
    done = catnlp("summarize", store, "-o", tmp_path / "out", "--format", "json")
    assert f"{said} {tmp_path / 'out' / 'countries' / 'none.html'}" in done.stderr
    exported = catnlp("export", "jsonl", store, "--country", "none", "--status", "affirmed")
    (flag,) = [json.loads(line) for line in exported.stdout.splitlines()]
    assert (flag["document_id"], flag["country"], flag["role"]) == ("n", "", "")
    compared = catnlp("summarize", store, "-o", tmp_path, "--compare", "-c", "TGO", "-c", "none")
    assert compared.returncode == 2
