"""catnlp review and catnlp diff, as a user calls them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catnlp.cli import cli
from catnlp.store import open_store
from tests.analyses import analysis

CASES = Path(__file__).parents[1] / "cases" / "review"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_store(tmp_path / "catnlp.db") as store:
        store.begin_input("in/a.html", "a", 1)
        store.put(analysis("a"), "in/a.html")
    return tmp_path / "catnlp.db"


def catnlp(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def test_a_file_of_decisions_goes_in_and_comes_out(path: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    shutil.copy(path, before / "catnlp.db")
    done = catnlp("review", "import", path, CASES / "doccano.jsonl", "--reviewer", "Ann")
    assert done.exit_code == 0
    assert "3 decisions kept (1 add, 1 correct, 1 reject)" in done.stderr
    logged = catnlp("review", "log", path).stdout
    assert "Ann: correct: torture-ill-treatment, affirmed" in logged
    assert "why: a single source" in logged
    assert catnlp("review", "log", path, "--conflicts").stdout == ""
    corpus = catnlp("review", "to-corpus", path)
    assert [len(json.loads(line)["mentions"]) for line in corpus.stdout.splitlines()] == [2, 0]
    differences = catnlp("diff", before, tmp_path)
    assert "1 came, 1 went, 1 changed; 3 by decision" in differences.stderr
    assert "status affirmed -> alleged" in differences.stdout
    lines = catnlp("diff", before, path, "--json", "-c", "TGO").stdout.splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"came", "went", "changed"}


def test_what_is_not_understood_is_exit_code_1(path: Path) -> None:
    done = catnlp("review", "import", path, CASES / "doccano.jsonl")
    assert done.exit_code == 1
    assert "--reviewer" in done.stderr


def test_a_reviewer_is_asked_for(path: Path) -> None:
    done = catnlp("review", "serve", path)
    assert done.exit_code == 2
    assert "--reviewer" in done.stderr
