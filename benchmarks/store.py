"""Seconds of a store with as many rows as a ministry has, in a file or on a PostgreSQL server.

    python benchmarks/store.py SMALL --documents 2000                  # SQLite
    python benchmarks/store.py SMALL --documents 2000 --postgresql     # a server of its own
    python benchmarks/store.py SMALL --documents 2000 --keep BIG.db    # made once, used again

SMALL is a store of real reports (`catnlp ingest SMALL reports/`). Its documents are repeated
under other ids, years and countries; each gets 1,250 sentences, 250 of them with a mention,
from the reports that come next. Words are therefore as frequent as in reports, but distinct
sentences are few: sizes on disk look better than they are. A time is the median of several
calls of the method that the commands use. `--gate` ends with 1 where a time is over its limit.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from catnlp.gazetteer import country_codes
from catnlp.store import Store
from catnlp.store.schema import names

SENTENCES, MENTIONS = 1250, 250  # of a document
DOCUMENTS_AT_ONCE = 20
BULK = 100_000  # mentions of the bulk insert
LIMITS = {"counts": 0.5, "top evidence": 0.02, "search": 0.05}  # seconds
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

    def tables(self, numbers: Sequence[int]) -> Tables:
        """Rows of these documents, by table."""
        made: Tables = {
            name: [] for name in ("inputs", "documents", "input_documents", "sentences",
                                  "mentions", "country_links")
        }  # fmt: skip
        for number in numbers:
            self._document(number, made)
        return made

    def _document(self, number: int, made: Tables) -> None:
        sample = self.sample
        source = dict(sample.documents[number % len(sample.documents)])
        identity, uri = f"{number:06}-{source['id'][:20]}", f"reports/{number:06}.html"
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
        made["mentions"].append(
            (identity, sentence["document_id"], sentence["id"], sentence["start_char"],
             sentence["start_char"] + 1, *tuple(mention)[5:])
        )  # fmt: skip
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
                clock = time.perf_counter()
                db.insert(table, names(table), values)
                seconds[table] = seconds.get(table, 0.0) + time.perf_counter() - clock
                rows[table] = rows.get(table, 0) + len(values)
    store.analyze()
    return {table: rows[table] / seconds[table] for table in rows}


def bulk_rate(store: Store) -> float:
    """Mentions a second that are put into the store at once, with all its keys and indexes."""
    with store.snapshot() as db:
        found = [tuple(row) for row in islice(db.stream("SELECT * FROM mentions"), BULK)]
    rows = [(f"bulk{number}", *row[1:]) for number, row in enumerate(found)]
    clock = time.perf_counter()
    with store.transaction() as db:
        db.insert("mentions", names("mentions"), rows)
    seconds = time.perf_counter() - clock
    with store.transaction() as db:
        db.execute("DELETE FROM mentions WHERE id LIKE 'bulk%'")
    return len(rows) / seconds


def median(call: Callable[[], object], repeats: int = 5) -> float:
    """Seconds; the first call is left out."""
    call()
    times = []
    for _ in range(repeats):
        clock = time.perf_counter()
        call()
        times.append(time.perf_counter() - clock)
    return statistics.median(times)


SEARCHES = ("tear gas", "detainees", "police", "arbitrary arrest", "journalist prison")


def measure(store: Store) -> dict[str, float]:
    """Seconds of what is asked of a store."""
    counted = sorted(store.totals().items(), key=lambda item: item[1])
    rare, middle, most = (counted[n][0] for n in (0, len(counted) // 2, -1))
    found = {"counts": median(lambda: list(store.counts())), "matrix": median(store.matrix)}
    for country in (rare, middle, most):
        found[f"top evidence, {country}"] = median(lambda c=country: list(store.top(c)))
        found[f"top evidence, {country}, torture"] = median(
            lambda c=country: list(store.top(c, category="torture-ill-treatment"))
        )
    for words in SEARCHES:
        found[f"search, {words}"] = median(lambda w=words: list(store.search(w)))
    found[f"search, police in {middle}"] = median(
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
