"""A row of a register -> a sale, and what of it could not be read."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catnlp.domain import ArmsSale, Contractor, SaleItem, make_id
from catnlp.extract.dates import iso_date
from catnlp.gazetteer import find_places
from catnlp.sales.items import support_items
from catnlp.sales.money import currency_of, read_money
from catnlp.sales.notices import wanted
from catnlp.sales.numbers import word_number
from catnlp.sales.services import services_of
from catnlp.sales.states import is_unknown, state_codes

STAGES = ("requested", "notified", "approved", "signed", "delivered", "suspended", "refused")
NOTHING = frozenset(
    {"", "-", "–", "n/a", "na", "none", "null", "unknown", "not available", "?", "x", "tbd"}
)
NEGATIVE = re.compile(r"(?:^|[;:]\s*|,\s+)[-−]\d")
YEARS = re.compile(r"(?:19|20)\d{2}")


class RowError(ValueError):
    """What is wrong with a row, in words for a person."""


def read_row(
    cells: Mapping[str, str], fixed: Mapping[str, Any], register: str, line: int, mapping: str
) -> tuple[ArmsSale, tuple[str, ...]]:
    """The sale of a row, and what is wrong with a number that it is kept without; RowError where
    the row names no state or nothing that is sold."""
    problems: list[str] = []
    recipient = _country(cells, "recipient") if cells.get("recipient") else _titled(cells)
    if not recipient:
        raise RowError("names no recipient")
    items, other = _items(cells, problems)
    title = cells.get("title", "")
    if not items and not title and not cells.get("items"):
        raise RowError("names nothing that is sold")
    value, currency = _value(cells, fixed, problems)
    first, last = _delivered(cells.get("delivered", ""))
    sale = ArmsSale(
        id=make_id("sale", mapping, *(f"{name}={cell}" for name, cell in sorted(cells.items()))),
        document_id=register,
        recipient=recipient,
        start=line,
        end=line,
        supplier=_country({**fixed, **cells}, "supplier"),
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
    return sale, tuple(problems)


def _titled(cells: Mapping[str, str]) -> str:
    """The recipient that a title names."""
    return next((p.code for p in find_places(cells.get("title", "")) if p.kind == "country"), "")


def _country(cells: Mapping[str, str], field: str) -> str:
    """The state in a cell; "" where the cell is empty or says that it is not known."""
    name = str(cells.get(field, ""))
    if name.lower() in NOTHING or is_unknown(name):
        return ""
    codes = state_codes(name)
    if not codes:
        raise RowError(f"{field} {name!r} is no state that is known")
    if len(codes) > 1:
        raise RowError(f"{field} {name!r} names {len(codes)} states; give a row for each")
    return codes[0]


def _items(
    cells: Mapping[str, str], problems: list[str]
) -> tuple[tuple[SaleItem, ...], tuple[SaleItem, ...]]:
    """The item of a row that has a column for it, or those that a text lists; without offsets,
    since the row has no text of its own."""
    designation, description = cells.get("designation", ""), cells.get("description", "")
    if designation or (description and not cells.get("items")):
        name = f"{designation} ({description})" if designation and description else designation
        return (SaleItem(name or description, _quantity(cells, problems)),), ()
    text = cells.get("items", "")
    if NEGATIVE.search(text):
        raise RowError(f"items {text!r} has a number below zero")
    request, items = wanted(text)
    other = support_items(text[request.other : request.end])
    return _unplaced(items), _unplaced(other)


def _unplaced(items: Iterable[SaleItem]) -> tuple[SaleItem, ...]:
    return tuple(SaleItem(item.name, item.quantity) for item in items)


def _quantity(cells: Mapping[str, str], problems: list[str]) -> int | None:
    """How many were ordered, or else delivered."""
    for field in ("quantity", "quantity_delivered"):
        plain = cells.get(field, "").strip().strip("()").strip()
        if plain.lower() in NOTHING or (field != "quantity" and plain == "0"):
            continue
        number = word_number(plain.removeprefix("~").removeprefix("c."))
        if number is not None:
            return number
        problems.append(f"{field.replace('_', ' ')} {cells[field]!r} is no number")
        return None
    return None


def _value(
    cells: Mapping[str, str], fixed: Mapping[str, Any], problems: list[str]
) -> tuple[float | None, str]:
    cell, named = cells.get("value", "").strip(), cells.get("currency", "").strip()
    if cell.lower() in NOTHING:
        return None, ""
    stated = "" if named.lower() in NOTHING else currency_of(named)
    found = read_money(cell, stated)
    if found is None:
        problems.append(f"value {cell!r} is no sum of money")
    elif not stated and named.lower() not in NOTHING:
        problems.append(f"currency {named!r} is not known")
    elif stated and found[1] not in ("", stated):
        problems.append(f"value {cell!r} is not in the currency {named!r}")
    else:
        return found[0], found[1] or stated or str(fixed.get("currency", ""))
    return None, ""


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
