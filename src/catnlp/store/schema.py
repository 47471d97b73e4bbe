"""The tables of a store as the migrations leave them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache

from catnlp.store.migrations import STEPS

TABLES = (  # what a table refers to stands before it
    "inputs", "documents", "input_documents", "pages", "sentences", "mentions", "country_links",
    "sales", "registers", "register_sales", "sale_records", "sale_links", "decisions", "reviewed",
    "reviewed_links", "outcomes", "copies", "mention_units", "event_dates", "tallies",
)  # fmt: skip
ROW_NUMBER = "rowid"  # of SQLite's full-text index; says nothing


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its type in SQLite: TEXT, INTEGER, REAL or BLOB."""

    name: str
    kind: str


@cache
def _tables() -> dict[str, tuple[Column, ...]]:
    with closing(sqlite3.connect(":memory:")) as db:
        for step in STEPS:
            db.executescript(step)
        return {
            table: tuple(
                Column(*row)
                for row in db.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
                if row[0] != ROW_NUMBER
            )
            for table in TABLES
        }


def columns(table: str) -> tuple[Column, ...]:
    """All but row numbers."""
    return _tables()[table]


@cache
def names(table: str) -> tuple[str, ...]:
    """Of the columns."""
    return tuple(column.name for column in columns(table))


def statements(step: str) -> Iterator[str]:
    """The statements of a migration, one by one."""
    statement = ""
    for part in step.split(";")[:-1]:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
