"""A store in a database of a PostgreSQL server, for teams. Any number may read and write at once.

Whoever writes documents waits for the other who does, a document at a time; decisions wait for
no pass over all documents. A run keeps each input for itself while it reads it. Advisory locks say
who waits; a lost connection gives them back.
"""

import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, cast

from catnlp.address import Address
from catnlp.errors import RefusedError, StoreError, UsageError
from catnlp.store.database import Cursor, FullText, Work
from catnlp.store.migrations import STEPS
from catnlp.store.postgresql_schema import SCHEMA, translated
from catnlp.store.words import vector, wanted

try:
    import psycopg
    from psycopg import sql as names_sql
except ImportError as error:
    raise UsageError(
        "a store on a PostgreSQL server needs psycopg: pip install 'catnlp[postgres]'"
    ) from error

log = logging.getLogger(__name__)

OLDEST = 130_000  # server version
KEY = 0x6361746E  # "catn", the first half of the keys of our advisory locks
HELD = KEY + 1  # the first half of those on names
MIGRATING, DOCUMENTS, DECISIONS = 0, 1, 2
LOCKS: dict[Work, tuple[int, ...]] = {  # taken in this order, so that no two wait for each other
    "documents": (DOCUMENTS, DECISIONS),
    "pass": (DOCUMENTS,),
    "decisions": (DECISIONS,),
}
KEEPALIVES = {  # seconds, but for the count: the locks of a machine that is gone are soon free
    "tcp_keepalives_idle": 60,
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 6,
}
CLIENT = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 6}  # ... a server
FETCHED = 5_000  # rows of a long result that are in memory
WORDS = "words"  # column of `sentences` that only this database has
QUOTES = "[\"'«»„“”‘’‚]"  # in which servers put names
RANK = 2  # of ts_rank: by the share of a sentence that the words make up


class Record(tuple[Any, ...]):
    """A row by position and by name."""

    places: dict[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.places[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        return list(self.places)


@lru_cache(maxsize=256)
def _record(columns: tuple[str, ...]) -> type[Record]:
    places = {name: place for place, name in enumerate(columns)}
    return type("Record", (Record,), {"__slots__": (), "places": places})


def _records(cursor: "psycopg.Cursor[Any]") -> Any:
    return _record(tuple(column.name for column in cursor.description or ()))


class PostgreSQL:
    """A connection that takes the SQL of the store."""

    full_text = FullText(
        "SELECT id AS sentence FROM sentences WHERE words @@ CAST(? AS tsquery)",
        f"SELECT id AS sentence, -ts_rank(words, query, {RANK}) AS rank FROM sentences"
        " CROSS JOIN (SELECT CAST(? AS tsquery) AS query) AS wanted WHERE words @@ query",
        " AND id IN ({})",
        10_000,
        "id",
        "s.words @@ CAST(? AS tsquery)",
    )
    conflict: type[Exception] = psycopg.IntegrityError
    unfit: tuple[type[Exception], ...] = (UnicodeEncodeError,)  # the rest is told as RefusedError
    failure: type[Exception] = psycopg.OperationalError

    def __init__(self, connection: "psycopg.Connection[Any]", address: Address) -> None:
        self._connection = connection
        self._address = address
        self._user = connection.info.user

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        with self._telling():
            return cast(Cursor, self._connection.execute(_spelled(sql), values))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        with self._telling(), self._connection.cursor() as cursor:
            cursor.executemany(_spelled(sql), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        if table == "sentences":
            at = columns.index("text")
            columns, rows = (*columns, WORDS), ((*row, vector(row[at])) for row in rows)
        copying = names_sql.SQL("COPY {} ({}) FROM STDIN").format(
            names_sql.Identifier(table),
            names_sql.SQL(", ").join(map(names_sql.Identifier, columns)),
        )
        with self._telling(), self._connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        with self._telling(), self._connection.cursor("rows") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(_spelled(sql), values)
            yield from cursor

    def words(self, query: str) -> str:
        return wanted(query)

    def begin(self, work: Work, *, durable: bool) -> None:
        """Every transaction is on the disk when it ends, if the server is set up as usual."""
        self.execute("BEGIN")
        try:
            for lock in LOCKS[work]:
                self._lock(lock)
        except BaseException:
            self.rollback()
            raise

    def begin_reading(self) -> None:
        self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        self.execute("COMMIT")

    def rollback(self) -> None:
        if not self._connection.closed:
            self.execute("ROLLBACK")

    def hold(self, name: str, *, wait: bool) -> bool:
        key = _key(name)
        if self.execute("SELECT pg_try_advisory_lock(?, ?)", key).fetchone()[0]:
            return True
        if wait:
            log.warning("%s: waiting for another run that reads it (%s)", name, self._holder(key))
            self.execute("SELECT pg_advisory_lock(?, ?)", key)
        return wait

    def _holder(self, key: tuple[int, int]) -> str:
        found = self.execute(
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND classid = CAST(? AS oid) AND objid = CAST(CAST(? AS bigint) AS oid)",
            (key[0], key[1] % (1 << 32)),
        ).fetchone()
        return f"process {found[0]} of the server" if found else "just gone"

    def release(self, name: str = "") -> None:
        if name:
            self.execute("SELECT pg_advisory_unlock(?, ?)", _key(name))
        else:
            with suppress(StoreError):  # a connection that is lost has let go
                self.execute("SELECT pg_advisory_unlock_all()")

    def number_on(self) -> None:
        self.execute(
            "SELECT setval(pg_get_serial_sequence('decisions', 'number'),"
            " greatest((SELECT max(number) FROM decisions), 1))"
        )

    def close(self) -> None:
        self._connection.close()

    def bring_up_to_date(self) -> bool:
        """Makes the tables that are missing; whether there were some of an older catnlp."""
        self.execute("BEGIN")
        try:
            self._lock(MIGRATING)
            version = self.version()
            self._check(version)
            if version < len(STEPS):
                self._migrate(version)
        except BaseException:
            self.rollback()
            raise
        self.commit()
        return 0 < version < len(STEPS)

    def version(self) -> int:
        """Steps of the schema that were taken; 0 where there is no store."""
        if self.execute("SELECT to_regclass('schema_version')").fetchone()[0] is None:
            return 0
        return int(self.execute("SELECT version FROM schema_version").fetchone()[0])

    def check_readable(self) -> None:
        """StoreError where it cannot be read as it is."""
        version = self.version()
        self._check(version)
        if version == 0:
            raise StoreError(
                f"{self._address}: no store in this database, or none that you may read; "
                "make one with `catnlp ingest`, or ask its owner for a role"
            )
        if version < len(STEPS):
            raise StoreError(
                f"{self._address}: an older store (schema {version}); its owner opens it once "
                "with `catnlp ingest`"
            )

    def _check(self, version: int) -> None:
        if version > len(STEPS):
            raise StoreError(
                f"{self._address}: written by a newer catnlp (schema {version}); update catnlp"
            )

    def _migrate(self, version: int) -> None:
        with self._telling():
            if version == 0:
                self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}".encode())
                self._connection.execute("CREATE TABLE schema_version (version BIGINT NOT NULL)")
                self._connection.execute("INSERT INTO schema_version VALUES (0)")
            for step in STEPS[version:]:
                self._connection.execute(translated(step).encode())
            self.execute("UPDATE schema_version SET version = ?", (len(STEPS),))

    def _lock(self, lock: int) -> None:
        """Until the transaction ends."""
        values = (KEY, lock)
        if not self.execute("SELECT pg_try_advisory_xact_lock(?, ?)", values).fetchone()[0]:
            log.info("%s: waiting for another who writes", self._address)
            self.execute("SELECT pg_advisory_xact_lock(?, ?)", values)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Errors of the server as our own, but for rows that contradict each other."""
        try:
            yield
        except psycopg.IntegrityError:
            raise
        except (psycopg.DataError, psycopg.errors.ProgramLimitExceeded) as error:
            raise RefusedError(f"the store cannot hold it ({self._said(error)})") from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise StoreError(
                f"{self._address}: {self._said(error)}; ask its owner for a role that may "
                "(see `catnlp store roles`)"
            ) from error
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise StoreError(f"{self._address}: {self._said(error)}") from error
        except psycopg.OperationalError as error:
            raise StoreError(
                f"{self._address}: {self._said(error)}; what was not finished is not in the "
                "store: run the same command again"
            ) from error

    def _said(self, error: Exception) -> str:
        return _first_line(error, self._user)


def open_postgresql(address: Address, *, read_only: bool) -> tuple[PostgreSQL, bool]:
    """The database, brought up to date where it is to be written; whether it was older."""
    database = PostgreSQL(_connect(address, read_only), address)
    try:
        if read_only:
            database.check_readable()
            return database, False
        if database.version() == len(STEPS):  # whoever may not make tables may still write
            return database, False
        return database, database.bring_up_to_date()
    except BaseException:
        database.close()
        raise


def _connect(address: Address, read_only: bool) -> "psycopg.Connection[Any]":
    wrong = StoreError(
        f"{address}: not an address as PostgreSQL takes it: postgresql://USER@HOST:PORT/NAME, "
        "with special characters as %XX (@ is %40)"
    )
    if address.unclear:
        raise wrong
    try:
        parts = psycopg.conninfo.conninfo_to_dict(address.url)
    except psycopg.ProgrammingError:  # its message may hold the password
        raise wrong from None
    try:
        connection = psycopg.connect(
            **{"application_name": "catnlp", **CLIENT, **parts},  # type: ignore[arg-type]
            autocommit=True,
            row_factory=_records,
        )
    except psycopg.Error as error:
        raise StoreError(
            f"{address}: no connection ({_first_line(error, _user(parts))}); check the address, "
            "that the server runs, and the password (PGPASSWORD or ~/.pgpass)"
        ) from None
    if connection.info.server_version < OLDEST:
        connection.close()
        raise StoreError(f"{address}: a PostgreSQL server older than 13; update it")
    settings = {
        "search_path": SCHEMA,
        "client_encoding": "'UTF8'",
        "max_parallel_workers_per_gather": 0,  # to start them takes longer than most answers
        **KEEPALIVES,
        **({"default_transaction_read_only": "on"} if read_only else {}),
    }
    try:
        for setting, value in settings.items():
            connection.execute(f"SET {setting} TO {value}".encode())
    except psycopg.Error as error:
        connection.close()
        raise StoreError(
            f"{address}: the connection is gone ({_first_line(error, _user(parts))}); try again"
        ) from None
    return connection


@lru_cache(maxsize=1024)
def _spelled(sql: str) -> bytes:
    """With the marks for values that psycopg takes."""
    return sql.replace("%", "%%").replace("?", "%s").encode()


def _key(name: str) -> tuple[int, int]:
    """Two 32-bit numbers; names that share them wait for each other needlessly."""
    return HELD, zlib.crc32(name.encode(errors="surrogatepass")) - (1 << 31)


def _user(parts: Mapping[str, Any]) -> str:
    """Who connects: as the address says, else as the environment or the system does."""
    default = next(
        (o.val for o in psycopg.pq.Conninfo.get_defaults() if o.keyword == b"user"), None
    )
    return str(parts.get("user") or (default or b"").decode(errors="replace"))


def _first_line(error: Exception, user: str) -> str:
    """Of what the server said, in whatever language: without the user."""
    line = next(iter(str(error).splitlines()), type(error).__name__)
    return re.sub(rf"{QUOTES}\s?{re.escape(user)}\s?{QUOTES}", '"..."', line) if user else line
