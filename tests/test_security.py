"""What docs/threat-model.md promises, where no other test holds it."""

import ast
import json
import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catnlp.engine.run import run
from catnlp.errors import CatnlpError, ModelError
from catnlp.export import EXPORTERS, flags
from catnlp.export.formats import lookup_in
from catnlp.extract import extract
from catnlp.settings import Settings
from catnlp.store import Store, open_store
from catnlp.summarize.pages import write_pages
from catnlp.tag.models import find_model
from catnlp.tag.tagger import Tagger
from tests import hostile
from tests.analyses import analysis
from tests.export.test_post import receiver
from tests.export.write import written, written_bytes

SOURCE = Path(__file__).parents[1] / "src" / "catnlp"
AWAY = "http://203.0.113.7/secret"
SCRIPT = "<script>alert(1)</script>"


class Reached(Exception):
    """A reader tried to reach something."""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every way to another machine fails the test; what was tried is in the list."""
    tried: list[str] = []

    def refuse(*arguments: object, **_: object) -> None:
        tried.append(str(arguments[-1]))
        raise Reached(str(arguments[-1]))

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_the_trap_for_readers_shuts(no_network: list[str]) -> None:
    with pytest.raises(Reached):
        socket.create_connection(("203.0.113.7", 80))
    assert no_network


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """Something on this machine that native code could reach too; nobody answers there."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        yield listening


def test_what_listens_notices_a_caller(elsewhere: socket.socket) -> None:
    with socket.create_connection(elsewhere.getsockname()):
        elsewhere.accept()[0].close()
    with pytest.raises(BlockingIOError):
        elsewhere.accept()


@pytest.mark.parametrize("name", hostile.DOCUMENTS)
def test_readers_fetch_nothing_and_read_no_other_file(
    name: str, tmp_path: Path, elsewhere: socket.socket, no_network: list[str]
) -> None:
    away = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/secret"
    path = hostile.write(tmp_path, name, away)
    try:
        text = "".join(document.text for document in extract(path))
    except CatnlpError as error:
        assert name in hostile.NEEDS_PROGRAMS
        text = str(error)
    else:
        assert "beat two" in text
    assert no_network == []
    with pytest.raises(BlockingIOError):
        elsewhere.accept()
    assert "root:" not in text


ALONE = """
import sys
from collections.abc import Iterator
from pathlib import Path
from catnlp.errors import CatnlpError
from catnlp.extract import extract
for name in sys.argv[1:]:
    try:
        print(Path(name).name, sum("beat two" in document.text for document in extract(Path(name))))
    except CatnlpError as error:
        print(Path(name).name, "failed")
"""


def test_readers_need_no_network(tmp_path: Path) -> None:
    """Not even a loopback: in a network namespace in which nothing is up."""
    cut = ["unshare", "--map-root-user", "--net"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*cut, "true"], capture_output=True).returncode
    ):
        pytest.skip("no network namespaces for this user")
    paths = [hostile.write(tmp_path, name, AWAY) for name in hostile.DOCUMENTS]
    done = subprocess.run(
        [*cut, sys.executable, "-c", ALONE, *map(str, paths)], capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = dict(line.split() for line in done.stdout.splitlines())
    assert set(found) == set(hostile.DOCUMENTS)
    unread = {name for name, read in found.items() if read in ("0", "failed")}
    assert unread <= set(hostile.NEEDS_PROGRAMS)


def calls(path: Path) -> set[str]:
    """What a module imports, and the dotted names that it calls."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
    return found


NETWORK = {"socket", "http.client", "urllib.request", "requests", "httpx", "urllib3", "ftplib",
           "fsspec", "fsspec.core"}  # fmt: skip
MAY_TALK = {
    "export/post.py",  # to a receiver that the user names
    "engine/ray.py",  # to a cluster that the user names
    "review/web/serve.py",  # a page on the loopback
    "remote.py",  # to an address that the user names
}
CODE = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "eval", "exec",
        "os.system", "yaml.load", "torch.jit.load"}  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_modules_talk_to_nobody_and_run_no_data(path: Path) -> None:
    found = calls(path)
    assert not found & CODE
    if path.relative_to(SOURCE).as_posix() not in MAY_TALK:
        assert not found & NETWORK


def test_torch_loads_only_weights() -> None:
    loads = [
        line
        for path in SOURCE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "torch.load(" in line
    ]
    assert all("weights_only=True" in line for line in loads)


class Bomb:
    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("touch went-off",)


def test_a_model_that_is_a_pickle_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where its hash is the one in config.json, and under the names that torch uses."""
    import hashlib

    from safetensors import SafetensorError

    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "model"
    shutil.copytree(find_model(), folder)
    payload = pickle.dumps(Bomb())
    for name in ("model.safetensors", "pytorch_model.bin", "model.pt"):
        (folder / name).write_bytes(payload)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["files"]["model.safetensors"] = hashlib.sha256(payload).hexdigest()
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises((ModelError, SafetensorError)):
        Tagger(folder)
    assert not (tmp_path / "went-off").exists()


@pytest.fixture
def hostile_store(tmp_path: Path) -> Store:
    """A document whose title, words and address are script, SQL and formulas."""
    store = open_store(tmp_path / "s.db")
    quotes = tuple(
        (quote, "beat", "torture-ill-treatment", "affirmed")
        for quote in (f"Police beat {SCRIPT} two.", "'; DROP TABLE mentions; -- they beat him.",
                      "=HYPERLINK(\"http://x\") they beat him.")
    )  # fmt: skip
    name = "x'); DROP TABLE documents; --"
    store.begin_input(name, "x", 1)
    store.put(analysis(name, quotes, "TGO", title=SCRIPT, url="javascript:alert(1)"), name)
    return store


def test_pages_run_no_script_of_a_title(hostile_store: Store, tmp_path: Path) -> None:
    write_pages(hostile_store, tmp_path / "out", settings=Settings())
    pages = [path for path in (tmp_path / "out").rglob("*") if path.suffix == ".html"]
    assert len(pages) >= 2
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert SCRIPT not in page, path
        assert not re.search(r"""(?:href|src)=["']?javascript:""", page), path
    assert any("&lt;script&gt;" in path.read_text(encoding="utf-8") for path in pages)


def test_words_are_never_sql(hostile_store: Store) -> None:
    for query in ("'; DROP TABLE mentions; --", '" OR 1=1 --', "beat NEAR(", "* ^ -", "{x}:y"):
        list(hostile_store.search(query))
    assert len(list(hostile_store.search("DROP TABLE"))) == 1
    for country in ("TGO' OR '1'='1", "'; DELETE FROM mentions; --"):
        assert list(hostile_store.evidence(country)) == []
    assert len(list(hostile_store.evidence("TGO"))) >= 3


@pytest.mark.parametrize("name", ["csv"])
def test_tables_run_no_formula(hostile_store: Store, name: str) -> None:
    import csv
    import io

    text = written(name, flags(hostile_store)).removeprefix("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


def test_every_format_takes_a_hostile_document(hostile_store: Store) -> None:
    for name, exporter in EXPORTERS.items():
        write = written_bytes if exporter.binary else written
        assert write(name, flags(hostile_store), lookup_in(hostile_store)), name


def test_secrets_stand_in_no_output(tmp_path: Path) -> None:
    """With everything said (-v), a run and a failed --post name no token."""
    (tmp_path / "a.txt").write_text("Police in Lima beat detainees during an interrogation.")
    secrets = {name: f"{name}-hunter2" for name in ("CATNLP_POST_TOKEN", "RAY_AUTH_TOKEN")}
    environment = {**os.environ, **secrets}
    out = tmp_path / "out"
    said = ""
    with receiver((401, {})) as server:
        for arguments in (
            ["-v", "run", str(tmp_path / "a.txt"), "--out", str(out)],
            ["-v", "export", "jsonl", str(out / "catnlp.db"), "--post", server.url],
        ):
            done = subprocess.run(
                [sys.executable, "-m", "catnlp", *arguments], env=environment,
                capture_output=True, text=True, timeout=300,
            )  # fmt: skip
            said += done.stdout + done.stderr
    assert "hunter2" in server.seen[0][0]["Authorization"]
    assert "refused with status 401" in said
    written_files = [path.read_bytes() for path in out.rglob("*") if path.is_file()]
    assert len(written_files) > 3
    assert "hunter2" not in said
    assert not [data for data in written_files if b"hunter2" in data]


def test_settings_name_no_secret() -> None:
    assert not [name for name in Settings.__slots__ if re.search("token|password|secret", name)]


def test_run_is_what_reads(tmp_path: Path) -> None:
    """A name that looks like an option or a pattern is a name."""
    odd = tmp_path / "--out=x; rm -rf $(HOME) `id`.txt"
    odd.write_text("", encoding="utf-8")
    with open_store(tmp_path / "s.db") as store:
        done = run([str(odd)], store, Settings(workers=1))
    assert [record.uri for record in done.records] == [odd.as_posix()]
