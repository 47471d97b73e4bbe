"""Stores as a whole on the command line, by file and by address."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from catnlp.address import Address, Where
from catnlp.cli import cli
from catnlp.errors import CatnlpError, UsageError
from catnlp.store import open_store
from tests.postgresql import Server
from tests.store.test_store import keep

PASSWORD = "p%40ss-w0rd"


def catnlp(*arguments: str) -> tuple[str, str]:
    done = CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    return done.stdout, done.stderr


def written(place: Where) -> str:
    return place.url if isinstance(place, Address) else str(place)


def test_every_command_takes_both_kinds_of_store(
    new_address: Callable[[], Where], tmp_path: Path
) -> None:
    place, other = new_address(), new_address()
    with open_store(place) as opened:
        keep(opened, "a")
    store, new, folder = written(place), written(other), str(tmp_path / "parquet")
    assert "Police in Lomé" in catnlp("search", store, "detainees")[0]
    assert "Police in Lomé" in catnlp("search", store, "-c", "TGO")[0]
    assert "TGO  torture-ill-treatment" in catnlp("store", "counts", store)[0]
    assert catnlp("store", "counts", store, "-c", "GHA")[0] == ""
    assert "1 documents, 2 mentions" in catnlp("store", "export", store, folder)[1]
    assert "1 documents, 2 mentions" in catnlp("store", "import", new, folder)[1]
    assert catnlp("export", "jsonl", new)[0] == catnlp("export", "jsonl", store)[0] != ""
    assert "0 came, 0 went" in catnlp("diff", store, new)[1]
    assert catnlp("sales", "list", store)[0] == catnlp("review", "log", store)[0] == ""
    assert "<html" in catnlp("timeline", store, "TGO")[0]
    catnlp("summarize", store, "--out", str(tmp_path / "pages"))
    assert (tmp_path / "pages" / "countries" / "TGO.html").exists()


def test_ingest_into_a_server_shows_no_password(
    postgresql: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = postgresql.database(0)
    password = place.url.split(":")[2].split("@")[0]
    (tmp_path / "empty.txt").touch()
    done = CliRunner().invoke(cli, ["ingest", place.url, str(tmp_path / "empty.txt"), "--json"])
    assert "empty.txt" in done.output
    assert "results in postgresql://127.0.0.1" in done.output
    assert password not in done.output + caplog.text


def test_search_without_words_needs_a_country(tmp_path: Path) -> None:
    open_store(tmp_path / "s.db").close()
    with pytest.raises(UsageError, match="give words, or a country"):
        catnlp("search", str(tmp_path / "s.db"))


def test_an_address_nobody_answers_at_is_named_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(CatnlpError, match=r"postgresql://127\.0\.0\.1:1/x: no connection") as error:
        catnlp("search", f"postgresql://ann:{PASSWORD}@127.0.0.1:1/x", "police")
    assert "ss-w0rd" not in str(error.value)


@pytest.mark.parametrize(
    "arguments",
    [("run", "IN", "--out", "s3://hush/folder"), ("summarize", "STORE", "--out", "gs://hush/a"),
     ("export", "csv", "STORE", "-o", "s3://hush/a.csv"), ("timeline", "STORE", "TGO", "-o", "S3://hush"),
     ("run", "IN", "--out", "out", "--store", "postgres+x:/ann:hush@host/db"),
     ("ingest", "host=h password=hush", "IN"), ("store", "import", "mysql://ann:hush@h/d", "IN")],
)  # fmt: skip
def test_results_go_to_no_folder_that_is_called_as_an_address(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    open_store(Path("STORE")).close()
    Path("IN").mkdir()
    Path("IN", "a.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as caught:
        catnlp(*arguments)
    assert "hush" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_roles_prints_sql() -> None:
    sql, _ = catnlp("store", "roles")
    assert "GRANT INSERT ON catnlp.decisions TO catnlp_reviewer" in sql
