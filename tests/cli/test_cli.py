"""The command line as a user meets it: help, wrong usage, exit codes, pipes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from catnlp.cli import COMMANDS


def catnlp(*arguments: str, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "catnlp", *arguments], capture_output=True, text=True, input=stdin
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = catnlp(name, "--help")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 100


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run",), "Missing argument"),
        (("run", "/no/such/place", "-o", "OUT"), "/no/such/place: no such file or folder"),
        (("runn",), "No such command"),
        (("export", "xml", "store.db"), "'xml' is not one of"),
        (("schema", "cat"), "'cat' is not one of"),
    ],
)
def test_wrong_usage_is_exit_code_2_with_the_reason(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    done = catnlp(*(str(tmp_path / "out") if a == "OUT" else a for a in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("not a database at all, but long enough to look at")
    done = catnlp("search", str(tmp_path / "notes.db"), "torture")
    assert done.returncode == 2
    assert "notes.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_taxonomy_as_json_is_all_of_it() -> None:
    loaded = json.loads(catnlp("taxonomy", "--json").stdout)
    assert len(loaded["categories"]) == 27


@pytest.mark.parametrize("record", ["flag", "sentence"])
def test_schema_is_json_schema(record: str) -> None:
    assert json.loads(catnlp("schema", record).stdout)["$schema"].startswith("https://json-schema")


def test_annotate_gives_back_every_sentence_and_its_fields() -> None:
    lines = [
        {"id": "a", "text": "Police tortured two detainees in Lima.", "mentions": [{"x": 1}]},
        {"id": "b", "text": "The harvest was good.", "extra": "kept"},
    ]
    done = catnlp("annotate", "-", stdin="".join(json.dumps(r) + "\n" for r in lines))
    first, second = [json.loads(line) for line in done.stdout.splitlines()]
    assert [m["category"] for m in first["mentions"]] == ["torture-ill-treatment"]
    assert first["mentions"][0]["responsible"] == ["PER"]
    assert second == {"id": "b", "text": "The harvest was good.", "extra": "kept", "mentions": []}


def test_annotate_names_the_line_without_text() -> None:
    done = catnlp("annotate", "-", stdin='{"id": 1, "text": "x"}\n{"id": 2}\n')
    assert done.returncode == 2
    assert "stdin:2: no `text`" in done.stderr
