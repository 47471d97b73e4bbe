"""Store -> flags for other tools: a table of formats."""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from importlib.resources import files
from typing import IO

from catnlp.domain import Flag
from catnlp.export.flags import Filters, flags

Exporter = Callable[[Iterable[Flag], IO[str]], None]
EXPORTERS: dict[str, Exporter] = {}


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Registers a function as a format; a name cannot be taken twice."""

    def register(function: Exporter) -> Exporter:
        if name in EXPORTERS:
            raise ValueError(f"exporter {name!r} is already registered")
        EXPORTERS[name] = function
        return function

    return register


@exporter("jsonl")
def write_jsonl(found: Iterable[Flag], stream: IO[str]) -> None:
    """One JSON object a line, keys sorted."""
    for flag in found:
        stream.write(json.dumps(asdict(flag), ensure_ascii=False, sort_keys=True) + "\n")


@exporter("csv")
def write_csv(found: Iterable[Flag], stream: IO[str]) -> None:
    """One row a flag; lists are joined by " > " (section) or spaces (sales)."""
    names = [field.name for field in fields(Flag)]
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    for flag in found:
        row = asdict(flag)
        row["section"], row["sales"] = " > ".join(flag.section), " ".join(flag.sales)
        writer.writerow(row)


def schema(record: str) -> str:
    """The JSON Schema of `flag` or `sentence`."""
    return files("catnlp.export").joinpath(f"schema/{record}.schema.json").read_text("utf-8")


__all__ = ["EXPORTERS", "Exporter", "Filters", "exporter", "flags", "schema"]
