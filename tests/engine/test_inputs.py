import os
from pathlib import Path

import pytest

from catnlp.engine.inputs import find_inputs, inspect
from catnlp.errors import UsageError


def test_find_inputs_takes_files_folders_and_patterns_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "b/c.txt", "b/d.html"):
        (tmp_path / name).write_text("x")
    names = [str(tmp_path / "a.txt"), str(tmp_path), str(tmp_path / "**" / "*.html")]
    assert [p.name for p in find_inputs(names)] == ["a.txt", "c.txt", "d.html"]


def test_find_inputs_leaves_out_its_own_output(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert [p.name for p in find_inputs([str(tmp_path)], leave_out=tmp_path / "out")] == ["a.txt"]


@pytest.mark.parametrize("name", ["missing.txt", "*.nothing", "empty"])
def test_find_inputs_names_what_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no (such )?file"):
        find_inputs([str(tmp_path / name)])


def test_inspect_hashes_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    found = inspect(tmp_path / "a", 1)
    assert (found.status, found.size, found.sha256[:8]) == ("", 3, "ba7816bf")


def test_inspect_gives_a_reason_for_what_it_leaves_out(tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as stream:
        stream.truncate(3 * 1024 * 1024)
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe")
    reasons = {n: inspect(tmp_path / n, 2) for n in ("big", ".DS_Store", "link", "pipe")}
    assert "limit is 2 MiB" in reasons["big"].reason
    assert reasons[".DS_Store"].status == "skipped"
    assert "link to a file that does not exist" in reasons["link"].reason
    assert "not a regular file" in reasons["pipe"].reason
