"""A store goes out as Parquet and comes back the same, from either database into the other."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from catnlp.address import Where
from catnlp.domain import Decision
from catnlp.errors import StoreError
from catnlp.export import EXPORTERS, flags
from catnlp.review import decide, reapply
from catnlp.sales.registers import read_register
from catnlp.store import InputRow, Store, decisions, open_store
from catnlp.store.parquet import export_store, import_store
from catnlp.store.schema import TABLES
from catnlp.store.tallies import FILL
from tests.analyses import analysis
from tests.export.conftest import HARD
from tests.postgresql import Server
from tests.review.decisions import decision

NOT_FILLED = ("mention_units", "event_dates")
REGISTER = "recipient,supplier,designation,date\nTGO,USA,AB-12 helicopters,2021\n"


def fill(store: Store, folder: Path) -> None:
    """A row in every table."""
    read = {
        "a": analysis("a", sale=True, pages=True), "b": analysis("b", HARD, "GHA"),
        "c": analysis("c", sale=True),
    }  # fmt: skip
    for name, one in read.items():
        uri = f"in/{name}.html"
        store.begin_input(uri, name, 1)
        store.put(one, uri)
        store.finish_input(InputRow(uri, name, 1, "done", fingerprint="v1", documents=1))
    store.finish_input(InputRow("bad.pdf", "x", 1, "failed", "no text"))
    slip, _ = decide(store, [decision(read["a"], 0, "reject"),
                             decision(read["a"], 1, "correct", responsible=("GHA",))])  # fmt: skip
    decide(store, [Decision("a", slip.quote, slip.start, "withdraw", None, None, "Ann",
                            "2024-05-01T00:00:00+00:00", withdraws=slip.number)])  # fmt: skip
    reapply(store)
    (folder / "register.csv").write_text(REGISTER)
    store.put_register(read_register(folder / "register.csv"))
    store.relink_sales()
    store.mark_copies()


def flags_of(store: Store) -> str:
    stream = StringIO()
    EXPORTERS["jsonl"](flags(store), stream)
    return stream.getvalue()


def test_round_trip_gives_the_same_rows(new_address: Callable[[], Where], tmp_path: Path) -> None:
    with open_store(new_address()) as store:
        fill(store, tmp_path)
        rows = export_store(store, tmp_path / "out")
        dump, text, found = list(store.dump()), flags_of(store), len(list(store.search("beat")))
    assert not [table for table in TABLES if not rows[table] and table not in NOT_FILLED]
    with open_store(new_address()) as other:
        assert import_store(other, tmp_path / "out") == rows
        assert list(other.dump()) == dump
        assert flags_of(other) == text
        assert len(list(other.search("beat"))) == found > 0
        (new,) = decide(other, [decision(analysis("a"), 0, "accept")])
        with other.snapshot() as db:
            numbers = [d.number for d in decisions.all_decisions(db)]
        assert numbers == [1, 2, 3, new.number]


def test_both_databases_hold_the_same(tmp_path: Path, postgresql: Server) -> None:
    dumps = []
    for place in (tmp_path / "s.db", postgresql.database(0)):
        with open_store(place) as store:
            fill(store, tmp_path)
            dumps.append((list(store.dump()), flags_of(store), store.counts(), store.matrix()))
    assert dumps[0] == dumps[1]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with open_store(tmp_path / "s.db") as store:
        fill(store, tmp_path)
        export_store(store, tmp_path / "out")
    return tmp_path / "out"


def test_parquet_opens_by_country_and_year(exported: Path) -> None:
    dataset = pytest.importorskip("pyarrow.dataset")
    links = dataset.dataset(exported / "country_links", partitioning="hive").to_table().to_pylist()
    assert {(row["country"], row["year"]) for row in links} == {("TGO", 2023), ("GHA", 2023)}
    documents = dataset.dataset(exported / "documents", partitioning="hive").to_table().to_pylist()
    assert "Police in Lomé" in documents[0]["text"]
    assert {(row["country"], row["year"]) for row in documents} == {("none", 2023)}


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "catnlp.json").unlink(), "no whole export"),
        (lambda folder: shutil.rmtree(folder / "country_links"), "files are missing"),
        (lambda folder: shutil.rmtree(folder / "inputs"), "files are missing"),
        (lambda folder: (folder / "decisions" / "part-0.parquet").write_text("x"), "not a file of"),
        (lambda folder: shutil.copytree(folder / "pages", folder / "pages" / "b"), "contradict"),
        (lambda folder: (folder / "catnlp.json").write_text(
            json.dumps({"schema": 1, "rows": {}})), "schema 1"),
    ],
)  # fmt: skip
def test_import_refuses_what_is_not_whole_and_keeps_nothing(
    exported: Path, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    damage(exported)
    with open_store(tmp_path / "new.db") as store:
        with pytest.raises(StoreError, match=said):
            import_store(store, exported)
        assert list(store.dump()) == []


def test_import_and_export_leave_what_is_there(exported: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "s.db") as store:
        before = list(store.dump())
        with pytest.raises(StoreError, match="not empty"):
            import_store(store, exported)
        with pytest.raises(StoreError, match="not empty"):
            export_store(store, exported)
        assert list(store.dump()) == before


COUNTED = """
    SELECT l.country, category, l.year, count(*) FROM (
        SELECT mention_id, country, CAST(year AS VARCHAR) AS year
        FROM read_parquet('{0}/country_links/*/*/*.parquet', hive_partitioning = true)
        WHERE role = 'responsible'
    ) l JOIN read_parquet('{0}/mentions/*/*/*.parquet') m ON m.id = mention_id
    GROUP BY ALL ORDER BY ALL
"""
TALLIED = """
    SELECT country, category, CAST(year AS VARCHAR), CAST(sum(mentions) AS BIGINT)
    FROM read_parquet('{0}/tallies/*/*/*.parquet', hive_partitioning = true)
    GROUP BY ALL ORDER BY ALL
"""


def test_duckdb_counts_as_the_store_does(address: Where, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with open_store(address) as store:
        fill(store, tmp_path)
        undated = [(*row[:2], row[2] or "0", row[3]) for row in store.counts()]
        export_store(store, tmp_path / "decided")
        with store.transaction("decisions") as db:  # as if nobody had decided
            db.execute("DELETE FROM reviewed")
        with store.transaction() as db:
            db.execute("DELETE FROM tallies")
            db.execute(FILL.format(own=""))
        tagged = [(*row[:2], row[2] or "0", row[3]) for row in store.counts()]
        export_store(store, tmp_path / "tagged")
    with duckdb.connect() as db:
        assert db.execute(TALLIED.format(tmp_path / "decided")).fetchall() == undated
        assert db.execute(COUNTED.format(tmp_path / "tagged")).fetchall() == tagged != undated


def test_pandas_reads_one_country(address: Where, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with open_store(address) as store:
        fill(store, tmp_path)
        rows = export_store(store, tmp_path / "out")
        counted = sum(row[3] for row in store.counts() if row[0] == "GHA")
    tallies = tmp_path / "out" / "tallies"
    assert len(pandas.read_parquet(tallies)) == rows["tallies"]
    found = pandas.read_parquet(tallies, filters=[("country", "==", "GHA")])
    assert set(found.country) == {"GHA"}
    assert found.mentions.sum() == counted > 0
    assert not len(pandas.read_parquet(tallies, filters=[("country", "==", "FRA")]))
