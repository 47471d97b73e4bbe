"""The store: what was found, kept, in a file or on a server."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from catnlp.address import Address, Where
from catnlp.domain import Analysis, ArmsSale, Evidence, SaleLink, Unread
from catnlp.errors import RefusedError, StoreError
from catnlp.sales.links import Window
from catnlp.sales.registers import Register
from catnlp.store import copies, decisions, hits, queries, rows, sales, tallies
from catnlp.store.database import Database, Work
from catnlp.store.rows import Hit, InputRow, Origin, Reading
from catnlp.store.schema import TABLES, names
from catnlp.store.sqlite import is_older, open_sqlite


def open_store(where: Where, *, read_only: bool = False) -> "Store":
    """The store there, made or brought up to date where needed.

    StoreError for what is no store, was written by a newer catnlp, or cannot be written. A file
    of an older catnlp is brought up to date first, also for reading; a database of a server
    only for one who may write it.
    """
    if isinstance(where, Address):
        from catnlp.store.postgresql import open_postgresql

        database, relink = open_postgresql(where, read_only=read_only)
        store = Store(database)
        if relink:
            store.relink_sales()
        return store
    if read_only and not where.exists():
        raise StoreError(f"{where}: no such store; make one with `catnlp run` or `catnlp ingest`")
    if is_older(where) and (read_only or where.stat().st_size):
        with Store(open_sqlite(where, read_only=False)) as older:
            older.relink_sales()
    return Store(open_sqlite(where, read_only=read_only))


class Store:
    """Puts analyses in, one transaction a document, and reads evidence out."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self, work: Work = "documents", *, durable: bool = False) -> Iterator[Database]:
        """All or nothing; a `durable` one is on the disk, even for a power cut, when it ends.

        Two that write documents never meet; decisions are kept while a pass over all documents
        is on its way, where the database can do that. RefusedError for what it cannot hold.
        """
        with self._taking():
            self._db.begin(work, durable=durable)
            try:
                yield self._db
                self._db.commit()
            except self._db.failure as error:
                self._db.rollback()
                raise StoreError(
                    f"the store cannot be written ({error}); what was not finished is not in it: "
                    "make room and run the same command again"
                ) from error
            except BaseException:
                self._db.rollback()
                raise

    @contextmanager
    def _taking(self) -> Iterator[None]:
        """What the database cannot hold, such as a file name that is no text, as our own error."""
        try:
            yield
        except self._db.unfit as error:
            raise RefusedError(f"the store cannot hold it ({error})") from error

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """Several reads of one state, whatever a run writes meanwhile."""
        self._db.begin_reading()
        try:
            yield self._db
        finally:
            self._db.rollback()

    # inputs

    def hold(self, uri: str, *, wait: bool = False) -> bool:
        """Keeps an input from other runs on a server until `release`; whether it could be had.

        Who waits holds nothing else, so that no two wait for each other.
        """
        return self._db.hold(uri, wait=wait)

    def release(self, uri: str = "") -> None:
        """Lets go of an input, or of all."""
        self._db.release(uri)

    def begin_input(self, uri: str, sha256: str, size: int) -> None:
        """Marks the input as being read, and drops what an older content of it had left."""
        with self.transaction():
            self._put_input(InputRow(uri, sha256, size, "reading"))
            self._empty(uri)

    def finish_input(self, row: InputRow) -> InputRow:
        """Keeps what became of an input, and says what that is; one that is not done leaves no
        document behind, and one of which documents are missing is not done."""
        with self.transaction() as db:
            (held,) = db.execute(
                "SELECT count(*) FROM input_documents WHERE input_uri = ?", (row.uri,)
            ).fetchone()
            if row.status == "done" and held != row.documents:
                reason = (
                    f"the store holds {held:,} of its documents, and {row.documents:,} were put in:"
                    " another run changed them meanwhile; run the same command again"
                )
                row = replace(row, status="failed", reason=reason)
            self._put_input(row)
            if row.status != "done":
                self._empty(row.uri)
        return row

    def finished(self, uri: str, sha256: str, fingerprint: str) -> InputRow | None:
        """The row of this very content, read by these versions; None where it is to be read.

        Failures are tried again: what stopped them may have been mended.
        """
        with self._taking():
            found = self._db.execute(
                "SELECT * FROM inputs WHERE uri = ? AND sha256 = ? AND fingerprint = ?"
                " AND status IN ('done', 'skipped')",
                (uri, sha256, fingerprint),
            ).fetchone()
        return InputRow(**found) if found else None

    def readings(self, uri: str) -> list[Reading]:
        """What was found in each document of an input, by address."""
        return queries.readings(self._db, uri)

    def inputs(self) -> Iterator[InputRow]:
        for row in self._db.execute("SELECT * FROM inputs ORDER BY uri"):
            yield InputRow(**row)

    def _put_input(self, row: InputRow) -> None:
        names = InputRow.__slots__
        updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        self._db.execute(
            f"INSERT INTO inputs ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            f" ON CONFLICT (uri) DO UPDATE SET {updates}",
            [getattr(row, name) for name in names],
        )

    def _empty(self, uri: str) -> None:
        """Drops the documents of an input that no other input has."""
        gone = self._db.execute(
            "DELETE FROM documents WHERE id IN"
            " (SELECT document_id FROM input_documents WHERE input_uri = ?) AND NOT EXISTS ("
            "SELECT 1 FROM input_documents i WHERE i.document_id = documents.id"
            " AND i.input_uri != ?)",
            (uri, uri),
        )
        self._db.execute("DELETE FROM input_documents WHERE input_uri = ?", (uri,))
        if gone.rowcount:
            self._db.execute("DELETE FROM passes")

    # documents

    def put(self, analysis: Analysis, input_uri: str) -> None:
        """All rows of a document in one transaction; replaces what it had before.

        RefusedError where its rows contradict each other, or hold what the database cannot; then
        nothing of it is kept.
        """
        try:
            self._put(analysis, input_uri)
        except self._db.conflict as error:
            raise RefusedError(
                f"its rows contradict each other ({error}), an error of catnlp; please report it"
            ) from error

    def _put(self, analysis: Analysis, input_uri: str) -> None:
        document = analysis.document
        with self.transaction() as db:
            held = db.execute(
                "SELECT input_uri FROM input_documents WHERE document_id = ?", (document.id,)
            ).fetchall()
            db.execute("DELETE FROM passes")
            db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            _insert(db, "documents", [rows.document_row(analysis)])
            inputs = sorted({input_uri, *(row["input_uri"] for row in held)})
            _insert(db, "input_documents", [(uri, document.id) for uri in inputs])
            pages = [(document.id, p.index, p.label, p.quality) for p in document.pages]
            _insert(db, "pages", pages)
            _insert(db, "sentences", rows.sentence_rows(analysis))
            _insert(db, "mentions", rows.mention_rows(analysis))
            links = [(x.mention_id, x.country, x.role, x.score, x.reason)
                     for x in analysis.country_links]  # fmt: skip
            _insert(db, "country_links", links)
            _insert(db, "sales", map(rows.sale_row, analysis.sales))
            units = [(u.mention_id, u.name, u.state, u.start, u.end) for u in analysis.units]
            _insert(db, "mention_units", units)
            dates = [(d.mention_id, d.since, d.until, d.precision, d.reason)
                     for d in analysis.dates]  # fmt: skip
            _insert(db, "event_dates", dates)
            tallies.tally(db, document.id)

    # reading

    def countries(self) -> list[str]:
        """Codes of all countries with a linked mention or a sale, sorted."""
        found = self._db.execute(
            "SELECT country FROM current_links UNION SELECT recipient FROM sale_records"
            " WHERE recipient != '' ORDER BY 1"
        )
        return [row[0] for row in found]

    def evidence(
        self, country: str, *, min_score: float = 0.0, statuses: Sequence[str] = ()
    ) -> Iterator[Evidence]:
        """All mentions linked to a country in any role, or to none at all (NO_COUNTRY), in the
        order of the documents; of all statuses where none is named."""
        return queries.evidence(self._db, country, min_score, statuses)

    def unlinked(self, *, min_score: float = 0.0, statuses: Sequence[str] = ()) -> dict[str, int]:
        """How many mentions are linked to no country, by category."""
        return queries.unlinked(self._db, min_score, statuses)

    def standing(self, document_id: str, start: int, end: int) -> list[decisions.Standing]:
        """The mentions of a sentence as they stand, decisions applied, in their order."""
        return decisions.standing(self._db, document_id, start, end)

    def rejected(self, country: str) -> dict[str, int]:
        """Mentions linked to a country that reviewers rejected, by category."""
        return queries.rejected(self._db, country)

    def documents_on(self, country: str) -> list[Origin]:
        """The documents that say something of a country, by date."""
        return queries.documents_on(self._db, country)

    def sections(self, document_id: str) -> dict[tuple[str, ...], int]:
        """How many sentences stand under each path of headings."""
        return queries.sections(self._db, document_id)

    def matrix(self, *, min_score: float = 0.0) -> list[tuple[str, str, str, int]]:
        """(country, category, status, mentions) for which a country is responsible."""
        return queries.matrix(self._db, min_score)

    def counts(self) -> list[tuple[str, str, str, int]]:
        """(country, category, year of publication, mentions) for which a country is responsible;
        the year is empty where a document has no date."""
        return tallies.counts(self._db)

    def top(self, country: str, *, category: str | None = None, limit: int = 20) -> Iterator[Hit]:
        """Sentences with the surest mentions for which a country is responsible."""
        return hits.top(self._db, country, category, limit)

    def totals(self) -> dict[str, tuple[int, int]]:
        """Documents that say something of a country, and arms sales to it, by country."""
        return queries.totals(self._db)

    def sales(self, country: str) -> list[tuple[ArmsSale, str]]:
        """Arms sales to a country with the titles of their sources, in a fixed order."""
        return [
            (sale, "; ".join(dict.fromkeys(s.title for s in sale.sources)))
            for sale in sales.records(self._db, country)
        ]

    def sale_links(self, country: str) -> list[SaleLink]:
        """Links of mentions to sales to a country, the strongest first."""
        return sales.links(self._db, country)

    def put_register(self, register: Register) -> None:
        """Keeps a register in place of what the same file had before."""
        with self.transaction() as db:
            sales.put_register(db, register)

    def relink_sales(self, window: Window | None = None) -> None:
        """Puts together what names one sale, and links mentions to sales, over all documents.

        Needed after documents were read, decided on, or a register came: it makes both anew.
        """
        with self.transaction("pass") as db:
            sales.relink(db, window or Window())

    def mark_copies(self) -> None:
        """Finds texts that nearly repeat others, unless nothing has changed since that was done."""
        with self.transaction("pass") as db:
            if not db.execute("SELECT 1 FROM passes WHERE name = 'copies'").fetchone():
                copies.mark_copies(db)
                db.execute("INSERT INTO passes VALUES ('copies')")

    def originals(self) -> dict[copies.Place, copies.Place]:
        """For each document and paragraph that repeats another: the one that it repeats."""
        return copies.originals(self._db)

    def repeated_in(self) -> dict[copies.Place, list[str]]:
        """For each text that others repeat: the titles of the documents with the copies."""
        return copies.repeated_in(self._db)

    def unread(self) -> list[Unread]:
        """Inputs that failed or were skipped, and warnings on pages that could not be read."""
        return queries.unread(self._db)

    def extent(self, country: str | None = None) -> tuple[int, int]:
        """Documents and sentences: of all, or of the documents that say something of a country."""
        return queries.extent(self._db, country)

    def search(
        self, query: str, *, country: str | None = None, category: str | None = None,
        limit: int = 20,
    ) -> Iterator[Hit]:  # fmt: skip
        """Sentences with all words of the query, best first; any characters may stand in it."""
        return hits.search(self._db, query, country, category, limit)

    def text(self, document_id: str) -> str:
        """The text of a document; StoreError where the store does not have it."""
        found = self._db.execute(
            "SELECT text FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        if found is None:
            raise StoreError(f"document {document_id} is not in this store")
        return zlib.decompress(found["text"]).decode()

    def dump(self) -> Iterator[tuple[Any, ...]]:
        """All rows of all tables in a fixed order, without numbers that the store gave."""
        with self.snapshot() as db:
            for table in TABLES:
                kept = [name for name in names(table) if (table, name) != NUMBER]
                order = ", ".join(f"{name} NULLS FIRST" for name in kept)
                for row in db.stream(f"SELECT {', '.join(kept)} FROM {table} ORDER BY {order}"):
                    yield (table, *row)


NUMBER = ("decisions", "number")


def _insert(db: Database, table: str, values: Iterable[Sequence[Any]]) -> None:
    db.insert(table, names(table), values)
