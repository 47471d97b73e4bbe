"""Seconds for one country's pages and for the index, from a store of many reports.

    python benchmarks/summary.py STORE [--documents 700]

The store is copied and its documents are repeated under other ids, each repetition with its
countries moved on in the list of countries, until there are enough.
"""

import argparse
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catnlp.gazetteer import country_codes
from catnlp.settings import Settings
from catnlp.store import open_store
from catnlp.summarize import summarize_country
from catnlp.summarize.index import index_page
from catnlp.summarize.pages import PAGES
from catnlp.summarize.unlinked import unlinked_counts

PREFIXED = {  # table -> columns that hold ids
    "documents": ("id",),
    "pages": ("document_id",),
    "sentences": ("id", "document_id"),
    "mentions": ("id", "document_id", "sentence_id"),
    "country_links": ("mention_id",),
    "mention_units": ("mention_id",),
    "event_dates": ("mention_id",),
    "sales": ("id", "document_id"),
    "sale_records": ("id",),
    "sale_links": ("mention_id", "sale_id"),
}
COUNTRY = {
    "country_links": "country",
    "sales": "recipient",
    "sale_records": "recipient",
    "documents": "subject_countries",
}


def grow(path: Path, documents: int) -> None:
    """Repeats all documents of the store until it has that many."""
    db = sqlite3.connect(path)
    codes = country_codes()
    first = db.execute("SELECT count(*) FROM documents").fetchone()[0]
    db.create_function("moved", 2, lambda code, by: _moved(code, by, codes))
    for number in range(1, -(-documents // first)):
        for table, ids in PREFIXED.items():
            _repeat(db, table, ids, number, step=len(codes) // 30)
    db.commit()
    db.execute("ANALYZE")
    db.close()


def _moved(code: str, by: int, codes: tuple[str, ...]) -> str:
    return codes[(codes.index(code) + by) % len(codes)] if code in codes else code


def _repeat(
    db: sqlite3.Connection, table: str, ids: tuple[str, ...], number: int, *, step: int
) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "rowid"]
    values = [
        f"'{number}~' || {name}" if name in ids
        else f"moved({name}, {number * step})" if COUNTRY.get(table) == name
        else name
        for name in columns
    ]  # fmt: skip
    first = f"{ids[0]} NOT LIKE '%~%'"
    db.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {table} WHERE {first}"
    )


def measure(path: Path) -> None:
    with open_store(path, read_only=True) as store:
        documents, sentences = store.extent()
        print(f"{documents} documents, {sentences:,} sentences")
        counts: dict[str, int] = {}
        for country, _, _, number in store.matrix():
            counts[country] = counts.get(country, 0) + number
        ranked = sorted(counts, key=lambda code: -counts[code])
        for code in (ranked[0], ranked[0], ranked[len(ranked) // 2]):
            with watch(f"{code}, {counts[code]:,} mentions: html, md and json"):
                summary = summarize_country(store, code, Settings())
                for name in ("html", "md", "json"):
                    PAGES[name](summary)
        with watch(f"index of {len(ranked)} countries"):
            index_page(store, Settings(), unlinked_counts(store, Settings()))


@contextmanager
def watch(what: str) -> Iterator[None]:
    """Prints wall time, and the time of the processor: they differ on a busy machine."""
    wall, processor = time.perf_counter(), time.process_time()
    yield
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{what}: {wall:.2f} s ({processor:.2f} s of the processor)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--documents", type=int, default=700)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "s.db"
        shutil.copy(options.store, copy)
        grow(copy, options.documents)
        measure(copy)


if __name__ == "__main__":
    main()
