"""What only a store on a server has: people who may do different things, at the same time."""

import re
import threading
from collections.abc import Iterator
from importlib.resources import files

import pytest

from catnlp.address import Address
from catnlp.errors import CatnlpError, RefusedError, StoreError
from catnlp.review import decide, reapply
from catnlp.store import InputRow, Store, open_store
from catnlp.store.migrations import STEPS
from tests.analyses import analysis
from tests.postgresql import Server
from tests.review.decisions import decision
from tests.store.test_store import keep

PEOPLE = ("reader", "reviewer", "runner")


@pytest.fixture
def place(postgresql: Server) -> Address:
    return postgresql.database(0)


@pytest.fixture
def people(postgresql: Server, place: Address) -> Iterator[dict[str, Address]]:
    """A store with a document, and one person of each role."""
    with open_store(place) as store:
        keep(store, "a")
    name = place.url.rpartition("/")[2]
    postgresql.execute(name, files("catnlp.store").joinpath("roles.sql").read_text("utf-8"))
    for person in PEOPLE:
        postgresql.execute(
            name, f"CREATE ROLE {person} LOGIN PASSWORD 'p-{person}' IN ROLE catnlp_{person}"
        )
    yield {p: postgresql.address(name, p, f"p-{p}") for p in PEOPLE}
    for person in PEOPLE:
        postgresql.execute(name, f"DROP ROLE {person}")


def reject(place: Address) -> None:
    with open_store(place) as store:
        decide(store, [decision(analysis("a"), 0, "reject")])


def ingest(place: Address) -> None:
    with open_store(place) as store:
        keep(store, "b")
        keep(store, "a")
        reapply(store)
        store.mark_copies()
        store.relink_sales()


def read(place: Address) -> int:
    with open_store(place, read_only=True) as store:
        store.counts()
        return len(list(store.evidence("TGO"))) + len(list(store.search("detainees")))


def test_a_reader_reads_and_changes_nothing(people: dict[str, Address]) -> None:
    assert read(people["reader"]) == 3
    for change in (reject, ingest):
        with pytest.raises(StoreError, match=r"permission denied.*ask its owner for a role"):
            change(people["reader"])
    assert read(people["reader"]) == 3


def test_a_reviewer_decides_for_good_and_puts_no_documents_in(people: dict[str, Address]) -> None:
    reject(people["reviewer"])
    assert read(people["reviewer"]) == 2
    with pytest.raises(StoreError, match="permission denied"):
        ingest(people["reviewer"])
    with open_store(people["reviewer"]) as store:
        for statement in ("DELETE FROM decisions", "UPDATE decisions SET reviewer = 'x'"):
            with pytest.raises(StoreError, match="permission denied"), store.transaction() as db:
                db.execute(statement)


def test_a_runner_puts_documents_in_and_makes_no_decisions(people: dict[str, Address]) -> None:
    reject(people["reviewer"])
    ingest(people["runner"])
    assert read(people["reader"]) == 5
    with pytest.raises(StoreError, match="permission denied"):
        reject(people["runner"])


def test_writing_through_a_connection_for_reading_is_refused(place: Address) -> None:
    open_store(place).close()
    with open_store(place, read_only=True) as store, pytest.raises(StoreError, match="read-only"):
        keep(store, "a")


def test_runs_that_write_at_once_lose_nothing_and_double_nothing(place: Address) -> None:
    failed: list[CatnlpError] = []

    def run(names: str) -> None:
        try:
            with open_store(place) as store:
                for name in names:
                    keep(store, name)
                store.mark_copies()
                store.relink_sales()
        except CatnlpError as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(names,)) for names in ("abcd", "dcba", "efab")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with open_store(place) as store:
        dump = list(store.dump())
        assert store.extent() == (6, 12)
        for name in "fedcba":
            keep(store, name)
        store.mark_copies()
        assert list(store.dump()) == dump


def test_a_decision_does_not_wait_for_a_pass_over_all_documents(place: Address) -> None:
    with open_store(place) as run, open_store(place) as review:
        keep(run, "a")
        with run.transaction("pass"):
            review._db.execute("SET lock_timeout TO '5s'")
            decide(review, [decision(analysis("a"), 0, "reject")])
        with run.transaction("documents"), pytest.raises(StoreError, match="lock timeout"):
            decide(review, [decision(analysis("a"), 0, "accept")])


def test_an_input_is_one_run_s_until_it_lets_go_or_is_killed(
    place: Address, postgresql: Server
) -> None:
    with open_store(place) as other:
        killed = open_store(place)
        assert killed.hold("in/a.zip")
        assert not other.hold("in/a.zip")
        assert other.hold("in/b.zip")
        killed.release("in/a.zip")
        assert other.hold("in/a.zip")
        other.release()
        assert killed.hold("in/b.zip")
        postgresql.execute(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
        )
        assert other.hold("in/b.zip", wait=True)
        killed.release()
        killed.close()


def test_text_that_a_server_cannot_hold_is_refused(place: Address) -> None:
    with open_store(place) as store:
        keep(store, "a")
        before = list(store.dump())
        for refused in ("nul\0", "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))):
            with pytest.raises(RefusedError, match="cannot hold it"):
                store.begin_input(refused, "1", 1)
        with pytest.raises(RefusedError, match="cannot hold it"):
            store.put(analysis("b", title="nul\0"), "in/a.html")
        with pytest.raises(RefusedError, match="cannot hold it"):
            list(store.search("nul\0", country="nul\0"))
        assert list(store.dump()) == before


def test_a_lost_connection_says_so_and_leaves_nothing_half(
    place: Address, postgresql: Server
) -> None:
    with open_store(place) as store:
        keep(store, "a")
        before = list(store.dump())
        with pytest.raises(StoreError, match="run the same command again"):
            cut_off(store, postgresql)
    with open_store(place) as store:
        assert list(store.dump()) == before


def cut_off(store: Store, server: Server) -> None:
    """The connection, in the middle of a transaction."""
    with store.transaction() as db:
        db.execute("DELETE FROM documents")
        server.execute(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'catnlp'",
        )
        db.execute("DELETE FROM inputs")


def test_open_store_says_what_is_wrong_and_no_password(postgresql: Server, place: Address) -> None:
    name = place.url.rpartition("/")[2]
    wrong = {
        "no store in this database": place,
        "no connection": postgresql.address(name, password="hush-hush"),
        "no connection .*does not exist": postgresql.address("nowhere"),
        "not an address": Address("postgresql://owner:hush@hush/x@127.0.0.1/x"),
        "not an address as": Address("postgresql://owner:hush/x@127.0.0.1/x"),
        "an address as": Address("postgresql://owner:h%ush@127.0.0.1/x"),
    }
    for said, address in wrong.items():
        with pytest.raises(StoreError, match=said) as caught:
            open_store(address, read_only=True)
        assert "hush" not in str(caught.value)
        assert not re.search(r"\bowner\b(?! for a role)", str(caught.value))
        assert postgresql.password not in str(caught.value)
        assert caught.value.__cause__ is None


def test_open_store_refuses_a_newer_one_and_a_reader_an_older(
    place: Address, postgresql: Server
) -> None:
    open_store(place).close()
    name = place.url.rpartition("/")[2]
    for version, said in ((99, "newer catnlp"), (len(STEPS) - 1, "older store")):
        postgresql.execute(name, f"UPDATE catnlp.schema_version SET version = {version}")
        with pytest.raises(StoreError, match=said):
            open_store(place, read_only=True)


@pytest.mark.parametrize("taken", [1, len(STEPS) - 2, len(STEPS) - 1])
def test_an_older_store_is_brought_up_to_date(
    place: Address, monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    with monkeypatch.context() as older:
        older.setattr("catnlp.store.postgresql.STEPS", STEPS[:taken])
        open_store(place).close()
    with open_store(place) as store:
        keep(store, "a")
        found, *_ = store.evidence("TGO")
        assert store.counts()
        assert found.mention.status_score == 1


def test_a_store_takes_what_a_run_leaves_in_a_long_sentence(place: Address) -> None:
    long = "word" * 900 + " " + "été " * 60_000
    with open_store(place) as store:
        _put(store, long)
        assert [hit.text for hit in store.search("ete")] == [long]


def _put(store: Store, quote: str) -> None:
    store.begin_input("x", "1", 1)
    store.put(analysis("x", ((quote, "", "", ""),)), "x")
    store.finish_input(InputRow("x", "1", 1, "done", documents=1))
