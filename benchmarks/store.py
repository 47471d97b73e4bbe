"""Seconds of a store with as many rows as a ministry has, in a file or on a PostgreSQL server.

    python benchmarks/store.py SMALL --documents 2000                  # SQLite
    python benchmarks/store.py SMALL --documents 2000 --postgresql     # a server of its own
    python benchmarks/store.py SMALL --documents 2000 --keep BIG.db    # made once, used again

SMALL is a store of real reports (`catnlp ingest SMALL reports/`). Its documents are repeated
under other ids, years and countries; each gets 1,250 sentences, 250 of them with a mention,
from the reports that come next. Words are therefore as frequent as in reports, but distinct
sentences are few: sizes on disk look better than they are. A time is that of one of several
calls of the method that the commands use. `--gate` ends with 1 where a time is over its limit.
`--cpu` counts the seconds of processor time of this process and of its server process instead,
for a machine that others use.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import psutil

from catnlp.address import Address, Where, where
from catnlp.gazetteer import country_codes
from catnlp.store import Store, open_store
from catnlp.store.schema import names
from catnlp.store.tallies import FILL, tally

SENTENCES, MENTIONS = 1250, 250  # of a document
DOCUMENTS_AT_ONCE = 20
BULK = 100_000  # mentions of the bulk insert
LIMITS = {"counts": 0.5, "top evidence": 0.02, "search": 0.05, "common word": 0.05}  # seconds
SERVER = ("shared_buffers=1GB", "work_mem=64MB", "max_wal_size=4GB")  # every commit on the disk
LEAST_RATE = 60_000  # mentions a second, PostgreSQL


@dataclass
class Sample:
    """The rows of the small store that are repeated."""

    documents: list[Any]
    sentences: list[Any]  # of all documents, in their order
    mentions: dict[str, list[Any]]  # by sentence
    links: dict[str, list[Any]]  # by mention


def read_sample(store: Store) -> Sample:
    with store.snapshot() as db:
        sample = Sample(
            list(db.execute("SELECT * FROM documents ORDER BY id")),
            list(db.execute(f"SELECT {', '.join(names('sentences'))} FROM sentences"
                            " ORDER BY document_id, start_char")),
            {}, {},
        )  # fmt: skip
        for row in db.execute("SELECT * FROM mentions ORDER BY id"):
            sample.mentions.setdefault(row["sentence_id"], []).append(row)
        for row in db.execute("SELECT * FROM country_links ORDER BY mention_id, country"):
            sample.links.setdefault(row["mention_id"], []).append(row)
    return sample


Tables = dict[str, list[tuple[Any, ...]]]


class Copies:
    """Document after document, made of the sample's rows."""

    def __init__(self, sample: Sample) -> None:
        self.sample, self.codes = sample, country_codes()
        self.score = names("mentions").index("score")

    def tables(self, numbers: Sequence[int]) -> Tables:
        """Rows of these documents, by table."""
        made: Tables = {
            name: [] for name in ("inputs", "documents", "input_documents", "sentences",
                                  "mentions", "country_links")
        }  # fmt: skip
        for number in numbers:
            self._document(number, made)
        return made

    def identity(self, number: int) -> str:
        source = self.sample.documents[number % len(self.sample.documents)]
        return f"{number:06}-{source['id'][:20]}"

    def _document(self, number: int, made: Tables) -> None:
        sample = self.sample
        source = dict(sample.documents[number % len(sample.documents)])
        identity, uri = self.identity(number), f"reports/{number:06}.html"
        subject = " ".join(
            self._moved(code, number) for code in source["subject_countries"].split()
        )
        source |= {"id": identity, "uri": uri, "subject_countries": subject,
                   "published": f"{2005 + number % 20}-03"}  # fmt: skip
        made["inputs"].append((uri, identity, 1, "done", "", "html", "v1", 1, 0, 0))
        made["documents"].append(tuple(source[name] for name in names("documents")))
        made["input_documents"].append((uri, identity))
        first, count, start = number * 97 % len(sample.sentences), 0, 0
        for place in range(SENTENCES):
            row = dict(sample.sentences[(first + place) % len(sample.sentences)])
            old, length = row["id"], row["end_char"] - row["start_char"]
            row |= {"id": f"{identity}-{place:04}", "document_id": identity,
                    "start_char": start, "end_char": start + length}  # fmt: skip
            start += length + 1
            made["sentences"].append(tuple(row[name] for name in names("sentences")))
            for mention in sample.mentions.get(old, ()) if count < MENTIONS else ():
                count += 1
                self._mention(mention, row, number, made)

    def _mention(self, mention: Any, sentence: dict[str, Any], number: int, made: Tables) -> None:
        identity = f"m{number:06}-{mention['id'][-20:]}-{sentence['id'][-4:]}"
        row = [identity, sentence["document_id"], sentence["id"], sentence["start_char"],
               sentence["start_char"] + 1, *tuple(mention)[5:]]  # fmt: skip
        row[self.score] *= 1 - number % 97 / 1000  # else the surest were all copies of a few
        made["mentions"].append(tuple(row))
        for link in self.sample.links.get(mention["id"], ()):
            country = self._moved(link["country"], number)
            made["country_links"].append((identity, country, *tuple(link)[2:]))

    def _moved(self, code: str, by: int) -> str:
        return self.codes[(self.codes.index(code) + by) % len(self.codes)]


def grow(store: Store, copies: Copies, documents: int) -> dict[str, float]:
    """Puts the documents in; rows a second, by table."""
    rows: dict[str, int] = {}
    seconds: dict[str, float] = {}
    numbers = iter(range(documents))
    while chosen := list(islice(numbers, DOCUMENTS_AT_ONCE)):
        tables = copies.tables(chosen)
        with store.transaction() as db:
            for table, values in tables.items():
                clock = Clock()
                db.insert(table, names(table), values)
                seconds[table] = seconds.get(table, 0.0) + clock.seconds()
                rows[table] = rows.get(table, 0) + len(values)
    with store.transaction() as db:
        db.execute(FILL.format(own=""))
    return {table: rows[table] / seconds[table] for table in rows}


class Clock:
    """Seconds since it was made: on the wall, or of processor time spent here and at the server."""

    cpu = False
    servers: tuple[psutil.Process, ...] = ()

    def __init__(self) -> None:
        self._start = self._now()

    def seconds(self) -> float:
        return self._now() - self._start

    def _now(self) -> float:
        if not self.cpu:
            return time.perf_counter()
        spent = [server.cpu_times() for server in self.servers]
        return time.process_time() + sum(s.user + s.system for s in spent)


def bulk_rate(store: Store) -> float:
    """Mentions a second that are put into the store at once, with all its keys and indexes."""
    with store.snapshot() as db:
        found = [tuple(row) for row in islice(db.stream("SELECT * FROM mentions"), BULK)]
    rows = [(f"bulk{number}", *row[1:]) for number, row in enumerate(found)]
    clock = Clock()
    with store.transaction() as db:
        db.insert("mentions", names("mentions"), rows)
    seconds = clock.seconds()
    with store.transaction() as db:
        db.execute("DELETE FROM mentions WHERE id LIKE 'bulk%'")
    return len(rows) / seconds


def typical(call: Callable[[], object], repeats: int = 7) -> float:
    """Seconds of a call, the first left out: the median; of processor time, which the system
    counts in hundredths, the mean."""
    call()
    whole, times = Clock(), []
    for _ in range(repeats):
        clock = Clock()
        call()
        times.append(clock.seconds())
    return whole.seconds() / repeats if Clock.cpu else statistics.median(times)


SEARCHES = ("tear gas", "arbitrary arrest", "journalist prison", "extrajudicial", "bribes")
COMMON = ("detainees", "police", "government")  # in one sentence of 60, of 20, of 6


def measure(store: Store) -> dict[str, float]:
    """Seconds of what is asked of a store."""
    counted = sorted(store.totals().items(), key=lambda item: item[1])
    rare, middle, most = (counted[n][0] for n in (0, len(counted) // 2, -1))
    found = {"counts": typical(lambda: list(store.counts())), "matrix": typical(store.matrix)}
    for country in (rare, middle, most):
        found[f"top evidence, {country}"] = typical(lambda c=country: list(store.top(c)))
        found[f"top evidence, {country}, torture"] = typical(
            lambda c=country: list(store.top(c, category="torture-ill-treatment"))
        )
    for words in SEARCHES:
        found[f"search, {words}"] = typical(lambda w=words: list(store.search(w)))
    for words in COMMON:
        found[f"common word, {words}"] = typical(lambda w=words: list(store.search(w)))
    found[f"search, police in {middle}"] = typical(
        lambda: list(store.search("police", country=middle))
    )
    return found


def over_limits(found: dict[str, float]) -> list[str]:
    """The figures that are too slow."""
    return [
        f"{name}: {seconds * 1000:.0f} ms"
        for name, seconds in found.items()
        for kind, limit in LIMITS.items()
        if name.split(",")[0] == kind and seconds > limit
    ]


def while_writing(place: Where, copies: Copies, numbers: range) -> dict[str, float]:
    """The longest that readers wait while these documents are put in, one at a time."""
    done = threading.Event()
    longest = {"counts": 0.0, "search, tear gas": 0.0, "top evidence": 0.0}
    reads = 0

    def read() -> None:
        nonlocal reads
        while not done.is_set():
            with open_store(place, read_only=True) as store:
                for name, call in (
                    ("counts", store.counts),
                    ("search, tear gas", lambda: list(store.search("tear gas"))),
                    ("top evidence", lambda: list(store.top("NGA"))),
                ):
                    clock = time.perf_counter()
                    call()
                    longest[name] = max(longest[name], time.perf_counter() - clock)
                    reads += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with open_store(place) as store:
            for number in numbers:
                with store.transaction() as db:
                    for table, values in copies.tables([number]).items():
                        db.insert(table, names(table), values)
                    tally(db, copies.identity(number))
    finally:
        done.set()
        reader.join()
    return {"reads": float(reads), **longest}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("small", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--keep", metavar="STORE", help="File or address to make, or to use again.")
    parser.add_argument("--postgresql", action="store_true", help="On a server of its own.")
    parser.add_argument("--cpu", action="store_true", help="Processor time instead of the wall's.")
    parser.add_argument("--gate", action="store_true")
    options = parser.parse_args()
    with open_store(options.small, read_only=True) as store:
        copies = Copies(read_sample(store))
    with ExitStack() as stack:
        place = _place(options, stack)
        with open_store(place) as store:
            Clock.cpu, Clock.servers = options.cpu, _servers(store, place)
            had = store.extent()[0]
            rates = grow(store, copies, options.documents) if not had else {}
            for table, rate in rates.items():
                print(f"{rate:12,.0f} rows/s  {table}")
            if isinstance(place, Address):
                with store.transaction() as db:
                    db.execute("ANALYZE")
            documents, sentences = store.extent()
            print(f"{documents:,} documents, {sentences:,} sentences")
            bulk = bulk_rate(store)
            print(f"{bulk:12,.0f} rows/s  bulk insert of mentions")
            found = measure(store)
            for name, seconds in found.items():
                print(f"{seconds * 1000:12,.1f} ms      {name}")
        waits = while_writing(place, copies, range(documents, documents + 20))
        print(f"readers while 20 documents are written: {waits.pop('reads'):.0f} reads, at most")
        for name, seconds in waits.items():
            print(f"{seconds * 1000:12,.1f} ms      {name}")
    slow = over_limits(found)
    if isinstance(place, Address) and bulk < LEAST_RATE:
        slow.append(f"bulk insert of mentions: {bulk:,.0f} rows/s")
    if slow:
        print("beyond their limits:", "; ".join(slow))
    return 1 if slow and options.gate else 0


def _servers(store: Store, place: Where) -> tuple[psutil.Process, ...]:
    """The process of a server on this machine that answers us."""
    if not isinstance(place, Address):
        return ()
    with store.snapshot() as db:
        return (psutil.Process(db.execute("SELECT pg_backend_pid()").fetchone()[0]),)


def _place(options: argparse.Namespace, stack: ExitStack) -> Where:
    if options.keep:
        return where(options.keep)
    if options.postgresql:
        sys.path.insert(0, str(Path(__file__).parents[1]))
        from tests.postgresql import running

        return stack.enter_context(running(settings=SERVER)).database(0)
    return Path(stack.enter_context(tempfile.TemporaryDirectory())) / "big.db"


if __name__ == "__main__":
    sys.exit(main())
