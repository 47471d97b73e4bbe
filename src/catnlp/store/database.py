"""What the store asks of a database. Both of them take the same SQL, with `?` for values.

SQL here keeps to what SQLite and PostgreSQL both have and mean alike; what they have not in
common (bulk insert, full-text search, locks) is a method, told from nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Work = Literal["documents", "pass", "decisions"]  # what a transaction writes


class Row(Protocol):
    """A row by position, by name, and as keywords."""

    def __getitem__(self, key: Any, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...

    def keys(self) -> Iterable[str]: ...


class Cursor(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> Sequence[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class FullText:
    """How sentences with some words are found."""

    matches: str  # gives each `sentence`, a key; its one value is the words
    hits: str  # the same with `rank`, the best lowest
    among: str  # what `hits` has in addition to stay among ids of sentences, put in for {}
    common: int  # sentences with the words of a query, above which they are not all ranked
    key: str  # column of `sentences` that `sentence` refers to
    has: str = ""  # tells whether a sentence `s` has the words; empty where that takes its text


class Database(Protocol):
    """A connection. Nothing is open until `begin` or `begin_reading`, each statement by itself."""

    full_text: FullText
    conflict: type[Exception]  # rows that break a key or a check
    unfit: tuple[type[Exception], ...]  # values that the database cannot hold
    failure: type[Exception]  # the disk is full, the server gone

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor: ...

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> object: ...

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Many rows, on the fastest way that the database has."""

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows of a result too large for memory; only within `begin` or `begin_reading`."""

    def words(self, query: str) -> str:
        """What `full_text.hits` is given to find all words of a text; empty where it has none."""

    def begin(self, work: Work, *, durable: bool) -> None:
        """Waits for others that write what this may not meet."""

    def begin_reading(self) -> None:
        """One state of all tables until `rollback`."""

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def hold(self, name: str, *, wait: bool) -> bool:
        """Keeps a name for this connection, as often as it is held; whether it could be had.

        Where others work on files (SQLite), `alone` has the whole store, and names are free.
        """

    def release(self, name: str = "") -> None:
        """Lets go of a name that is held, or of all; a connection that ends does so, too."""

    def number_on(self) -> None:
        """After rows came with numbers of their own: the next number is a new one."""

    def close(self) -> None: ...
