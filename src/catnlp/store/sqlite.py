"""A store in one SQLite file. One writer; readers work while it writes (WAL)."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from catnlp.errors import StoreError
from catnlp.store.database import FullText, Work
from catnlp.store.migrations import STEPS
from catnlp.store.schema import statements

APPLICATION_ID = 0x6361746E  # "catn": marks the file as ours
BUSY_MS = 30_000


class SQLite(sqlite3.Connection):
    """The connection of `sqlite3` with what the store asks beyond it."""

    full_text = FullText(
        "SELECT rowid AS sentence FROM sentences_fts WHERE sentences_fts MATCH ?",
        "SELECT rowid AS sentence, bm25(sentences_fts) AS rank FROM sentences_fts"
        " WHERE sentences_fts MATCH ?",
        " AND +rowid IN (SELECT rowid FROM sentences WHERE id IN ({}))",  # +: not one by one
        30_000,
        "rowid",
    )
    conflict: type[Exception] = sqlite3.IntegrityError
    unfit: tuple[type[Exception], ...] = (UnicodeEncodeError, sqlite3.DataError, OverflowError)
    failure: type[Exception] = sqlite3.OperationalError

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        marks = ",".join("?" * len(columns))
        self.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        return self.execute(sql, values)

    def words(self, query: str) -> str:
        """Each word is quoted, so that no character of it is read as an operator."""
        return " ".join('"' + word.replace('"', '""') + '"' for word in query.split())

    def begin(self, work: Work, *, durable: bool) -> None:
        """A durable transaction is on the disk, even for a power cut, when it ends."""
        if durable:
            self.execute("PRAGMA synchronous = FULL")
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the store cannot be written now ({error}); another run may be at work on it: "
                "try again when it is through"
            ) from error

    def begin_reading(self) -> None:
        self.execute("BEGIN")

    def rollback(self) -> None:
        if self.in_transaction:  # a full disk ends a transaction by itself
            self.execute("ROLLBACK")

    def hold(self, name: str, *, wait: bool) -> bool:
        """A run has the whole file."""
        return True

    def release(self, name: str = "") -> None:
        """Nothing is held."""

    def number_on(self) -> None:
        """SQLite goes on after the highest number."""


def open_sqlite(path: Path, *, read_only: bool) -> SQLite:
    """The file, made or brought up to date where it is to be written."""
    try:
        try:
            connection = _open(path, "mode=ro" if read_only else "mode=rwc", read_only)
        except sqlite3.OperationalError as error:
            if not (read_only and _lies_still(path, error)):
                raise
            connection = _open(path, "mode=ro&immutable=1", read_only)
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}: cannot be opened as a store ({error}); check the file and its folder, or "
            "copy the store to a folder that you may write to"
        ) from error
    connection.row_factory = sqlite3.Row
    return connection


def _open(path: Path, how: str, read_only: bool) -> SQLite:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, factory=SQLite
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        _check(connection, path, read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _lies_still(path: Path, error: sqlite3.Error) -> bool:
    """Whether it lies on a read-only medium, where SQLite cannot lay its two files beside it, and
    no such file holds what the store itself lacks. Not in a folder that others may write to."""
    beside = Path(f"{os.path.realpath(path)}-wal")
    held = beside.exists() and beside.stat().st_size
    return error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN and not held


def is_older(path: Path) -> bool:
    """Whether the file is a store that an older catnlp wrote."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            owner = db.execute("PRAGMA application_id").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error:
        return False  # whatever is wrong with it is said when it is opened
    return bool(owner == APPLICATION_ID and version < len(STEPS))


def _check(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and owner != APPLICATION_ID:
        raise StoreError(f"{path}: an SQLite file, but not a store of catnlp; name another file")
    if version > len(STEPS):
        raise StoreError(f"{path}: written by a newer catnlp (schema {version}); update catnlp")
    if read_only:
        if version < len(STEPS):
            raise StoreError(f"{path}: an empty or older store; open it once with `catnlp ingest`")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    for number in range(version, len(STEPS)):
        _step(connection, number)


def _step(connection: sqlite3.Connection, number: int) -> None:
    """Another process may have done it since the version was read."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == number:
            for statement in statements(STEPS[number]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
