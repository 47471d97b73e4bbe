"""The same sale, named by several sources -> one record with all of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from catnlp.domain import ArmsSale, SaleSource, make_id

YEARS_APART = 1  # of two dates of one sale
VALUE_APART = 0.02  # share by which two reports of one value differ
ORDER = {"notice": 0, "register": 1, "report": 2}  # whose word counts first
STAGES = ("delivered", "signed", "approved", "notified", "requested", "")
COMMON = frozenset(
    "and related equipment system systems support follow on block mod program of the for with "
    "missiles missile aircraft helicopters helicopter upgrade sustainment services spare parts "
    "arms weapons military new additional various other".split()
)
Sighting = tuple[ArmsSale, SaleSource]


def merge(sightings: Iterable[Sighting]) -> tuple[ArmsSale, ...]:
    """One sale for all that is the same, in the order of ids; the same whatever the order in."""
    groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=_rank):
        home = next((g for g in groups if all(same(sighting[0], held) for held, _ in g)), None)
        if home is None:
            groups.append([sighting])
        else:
            home.append(sighting)
    return tuple(sorted((_one(group) for group in groups), key=lambda sale: sale.id))


def same(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether two records name one sale: no field says otherwise, and a number, or the goods
    with their quantity or value, say so."""
    if one.recipient != other.recipient or _differ(one.supplier, other.supplier):
        return False
    if one.transmittal and other.transmittal:
        return one.transmittal == other.transmittal
    if one.amends or other.amends:
        return False
    if not _near(_year(one), _year(other)) or _values_differ(one, other):
        return False
    shared = goods(one) & goods(other)
    return bool(shared) and (_same_quantity(one, other, shared) or _same_value(one, other))


def goods(sale: ArmsSale) -> frozenset[str]:
    """The words that name what is sold, without those that many sales have; AH-1Z is ah1z."""
    names = [sale.title, *(item.name for item in sale.items)]
    return frozenset(word for name in names for word in name_words(name))


def name_words(name: str) -> frozenset[str]:
    joined = re.sub(r"(?<=[A-Z\d])-(?=\d)", "", name)  # F-16 is F16
    found = re.findall(r"[a-z]*\d+[a-z\d]*|[a-z]{3,}", joined.lower())
    return frozenset(w for w in found if w not in COMMON and not w.isdigit())


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _year(sale: ArmsSale) -> int | None:
    return int(sale.date[:4]) if sale.date[:4].isdigit() else None


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= YEARS_APART


def _values_differ(one: ArmsSale, other: ArmsSale) -> bool:
    return bool(one.value and other.value) and not _same_value(one, other)


def _same_value(one: ArmsSale, other: ArmsSale) -> bool:
    if not one.value or not other.value or _differ(one.currency, other.currency):
        return False
    return abs(one.value - other.value) <= VALUE_APART * max(one.value, other.value)


def _same_quantity(one: ArmsSale, other: ArmsSale, shared: frozenset[str]) -> bool:
    mine = {(i.quantity, w) for i in one.items if i.quantity for w in name_words(i.name) & shared}
    return any((i.quantity, w) in mine for i in other.items for w in name_words(i.name))


def _rank(sighting: Sighting) -> tuple[Any, ...]:
    sale, source = sighting
    return ORDER.get(source.kind, 9), not sale.transmittal, -len(sale.items), sale.date, sale.id


def _one(group: Sequence[Sighting]) -> ArmsSale:
    """The first sighting, with what it lacks from the others; the stage that is furthest on."""
    (first, source), *others = group
    values = {field.name: getattr(first, field.name) for field in fields(ArmsSale)}
    for sale, _ in others:
        values.update({n: getattr(sale, n) for n, held in values.items() if held in ("", None, ())})
    if not first.value and values["value"]:
        owner = next(sale for sale, _ in others if sale.value)
        values["currency"] = owner.currency
        values["value_is_upper_estimate"] = owner.value_is_upper_estimate
    furthest = min((sale.stage for sale, _ in group), key=_stage)
    key = (first.supplier, first.transmittal) if first.transmittal else (first.id,)
    return replace(
        first,
        **{**values, "id": make_id("sale", first.recipient, *key), "stage": furthest,
           "sources": tuple(found for _, found in group), "spans": first.spans,
           "document_id": source.document_id},
    )  # fmt: skip


def _stage(stage: str) -> int:
    """Suspended and refused stand before all others: they are what a reader must not miss."""
    return STAGES.index(stage) if stage in STAGES else -1
