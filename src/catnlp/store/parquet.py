"""A store as a folder of Parquet files, and back: every row, decisions included.

    FOLDER/catnlp.json                                    schema, and the rows of each table
    FOLDER/sentences/country=ETH/year=2023/part-0.parquet
    FOLDER/decisions/part-0.parquet

Country and year are those of the document: its one subject (else `none`), and its date (else 0).
Links and tallies go by the country that they name. Texts are plain, not packed.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from catnlp.errors import StoreError, UsageError
from catnlp.store.database import Database
from catnlp.store.migrations import STEPS
from catnlp.store.schema import TABLES, columns, names
from catnlp.store.store import Store

if TYPE_CHECKING:
    import pyarrow

MANIFEST = "catnlp.json"
PARTS = {"country": "none", "year": "0"}  # and what stands for an empty one
ROW_GROUP = 50_000
OF_DOCUMENT = {  # table -> rows of a document
    "documents": "id = ? ORDER BY id",
    "input_documents": "document_id = ? ORDER BY input_uri",
    "pages": "document_id = ? ORDER BY number",
    "sentences": "document_id = ? ORDER BY start_char, id",
    "mentions": "document_id = ? ORDER BY start_char, id",
    "sales": "document_id = ? ORDER BY id",
    "reviewed": "document_id = ? ORDER BY start_char, id",
    "copies": "document_id = ? ORDER BY paragraph",
    "mention_units": "mention_id IN (SELECT id FROM mentions WHERE document_id = ?)"
    " ORDER BY mention_id, start_char",
    "event_dates": "mention_id IN (SELECT id FROM mentions WHERE document_id = ?)"
    " ORDER BY mention_id",
}
BY_OWN_COUNTRY = {  # table -> the table with its document
    "country_links": "JOIN mentions m ON m.id = t.mention_id",
    "reviewed_links": "JOIN reviewed m ON m.id = t.mention_id",
    "tallies": "JOIN (SELECT id AS document_id FROM documents) m ON m.document_id = t.document_id",
}
FIRST = {"decisions": "number"}  # what a table is sorted by, before its other columns

Part = tuple[str, str]  # country and year, either may be empty


def export_store(store: Store, folder: Path) -> dict[str, int]:
    """Writes all tables of one state of the store; rows by table."""
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder}: is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    with store.snapshot() as db:
        documents = _documents(db)
        for table in TABLES:
            written[table] = 0
            for part, rows in _parted(db, table, documents):
                written[table] += _write(folder / table, part, table, rows)
    manifest = {"format": "catnlp store", "schema": len(STEPS), "rows": written}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return written


def import_store(store: Store, folder: Path) -> dict[str, int]:
    """Takes an export into an empty store, all of it or nothing; rows by table."""
    wanted = _manifest(folder)
    with store.transaction() as db:
        _check_empty(db)
        for table in TABLES:
            kept = 0
            source = _read(folder / table, table)
            while rows := list(islice(source, ROW_GROUP)):
                _insert(db, folder, table, rows)
                kept += len(rows)
            if kept != wanted.get(table, 0):
                raise StoreError(
                    f"{folder / table}: {kept:,} rows, but {wanted.get(table, 0):,} were written; "
                    "files are missing: copy the folder again"
                )
        db.number_on()
    return wanted


def _documents(db: Database) -> list[tuple[Part, str]]:
    """By country and year. A document on several countries, or none, has no country."""
    found = db.execute("SELECT id, subject_countries, published FROM documents").fetchall()
    return sorted(
        (("" if " " in row[1] else row[1], row[2][:4]), row[0]) for row in found
    )  # fmt: skip


def _parted(
    db: Database, table: str, documents: list[tuple[Part, str]]
) -> Iterator[tuple[Part | None, Iterator[Any]]]:
    """The rows of a table, part by part."""
    listed = ", ".join(f"t.{name}" for name in names(table))
    if table in OF_DOCUMENT:
        sql = f"SELECT {listed} FROM {table} t WHERE {OF_DOCUMENT[table]}"
        for part, group in groupby(documents, key=lambda item: item[0]):
            yield part, (row for _, identity in group for row in db.execute(sql, (identity,)))
        return
    if table in BY_OWN_COUNTRY:
        found = db.stream(
            f"SELECT t.country AS part, substr(d.published, 1, 4) AS since, {listed}"
            f" FROM {table} t {BY_OWN_COUNTRY[table]} JOIN documents d ON d.id = m.document_id"
            f" ORDER BY t.country, since, {listed}"
        )
        for part, group in groupby(found, key=lambda row: (row[0], row[1])):
            yield part, (tuple(row)[2:] for row in group)
        return
    order = ", ".join([*([FIRST[table]] if table in FIRST else []), listed])
    yield None, db.stream(f"SELECT {listed} FROM {table} t ORDER BY {order}")


def _write(folder: Path, part: Part | None, table: str, rows: Iterator[Any]) -> int:
    """Rows of one part as a file; none where there are no rows."""
    arrow, parquet = _pyarrow()
    kept = [(n, c) for n, c in enumerate(columns(table)) if part is None or c.name not in PARTS]
    schema = arrow.schema([(c.name, _type(arrow, table, c.name, c.kind)) for _, c in kept])
    first = list(islice(rows, ROW_GROUP))
    if not first:
        return 0
    if part is not None:
        named = zip(PARTS.items(), part, strict=True)
        folder = folder.joinpath(*(f"{k}={quote(v or none, safe='')}" for (k, none), v in named))
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with parquet.ParquetWriter(folder / "part-0.parquet", schema, compression="zstd") as writer:
        while first:
            values = list(zip(*first, strict=True))
            arrays = [
                arrow.array(_plain(table, c.name, values[n]), schema.field(c.name).type)
                for n, c in kept
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(first)
            first = list(islice(rows, ROW_GROUP))
    return count


def _read(folder: Path, table: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a table in the order of its files; none where it has no folder."""
    if not folder.is_dir():
        return
    arrow, parquet = _pyarrow()
    listed = columns(table)
    schema = arrow.schema([(c.name, _type(arrow, table, c.name, c.kind)) for c in listed])
    for file in sorted(folder.rglob("*.parquet")):
        parts = dict(p.split("=", 1) for p in file.relative_to(folder).parts[:-1] if "=" in p)
        try:
            with parquet.ParquetFile(file) as opened:
                for batch in opened.iter_batches(batch_size=ROW_GROUP):
                    yield from _rows(batch, table, parts, schema)
        except (arrow.ArrowException, KeyError, OSError) as error:
            raise StoreError(
                f"{file}: not a file of `catnlp store export` ({error}); export the store again"
            ) from error


def _rows(
    batch: "pyarrow.RecordBatch", table: str, parts: dict[str, str], schema: "pyarrow.Schema"
) -> Iterator[tuple[Any, ...]]:
    values: list[Iterable[Any]] = []
    for field in schema:
        if field.name in batch.schema.names:
            column = batch.column(field.name).cast(field.type).to_pylist()
            values.append(_packed(table, field.name, column))
        else:
            part = unquote(parts[field.name])
            values.append(["" if part == PARTS[field.name] else part] * batch.num_rows)
    yield from zip(*values, strict=True)


def _plain(table: str, column: str, values: Iterable[Any]) -> list[Any]:
    if (table, column) == ("documents", "text"):
        return [zlib.decompress(value).decode() for value in values]
    return list(values)


def _packed(table: str, column: str, values: list[Any]) -> list[Any]:
    if (table, column) == ("documents", "text"):
        return [zlib.compress(value.encode(), 6) for value in values]
    return values


def _type(arrow: Any, table: str, column: str, kind: str) -> Any:
    if (table, column) == ("documents", "text"):
        return arrow.large_string()
    return {"TEXT": arrow.string(), "INTEGER": arrow.int64(), "REAL": arrow.float64()}[kind]


def _insert(db: Database, folder: Path, table: str, rows: list[tuple[Any, ...]]) -> None:
    try:
        db.insert(table, names(table), rows)
    except db.conflict as error:
        raise StoreError(
            f"{folder / table}: rows contradict each other ({error}); export the store again"
        ) from error


def _manifest(folder: Path) -> dict[str, int]:
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version, counted = int(found["schema"]), dict(found["rows"])
    except FileNotFoundError as error:
        raise StoreError(
            f"{folder}: no {MANIFEST} in it, so it is no whole export of a store"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: not as `catnlp store export` writes it ({error})") from error
    if version != len(STEPS):
        raise StoreError(
            f"{folder}: schema {version}, but this catnlp has {len(STEPS)}; export the store again "
            "with this version"
        )
    return counted


def _check_empty(db: Database) -> None:
    for table in ("inputs", "documents", "decisions", "registers"):
        if db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():
            raise StoreError("the store is not empty; import into a new one")


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'catnlp[parquet]'") from error
    return pyarrow, parquet
