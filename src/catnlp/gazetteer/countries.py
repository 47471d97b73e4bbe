"""The table of countries: ISO 3166-1 alpha-3 with names, demonyms and capitals."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catnlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.csv`."""

    code: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str


@cache
def countries() -> dict[str, Country]:
    """All countries by code."""
    text = files("catnlp.gazetteer").joinpath("countries.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Country(
            row["code"], row["name"], _list(row["aliases"]), _list(row["demonyms"]), row["capital"]
        )
        for row in csv.DictReader(text.splitlines(), delimiter="|")
    }


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def country_codes() -> tuple[str, ...]:
    """All codes of the table."""
    return tuple(countries())


def country_name(code: str) -> str:
    """The English short name; the code itself where the table does not have it."""
    found = countries().get(code)
    return found.name if found else code


def country_in_text(code: str) -> str:
    """The name as it stands within a sentence: "the Gambia", "the United States", "Togo"."""
    name = country_name(code)
    return f"the {name.removeprefix('The ')}" if code in _with_article() else name


@cache
def _with_article() -> frozenset[str]:
    return frozenset(read_toml("catnlp.gazetteer", "articles.toml")["the"])
