"""The whole way: same rows whatever the workers, after a kill, and on a second run."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from catnlp.domain import Analysis
from catnlp.engine.alone import alone
from catnlp.engine.run import run
from catnlp.errors import RefusedError, StoreError
from catnlp.extract import ocr
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from tests.engine.runs import exported, rows, write_reports
from tests.extract.pages import lines, write_pdf, write_scan


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


def command(folder: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "catnlp", "run", str(folder), "--out", str(out), *options]


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    done = subprocess.run(command(folder, out, "--workers", "1"), capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # two inputs cannot be read
    return out


def test_run_accounts_for_every_file(folder: Path, undisturbed: Path) -> None:
    manifest = json.loads((undisturbed / "run.json").read_text(encoding="utf-8"))
    status = {Path(i["uri"]).name: (i["status"], i["reason"]) for i in manifest["inputs"]}
    assert set(status) == {path.name for path in folder.iterdir()}
    assert status["broken.pdf"][0] == status["empty.html"][0] == "failed"
    assert all(reason for state, reason in status.values() if state != "done")
    assert sorted(s for s, _ in status.values()) == ["done"] * 9 + ["failed"] * 2 + ["skipped"]
    assert manifest["totals"]["mentions"] > 20


def test_run_leaves_pages_and_flags(undisturbed: Path) -> None:
    assert (undisturbed / "index.html").exists()
    assert (undisturbed / "countries" / "YEM.html").exists()
    assert (undisturbed / "countries" / "YEM.md").exists()
    flags = [
        json.loads(line)
        for line in (undisturbed / "flags.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert {"torture-ill-treatment"} <= {flag["category"] for flag in flags}
    assert all(flag["country"] for flag in flags)
    unlinked = json.loads((undisturbed / "run.json").read_text("utf-8"))["without_country"]
    page = undisturbed / "countries" / "none.html"
    text = page.read_text("utf-8") if page.exists() else ""
    assert unlinked["mentions"] == len(re.findall("<article|The same sentence:", text))
    assert unlinked["listed"] == ("countries/none.html" if page.exists() else "")
    assert all(f["quote"][f["trigger_start"] : f["trigger_end"]] == f["trigger"] for f in flags)


def test_run_gives_the_same_bytes_with_more_workers(
    folder: Path, undisturbed: Path, tmp_path: Path
) -> None:
    subprocess.run(command(folder, tmp_path, "--workers", "4"), capture_output=True)
    assert rows(tmp_path) == rows(undisturbed)
    assert exported(tmp_path) == exported(undisturbed)


def test_run_gives_the_same_bytes_when_its_workers_are_killed(
    folder: Path, undisturbed: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        command(folder, tmp_path, "--workers", "2"), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(("[2/", "[6/")):
            for worker in psutil.Process(process.pid).children():
                worker.kill()
    assert process.wait() == 1  # two inputs cannot be read
    process.stderr.close()
    assert rows(tmp_path) == rows(undisturbed)
    assert exported(tmp_path) == exported(undisturbed)


def test_run_ends_its_workers_when_it_is_killed(folder: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(command(folder, tmp_path), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    next(line for line in process.stderr if line.startswith("["))
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    process.stderr.close()
    assert workers
    assert not psutil.wait_procs(workers, timeout=30)[1]


def test_run_waits_for_no_other_run_on_its_store(folder: Path, tmp_path: Path) -> None:
    with alone(tmp_path / "catnlp.db"):
        done = subprocess.run(command(folder, tmp_path), capture_output=True, text=True)
    assert done.returncode == 2
    assert f"another run is writing to it (process {os.getpid()})" in done.stderr
    assert not (tmp_path / "catnlp.db").exists()


def test_a_link_is_no_second_store(tmp_path: Path) -> None:
    (tmp_path / "s.db").touch()
    (tmp_path / "other").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.db").symlink_to("s.db")
    with alone(tmp_path / "s.db"):
        for name in ("s.db", "link.db", "other/s.db"):
            with pytest.raises(StoreError, match="another run"), alone(tmp_path / name):
                pass
        with alone(tmp_path / "s2.db"):
            pass


def test_a_name_that_is_no_text_fails_alone(tmp_path: Path) -> None:
    said = "Police in Lima beat four detainees. Nobody was charged."
    names = [b"bad\xff.txt", b"good.txt"]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(said * (number + 1))
    with open_store(tmp_path / "s.db") as store:
        done = run([str(p) for p in sorted(tmp_path.glob("*.txt"))], store, Settings())
        assert [row.status for row in store.inputs() if "good" in row.uri] == ["done"]
    assert [r.status for r in done.records if "good" in r.uri] == ["done"]
    assert all(r.reason or r.status == "done" for r in done.records)


@pytest.mark.parametrize("after", [1, 4, 8])
def test_run_killed_and_run_again_ends_in_the_same_rows(
    folder: Path, undisturbed: Path, tmp_path: Path, after: int
) -> None:
    process = subprocess.Popen(
        command(folder, tmp_path), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    lines = 0
    for line in process.stderr:
        lines += line.startswith("[")
        if lines >= after:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    done = subprocess.run(command(folder, tmp_path), capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert rows(tmp_path) == rows(undisturbed)
    assert exported(tmp_path) == exported(undisturbed)


def test_run_again_reads_nothing_and_changes_nothing(folder: Path, undisturbed: Path) -> None:
    before = rows(undisturbed)
    done = subprocess.run(
        command(folder, undisturbed, "--json"), capture_output=True, text=True
    )  # fmt: skip
    manifest = json.loads(done.stdout)
    assert all(i["resumed"] for i in manifest["inputs"] if i["status"] == "done")
    assert rows(undisturbed) == before


def test_run_again_reads_what_has_changed(folder: Path, tmp_path: Path) -> None:
    part, out = tmp_path / "in", tmp_path / "out"
    part.mkdir()
    (part / "a.txt").write_text("Police in Lima beat detainees during an interrogation.")
    (part / "b.txt").write_text("There were no reports of torture in Oslo during the year.")
    subprocess.run(command(part, out), capture_output=True, check=True)
    (part / "a.txt").write_text("The bridge in Lima was opened on Tuesday by the mayor of Lima.")
    done = subprocess.run(command(part, out, "--json"), capture_output=True, text=True)
    resumed = {Path(i["uri"]).name: i["resumed"] for i in json.loads(done.stdout)["inputs"]}
    assert resumed == {"a.txt": False, "b.txt": True}
    with open_store(out / "catnlp.db", read_only=True) as store:
        assert not list(store.search("detainees"))
        assert list(store.search("bridge"))


def test_run_goes_on_when_the_store_refuses_a_document(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Store.put

    def put(self: Store, analysis: Analysis, input_uri: str) -> None:
        if "Lagos" in input_uri:
            raise RefusedError("its rows contradict each other")
        keep(self, analysis, input_uri)

    monkeypatch.setattr(Store, "put", put)
    with open_store(tmp_path / "s.db") as store:
        done = run([str(folder / "1-Lagos.txt"), str(folder / "8-Baku.txt")], store, Settings())
    assert [(r.status, r.reason) for r in done.records] == [
        ("failed", "its rows contradict each other"),
        ("done", ""),
    ]


def test_manifest_of_a_second_run_says_what_the_first_one_said(tmp_path: Path) -> None:
    part, out = tmp_path / "in", tmp_path / "out"
    part.mkdir()
    (part / "a.txt").write_text("Police in Lima beat four detainees. Nobody was charged.")
    text = write_pdf(tmp_path / "text.pdf", [lines(72, 100, ["The court was closed."], size=14)])
    with zipfile.ZipFile(part / "b.zip", "w") as archive:
        archive.write(part / "a.txt", "note.txt")
        archive.writestr("more.txt", "Police in Lima arrested a reporter. He was freed. It rained.")
        archive.write(write_scan(tmp_path / "scan.pdf", text), "scan.pdf")
    path = without_programs(tmp_path)
    first, second = run_json(part, out, path=path), run_json(part, out, path=path)
    assert "scan.pdf left out" in warned(first, "b.zip")
    assert all(i["resumed"] and i["mentions"] and i["sentences"] for i in second["inputs"])
    assert second["totals"] == first["totals"]
    told = [[{**i, "seconds": {}, "resumed": False} for i in m["inputs"]] for m in (first, second)]
    assert told[0] == told[1]


@pytest.mark.skipif(not ocr.version(), reason="Tesseract is not installed")
def test_installing_ocr_reads_the_scans_again_and_nothing_else(tmp_path: Path) -> None:
    part, out = tmp_path / "in", tmp_path / "out"
    part.mkdir()
    said = "Police in Lima tortured four detainees to extract confessions."
    (part / "a.txt").write_text("The bridge in Lima was opened on Tuesday by the mayor of Lima.")
    text = write_pdf(tmp_path / "text.pdf", [lines(72, 100, [said], size=14)])
    scan = write_scan(tmp_path / "scan.pdf", text)
    with zipfile.ZipFile(part / "b.zip", "w") as archive:
        archive.write(part / "a.txt", "note.txt")
        archive.write(scan, "scan.pdf")

    without = run_json(part, out, path=without_programs(tmp_path))
    assert "scan.pdf left out" in warned(without, "b.zip")
    assert all(i["resumed"] for i in run_json(part, out, path=without_programs(tmp_path))["inputs"])

    manifest = run_json(part, out)
    assert {Path(i["uri"]).name: i["resumed"] for i in manifest["inputs"]} == {
        "a.txt": True,
        "b.zip": False,
    }
    assert "read by OCR (Tesseract" in warned(manifest, "b.zip")
    flags = [json.loads(line) for line in (out / "flags.jsonl").read_text().splitlines()]
    assert {(flag["quote"], flag["page_quality"]) for flag in flags} == {(said, "ocr")}
    page = (out / "countries" / "PER.html").read_text(encoding="utf-8")
    assert said in page
    assert "(text from ocr page)" in page
    exported = subprocess.run(
        [sys.executable, "-m", "catnlp", "export", "csv", str(out / "catnlp.db")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert [row["page_quality"] for row in csv.DictReader(exported.splitlines())] == ["ocr"]


def run_json(folder: Path, out: Path, *, path: str | None = None) -> dict[str, Any]:
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    done = subprocess.run(
        command(folder, out, "--json"), capture_output=True, text=True, env=environment
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def warned(manifest: dict[str, Any], name: str) -> str:
    return "\n".join(
        "\n".join(i["warnings"]) for i in manifest["inputs"] if Path(i["uri"]).name == name
    )


def without_programs(folder: Path) -> str:
    """A search path on which no program stands."""
    empty = folder / "no-programs"
    empty.mkdir(exist_ok=True)
    return str(empty)
