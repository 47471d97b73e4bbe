"""Files at addresses, over fsspec's own filesystems in memory and on the disk."""

import functools
import http.server
import importlib.util
import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from catnlp import remote
from catnlp.cli import cli
from catnlp.engine.inputs import find_inputs
from catnlp.engine.run import Run, run
from catnlp.errors import StoreError, UsageError
from catnlp.settings import Settings
from catnlp.store import open_store
from catnlp.store.moving import export_to, import_from
from tests.analyses import analysis
from tests.engine.runs import write_reports

fsspec = pytest.importorskip("fsspec")
SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture
def memory() -> Iterator[object]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that needs no model."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import plain_worker

    plain_worker.register()


def read(names: list[str], store: Path, **settings: object) -> Run:
    with open_store(store) as opened:
        return run(names, opened, Settings(engine="plain", workers=2, **settings))  # type: ignore[arg-type]


def rows(store: Path) -> list[object]:
    with open_store(store, read_only=True) as opened:
        return list(opened.dump())


@pytest.mark.parametrize(
    ("name", "there"),
    [("s3://bucket/folder", True), ("memory://a", True), ("HTTPS://host/a.pdf", True),
     ("/tmp/a.pdf", False), ("a.pdf", False), ("c:/a.pdf", False), ("reports/*.pdf", False)],
)  # fmt: skip
def test_is_remote(name: str, there: bool) -> None:
    assert remote.is_remote(name) == there


@pytest.mark.parametrize(
    "address",
    ["https://ann:hush@host/a.pdf", "https://ann:hu/sh@host/a.pdf", "zip://a::s3://bucket/hush",
     "https://host/a?X-Amz-Signature=hush", "https://host/a?sig=hush", "s3://key:hush@bucket/a",
     "https://host/a?access_token=hush", "https://host/a#access_token=hush", "https://host/a#hush",
     "https://host/a;token=hush", "https://host/a?id=5;jsessionid=hush", "s3://bucket/a#token=hush",
     "https://host/a?%74oken=hush", "https://[host/hush", " https://ann:hush@host/a.pdf",
     *(f"https://host/a?x=1&{name}=hush" for name in (
         "key", "pwd", "passwd", "pw", "auth", "oauth2", "code", "access_key",
         "AWSAccessKeyId", "jwt", "api.key", "subscription-key", "Authorization", "PHPSESSID",
         "sas", "X-Amz-Credential"))],
)  # fmt: skip
def test_an_address_with_a_key_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        find_inputs([address])
    assert "hush" not in str(caught.value)
    assert "hu/sh" not in str(caught.value)


def test_an_address_without_a_key_is_none_of_them(memory: object) -> None:
    pytest.importorskip("aiohttp")
    assert find_inputs(["https://host:8080/a?id=5&sigma=2"]) == ["https://host:8080/a?id=5&sigma=2"]


def test_a_name_that_only_resembles_that_of_a_key_is_none(memory: object) -> None:
    for name in ("keyword", "author", "codec", "turkey", "sign", "compass", "sigma", "id"):
        assert remote.is_empty(f"memory://none/a?x=1&{name}=2")
    memory.pipe("/r/Q&A #1; key.txt", b"x")  # type: ignore[attr-defined]
    assert find_inputs(["memory://r/Q&A #1; key.txt"]) == ["memory:///r/Q&A #1; key.txt"]


def test_a_protocol_that_needs_another_package_names_it() -> None:
    wanting = next(
        (name for name, package in (("s3", "s3fs"), ("gs", "gcsfs"), ("abfs", "adlfs"))
         if importlib.util.find_spec(package) is None),
        None,
    )  # fmt: skip
    if wanting is None:
        pytest.skip("all of them are installed")
    with pytest.raises(UsageError, match=r"Install|install"):
        find_inputs([f"{wanting}://bucket/folder"])
    with pytest.raises(UsageError, match="nothing://a"):
        find_inputs(["nothing://a"])


def test_find_lists_folders_and_patterns_in_order(memory: object) -> None:
    for name in ("/r/b.txt", "/r/a.html", "/r/sub/c.txt", "/other/d.txt"):
        memory.pipe(name, b"x")  # type: ignore[attr-defined]
    assert remote.find("memory://r") == [
        "memory:///r/a.html", "memory:///r/b.txt", "memory:///r/sub/c.txt"
    ]  # fmt: skip
    assert remote.find("memory://r/*.txt") == ["memory:///r/b.txt"]
    assert remote.find("memory://r/b.txt") == ["memory:///r/b.txt"]
    for missing in ("memory://none", "memory://r/*.pdf"):
        with pytest.raises(UsageError, match="no file there"):
            remote.find(missing)


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_run_reads_addresses_as_it_reads_files(
    protocol: str, memory: object, plain: None, tmp_path: Path
) -> None:
    here = tmp_path / "reports"
    here.mkdir()
    write_reports(here)
    (here / ".hidden").write_bytes(b"x")
    address = f"{protocol}://{here}"
    if protocol == "memory":
        for path in here.iterdir():
            memory.pipe(str(path), path.read_bytes())  # type: ignore[attr-defined]
    wanted, found = read([str(here)], tmp_path / "a.db"), read([address], tmp_path / "b.db")
    assert [(r.status, r.mentions) for r in found.records] == [
        (r.status, r.mentions) for r in wanted.records
    ]
    assert {record.uri for record in found.records} == {
        f"{protocol}://{path}" for path in here.iterdir()
    }
    texts = [str(row).replace(f"{protocol}://", "") for row in rows(tmp_path / "b.db")]
    assert texts == list(map(str, rows(tmp_path / "a.db")))  # ids, titles, reasons and all


def test_run_again_reads_nothing_again(memory: object, plain: None, tmp_path: Path) -> None:
    memory.pipe("/r/a.txt", b"Police in Lagos beat detainees.")  # type: ignore[attr-defined]
    read(["memory://r"], tmp_path / "s.db")
    (again,) = read(["memory://r"], tmp_path / "s.db").records
    assert again.resumed
    memory.pipe("/r/a.txt", b"Clerks in Lagos took bribes.")  # type: ignore[attr-defined]
    (changed,) = read(["memory://r"], tmp_path / "s.db").records
    assert not changed.resumed


def test_copies_are_gone_one_by_one_and_in_the_end(
    memory: object, plain: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for n in range(20):
        memory.pipe(f"/r/{n}.txt", f"Police in ward {n} beat detainees.".encode())  # type: ignore[attr-defined]
    kept, real = 0, remote.fetch

    def fetch(address: str, target: Path, *, most: int) -> int:
        nonlocal kept
        kept = max(kept, sum(1 for _ in target.parent.parent.iterdir()))
        return real(address, target, most=most)

    monkeypatch.setattr(remote, "fetch", fetch)
    assert read(["memory://r"], tmp_path / "s.db").count("done") == 20
    assert kept <= 6
    assert not list(tmp_path.glob("catnlp-*"))


def test_run_names_what_cannot_be_fetched(
    memory: object, plain: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/r/big.txt", b"x" * 1024 * 1024 * 3)  # type: ignore[attr-defined]
    memory.pipe("/r/gone.txt", b"x")  # type: ignore[attr-defined]
    memory.pipe("/r/good.txt", b"Police in Lagos beat detainees.")  # type: ignore[attr-defined]
    listed = remote.find("memory://r")
    memory.rm("/r/gone.txt")  # type: ignore[attr-defined]
    monkeypatch.setattr(remote, "find", lambda address: listed)
    found = {r.uri: r for r in read(["memory://r"], tmp_path / "s.db", max_file=2).records}
    assert found["memory:///r/good.txt"].status == "done"
    assert "more than 2 MiB" in found["memory:///r/big.txt"].reason
    assert found["memory:///r/gone.txt"].status == "failed"
    assert "cannot be fetched (FileNotFoundError" in found["memory:///r/gone.txt"].reason


@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_export_and_import_at_an_address(protocol: str, memory: object, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    address = f"{protocol}://{tmp_path}/parquet"
    with open_store(tmp_path / "a.db") as store:
        store.begin_input("a.txt", "1", 1)
        store.put(analysis(), "a.txt")
        written = export_to(store, address)
        with pytest.raises(StoreError, match="is not empty"):
            export_to(store, address)
    with open_store(tmp_path / "b.db") as store:
        assert import_from(store, address) == written
    assert rows(tmp_path / "b.db") == rows(tmp_path / "a.db")
    files = fsspec.filesystem(protocol)
    files.rm(f"{tmp_path}/parquet/mentions", recursive=True)
    with open_store(tmp_path / "c.db") as store, pytest.raises(StoreError) as caught:
        import_from(store, address)
    assert f"{address}/mentions: 0 rows" in str(caught.value)


def test_a_name_that_leaves_its_folder_is_refused(
    memory: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe("/e/x", b"x")  # type: ignore[attr-defined]
    for name, well in (("a/../../x", False), ("x", True)):
        monkeypatch.setattr(remote, "find", lambda address, name=name: [f"memory:///e/{name}"])
        if well:
            remote.download("memory://e", tmp_path / "in")
        else:
            with pytest.raises(UsageError, match="leaves its folder"):
                remote.download("memory://e", tmp_path / "in")
    assert [path.name for path in tmp_path.rglob("x")] == ["x"]


def test_command_line_takes_addresses(memory: object, tmp_path: Path) -> None:
    from click.testing import CliRunner

    with open_store(tmp_path / "a.db"):
        pass
    call = CliRunner().invoke
    assert call(cli, ["store", "export", str(tmp_path / "a.db"), "memory://e"]).exit_code == 0
    assert json.loads(fsspec.filesystem("memory").cat("/e/catnlp.json"))["rows"]["documents"] == 0
    assert call(cli, ["store", "import", str(tmp_path / "b.db"), "memory://e"]).exit_code == 0


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_web_address_is_one_file_and_its_links_are_none(tmp_path: Path, plain: None) -> None:
    pytest.importorskip("aiohttp")
    site = tmp_path / "site"
    site.mkdir()
    (site / "a.html").write_text('<p>Police beat detainees.</p><a href="b.html">more</a>')
    (site / "b.html").write_text("<p>Clerks took bribes.</p>")
    with serving(site) as address:
        names = [f"{address}/a.html?page=2", f"{address}/none.html"]
        found = read(names, tmp_path / "s.db").records
    assert [record.status for record in found] == ["done", "failed"]
    assert "FileNotFoundError" in found[1].reason
    with open_store(tmp_path / "s.db", read_only=True) as store:
        assert not list(store.search("bribes"))
        assert [hit.uri for hit in store.search("detainees")] == names[:1]
