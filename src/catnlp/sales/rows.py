"""A row of a register -> a sale."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catnlp.domain import ArmsSale, Contractor, SaleItem, make_id
from catnlp.extract.dates import iso_date
from catnlp.gazetteer import find_places
from catnlp.gazetteer.countries import countries
from catnlp.sales.items import support_items
from catnlp.sales.money import find_money
from catnlp.sales.notices import wanted
from catnlp.sales.numbers import word_number
from catnlp.sales.services import services_of

STAGES = ("requested", "notified", "approved", "signed", "delivered", "suspended", "refused")
NOTHING = frozenset(
    {"", "-", "–", "n/a", "na", "none", "null", "unknown", "not available", "?", "tbd"}
)
YEARS = re.compile(r"(?:19|20)\d{2}")


class RowError(ValueError):
    """What is wrong with a row, in words for a person."""


def read_row(
    cells: Mapping[str, str], fixed: Mapping[str, Any], register: str, line: int, mapping: str
) -> ArmsSale:
    """The sale of a row; RowError where it names no state or nothing that is sold."""
    recipient = _recipient(cells)
    items, other = _items(cells)
    title = cells.get("title", "")
    if not items and not title and not cells.get("items"):
        raise RowError("names nothing that is sold")
    value, currency = _value(cells, fixed)
    first, last = _delivered(cells.get("delivered", ""))
    supplier = cells.get("supplier", "") or str(fixed.get("supplier", ""))
    return ArmsSale(
        id=make_id("sale", mapping, *(f"{name}={cell}" for name, cell in sorted(cells.items()))),
        document_id=register,
        recipient=recipient,
        start=line,
        end=line,
        supplier=_country(supplier, "supplier") if supplier else "",
        program=cells.get("program", "") or str(fixed.get("program", "")),
        stage=_stage(cells, fixed, delivered=bool(first)),
        items=items,
        other_items=other,
        value=value,
        currency=currency,
        value_is_upper_estimate=value is not None and bool(fixed.get("upper", False)),
        date=_date(cells.get("date", "")),
        transmittal=cells.get("transmittal", ""),
        contractors=_contractors(cells),
        title=title,
        delivered=first,
        delivered_until=last,
        units=services_of("; ".join(cells.values()), recipient),
        method=f"register:{mapping}",
        quote="; ".join(f"{name.replace('_', ' ')}: {cell}" for name, cell in cells.items())[:600],
    )


def _recipient(cells: Mapping[str, str]) -> str:
    named = cells.get("recipient", "")
    if named:
        return _country(named, "recipient")
    code = next((p.code for p in find_places(cells.get("title", "")) if p.kind == "country"), "")
    if not code:
        raise RowError("names no recipient")
    return code


def _country(name: str, field: str) -> str:
    if "*" in name:
        raise RowError(f"{field} {name!r} is no state")
    plain = re.sub(r"\s*\(.*?\)", "", name).strip()
    if plain.upper() in countries():
        return plain.upper()
    for country in countries().values():
        if plain.casefold() in (n.casefold() for n in (country.name, *country.aliases)):
            return country.code
    codes = {place.code for place in find_places(plain) if place.kind == "country"}
    if len(codes) == 1:
        return codes.pop()
    if codes:
        raise RowError(f"{field} {name!r} names {len(codes)} states; give a row for each")
    raise RowError(f"{field} {name!r} is no state that is known")


def _items(cells: Mapping[str, str]) -> tuple[tuple[SaleItem, ...], tuple[SaleItem, ...]]:
    """The item of a row that has a column for it, or those that a text lists; without offsets,
    since the row has no text of its own."""
    designation, description = cells.get("designation", ""), cells.get("description", "")
    if designation or (description and not cells.get("items")):
        name = f"{designation} ({description})" if designation and description else designation
        return (SaleItem(name or description, _quantity(cells.get("quantity", ""))),), ()
    text = cells.get("items", "")
    request, items = wanted(text)
    other = support_items(text[request.other : request.end])
    return _unplaced(items), _unplaced(other)


def _unplaced(items: Iterable[SaleItem]) -> tuple[SaleItem, ...]:
    return tuple(SaleItem(item.name, item.quantity) for item in items)


def _quantity(cell: str) -> int | None:
    plain = cell.strip().strip("()").strip()
    if plain.lower() in NOTHING:
        return None
    number = word_number(plain.removeprefix("~").removeprefix("c."))
    if number is None:
        raise RowError(f"quantity {cell!r} is no number")
    return number


def _value(cells: Mapping[str, str], fixed: Mapping[str, Any]) -> tuple[float | None, str]:
    cell = cells.get("value", "").strip()
    if cell.lower() in NOTHING:
        return None, ""
    currency = cells.get("currency", "") or str(fixed.get("currency", ""))
    said = find_money(cell)
    if said:
        return said[0].amount, said[0].currency
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s*(thousand|million|billion|m|bn|mn)?", cell, re.I)
    if match is None:
        raise RowError(f"value {cell!r} is no sum of money")
    named = find_money(f"$ {cell}")
    return named[0].amount, currency.upper()


def _date(cell: str) -> str:
    plain = cell.strip().strip("()").strip()
    if plain.lower() in NOTHING:
        return ""
    found = iso_date(plain) or next(iter(YEARS.findall(plain)), "")
    if not found:
        raise RowError(f"date {cell!r} is no date that can be read")
    return found


def _delivered(cell: str) -> tuple[str, str]:
    """First and last delivery: "2018; (2019)", "2018-2020", "2019-05-01"."""
    exact = iso_date(cell)
    years = sorted(set(YEARS.findall(cell)))
    if exact and len(years) == 1:
        return exact, exact
    return (years[0], years[-1]) if years else ("", "")


def _stage(cells: Mapping[str, str], fixed: Mapping[str, Any], *, delivered: bool) -> str:
    stated = cells.get("stage", "").lower()
    found = next((stage for stage in STAGES if stage in stated), "")
    if stated and not found:
        raise RowError(f"stage {cells['stage']!r}; one of {', '.join(STAGES)}")
    return found or ("delivered" if delivered else str(fixed.get("stage", "")))


def _contractors(cells: Mapping[str, str]) -> tuple[Contractor, ...]:
    names = [name.strip() for name in cells.get("contractor", "").split(";") if name.strip()]
    place = cells.get("contractor_place", "") if len(names) == 1 else ""
    return tuple(Contractor(name, place) for name in names if name.lower() not in NOTHING)
