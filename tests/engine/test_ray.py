"""Ray on this machine and on two nodes: same rows as one worker, and an end for every file."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

if importlib.util.find_spec("ray") is None:  # not imported: it reads its environment then
    pytest.skip("the engine on Ray needs Ray (extra: ray)", allow_module_level=True)

from catnlp.engine.ray import Cluster, RayEngine
from catnlp.engine.worker import Ended, Read, Task
from catnlp.errors import ModelError, UsageError
from tests.engine import targets
from tests.engine.clusters import ROOT, TwoNodes, environment, two_nodes
from tests.engine.runs import exported, rows, write_reports

pytestmark = pytest.mark.ray


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actors import the tests and the checkout."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT)]))


def test_ray_every_file_comes_to_an_end(tmp_path: Path) -> None:
    names = ["good1", "crash", "hang", "eat", "half", "cut", "assassin", "good2", "good3"]
    for name in names:
        (tmp_path / name).touch()
    engine = RayEngine(2, timeout=5, memory=500, target=targets.behave)
    unread = ["missing", "x" * 300, "nul\0"]
    found: dict[str, list[Read | Ended]] = {name: [] for name in (*names, *unread)}
    with closing(engine):
        for task, message in engine.run([Task(name, tmp_path / name) for name in found]):
            found[task.uri].append(message)
    ends = {}
    for name, messages in found.items():
        *reads, last = messages
        assert isinstance(last, Ended)
        ends[name] = last.reason
        assert len(reads) == (name == "half" or name.startswith("good")), name
    assert "SIGSEGV" in ends["crash"]
    assert "longer than 5 s" in ends["hang"]
    assert "more than 500 MiB" in ends["eat"]
    assert "exit code 3" in ends["half"]
    assert "lost 3 times" in ends["assassin"]
    assert "crashed the reader (SIGKILL)" in ends["cut"]
    assert "use a shared folder" in ends["missing"]
    assert "cannot be opened on a machine of the cluster" in ends["x" * 300]
    assert "unexpected ValueError in its actor" in ends["nul\0"]
    assert engine.peak_memory > 500


def test_ray_a_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    engine = RayEngine(1, timeout=5, memory=4096, target=targets.break_down)
    with closing(engine), pytest.raises(ModelError, match="no model here"):
        list(engine.run([Task("a", tmp_path / "a")]))


def test_ray_names_a_cluster_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no cluster of Ray at"):
        RayEngine(1, timeout=5, memory=4096, cluster=Cluster("127.0.0.1:1"))


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[TwoNodes]:
    with tempfile.TemporaryDirectory(prefix="ray") as folder, two_nodes(Path(folder)) as nodes:
        yield nodes


def command(reports: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "catnlp", "run", str(reports), "--out", str(out), *options]


def test_ray_two_nodes_listen_on_the_loopback_only(cluster: TwoNodes) -> None:
    time.sleep(5)
    addresses = {
        connection.laddr.ip.removeprefix("::ffff:")
        for node in (cluster.head, cluster.second)
        for process in (psutil.Process(node.pid), *psutil.Process(node.pid).children(True))
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}


def test_ray_without_the_token_gets_nothing(
    cluster: TwoNodes, reports: Path, tmp_path: Path
) -> None:
    wrong = {**cluster.environment, "RAY_AUTH_TOKEN": environment()["RAY_AUTH_TOKEN"]}
    options = ("--engine", "ray", "--ray-address", cluster.address)
    done = subprocess.run(
        command(reports, tmp_path, *options), env=wrong, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "not with this token" in done.stderr
    assert wrong["RAY_AUTH_TOKEN"] not in done.stderr


def test_ray_on_two_nodes_one_of_them_killed_gives_the_same_bytes(
    cluster: TwoNodes, reports: Path, tmp_path: Path
) -> None:
    subprocess.run(command(reports, tmp_path / "one", "--workers", "1"), capture_output=True)
    options = ("--engine", "ray", "--ray-address", cluster.address, "--workers", "2")
    process = subprocess.Popen(
        command(reports, tmp_path / "two", *options), env=cluster.environment,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[4/"):
            for part in psutil.Process(cluster.second.pid).children(recursive=True):
                if part.name() == "raylet":
                    part.kill()
    assert process.wait() == 1  # an input is broken
    process.stderr.close()
    assert rows(tmp_path / "two") == rows(tmp_path / "one")
    assert exported(tmp_path / "two") == exported(tmp_path / "one")
    manifest = json.loads((tmp_path / "two" / "run.json").read_text(encoding="utf-8"))
    assert len(manifest["inputs"]) == len(list(reports.iterdir()))


def test_ray_what_was_kept_outlives_actors_raylet_and_driver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The short form of `scripts/torture.py --engine ray`: each of them is killed once."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import torture

    ((_, well, message),) = torture.torture(
        files=60, kills=4, engine="ray", workers=2, seed=5, only=["kills"]
    )
    assert well, message
    assert all(kind in message for kind in ("actor", "raylet", "driver", "worker"))
