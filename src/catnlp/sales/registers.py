"""Registers of arms sales in CSV, JSON or JSON lines -> sales, by a mapping of their columns."""

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from catnlp.domain import ArmsSale
from catnlp.errors import InputError, UsageError
from catnlp.extract.encoding import decode
from catnlp.resources import read_toml
from catnlp.sales.rows import RowError, read_row

OWN = ("columns", "label", "known_by", "never")
LISTS = ("sales", "results", "data", "rows", "items", "notices")
HEADER_WITHIN = 40  # lines of a preamble before the header
FIELDS = frozenset(
    "recipient supplier title items quantity designation description value currency date delivered"
    " quantity_delivered transmittal contractor contractor_place stage status program url note"
    "".split()
)


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: which columns hold a field, and what holds for all rows."""

    name: str
    label: str
    known_by: tuple[str, ...]
    never: tuple[str, ...]  # columns that a register of this form does not have
    columns: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read, and why; or was kept without what could not be read of it."""

    line: int
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register with its good rows, as (line, sale), and the bad ones."""

    uri: str
    sha256: str
    mapping: str
    label: str
    sales: tuple[tuple[int, ArmsSale], ...]
    bad: tuple[BadRow, ...]


def read_register(path: Path, *, mapping: str = "") -> Register:
    """The sales of a register. The mapping is the name of a known one or a TOML file; without
    one, the register is known by its columns.

    InputError where the file is no table; UsageError for a mapping that does not exist.
    """
    content = path.read_bytes()
    rows = list(_rows(path, decode(content)))
    columns = _mapping(path, mapping, [record for _, record in rows if record])
    digest = hashlib.sha256(content).hexdigest()
    sales: list[tuple[int, ArmsSale]] = []
    bad: list[BadRow] = []
    first_on: dict[str, int] = {}
    for line, record in rows:
        try:
            sale, problems = read_row(
                _fields(record, columns), columns.fixed, digest, line, columns.name
            )
        except RowError as error:
            bad.append(BadRow(line, str(error)))
            continue
        if sale.id in first_on:
            bad.append(BadRow(line, f"the same as line {first_on[sale.id]}"))
            continue
        first_on[sale.id] = line
        sales.append((line, sale))
        bad += [BadRow(line, problem, kept=True) for problem in problems]
    return Register(str(path), digest, columns.name, columns.label, tuple(sales), tuple(bad))


@cache
def mappings() -> dict[str, Columns]:
    """The mappings that ship, by name."""
    return _parse(read_toml("catnlp.sales", "registers.toml"), "registers.toml")


def _load(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}: not valid TOML ({error})") from error


def _parse(data: Mapping[str, Any], source: str) -> dict[str, Columns]:
    found = {}
    for name, entry in data.items():
        columns = entry.get("columns") if isinstance(entry, dict) else None
        if not isinstance(columns, dict):
            raise UsageError(
                f"{source}: [{name}] has no [{name}.columns]; see `catnlp sales mappings`"
            )
        unknown = sorted(set(columns) - FIELDS)
        if unknown:
            raise UsageError(
                f"{source}: [{name}.columns] has {', '.join(unknown)}; there are: "
                f"{', '.join(sorted(FIELDS))}"
            )
        found[name] = Columns(
            name, entry.get("label", name), tuple(entry.get("known_by", ())),
            tuple(_plain(column) for column in entry.get("never", ())),
            {field: tuple(_plain(c) for c in names) for field, names in columns.items()},
            {key: value for key, value in entry.items() if key not in OWN},
        )  # fmt: skip
    return found


def _mapping(path: Path, name: str, records: Sequence[Mapping[str, Any]]) -> Columns:
    if name.endswith(".toml"):
        custom = Path(name)
        if not custom.is_file():
            raise UsageError(f"{name}: no such file of mappings")
        own = _parse(_load(custom, name), name)
        if not own:
            raise UsageError(f"{name}: holds no mapping; see `catnlp sales mappings`")
        return next(iter(own.values()))
    if name:
        if name not in mappings():
            raise UsageError(
                f"no mapping {name}; there are: {', '.join(mappings())}, or a TOML file"
            )
        return mappings()[name]
    present = {_plain(column) for record in records[:50] for column in record}
    for columns in mappings().values():
        has = all(_is_present(column, columns, present) for column in columns.known_by)
        if has and present.isdisjoint(columns.never):
            return columns
    raise InputError(
        f"{path}: columns {', '.join(sorted(present)[:12]) or 'none'}; no mapping fits them."
        " Give one with --mapping, by name or as a TOML file; `catnlp sales mappings` shows those"
        " there are"
    )


def _is_present(column: str, columns: Columns, present: set[str]) -> bool:
    names = columns.columns.get(column, (_plain(column),))
    return any(name in present for name in names)


def _fields(record: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    cells = {_plain(column): _cell(value) for column, value in record.items()}
    if "_problem" in record:
        raise RowError(str(record["_problem"]))
    found = {}
    for field, names in columns.columns.items():
        stated = next((cells[name] for name in names if cells.get(name)), "")
        if stated:
            found[field] = stated
    return found


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, dict):
        return " ".join(_cell(part) for part in value.values())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else " ".join(str(value).split())


def _plain(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", str(column).lower())


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    stripped = text.lstrip("\ufeff \n\r\t")
    if path.suffix.lower() == ".json" or stripped.startswith("["):
        yield from _json(path, stripped)
    elif stripped.startswith("{"):
        yield from _json_lines(text)
    else:
        yield from _csv(path, text.lstrip("\ufeff"))


def _json(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: damaged JSON ({error}); get the file again") from error
    if isinstance(data, dict):
        data = next((data[name] for name in LISTS if isinstance(data.get(name), list)), [data])
    for number, record in enumerate(data, start=1):
        yield number, record if isinstance(record, dict) else {"_problem": "not an object"}


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            record = {"_problem": f"not JSON ({error})"}
        yield number, record if isinstance(record, dict) else {"_problem": "not an object"}


def _csv(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows under the header: the first line that has the columns of a mapping, or else the first
    that is filled; registers have a preamble above it."""
    header_at, delimiter, header = _header(path, text)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    line = 1
    for cells in reader:
        start, line = line, reader.line_num + 1
        if start <= header_at or not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            yield start, {"_problem": f"{len(cells)} cells, the header has {len(header)}"}
        else:
            named = zip(header, cells, strict=False)
            yield start, {name: cell for name, cell in named if name.strip()}


def _header(path: Path, text: str) -> tuple[int, str, list[str]]:
    lines = text.splitlines()[:HEADER_WITHIN]
    known = {name for m in mappings().values() for names in m.columns.values() for name in names}
    best: tuple[int, int, str, list[str]] | None = None
    for number, line in enumerate(lines, start=1):
        for delimiter in ",;\t":
            cells = next(csv.reader([line], delimiter=delimiter), [])
            score = sum(_plain(cell) in known for cell in cells)
            if len(cells) > 1 and score and (best is None or score > best[0]):
                best = score, number, delimiter, cells
    if best is None:
        raise InputError(
            f"{path}: no header of a register in its first {HEADER_WITHIN} lines; give CSV or JSON"
        )
    return best[1], best[2], best[3]
