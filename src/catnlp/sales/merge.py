"""The same sale, named by several sources -> one record with all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from catnlp.domain import ArmsSale, SaleSource, make_id
from catnlp.sales.likeness import Likeness, likeness

YEARS_APART = 1  # of two dates of one sale, where its value is the same
STAGES_APART = 3  # years from a notice to the signature, and from there to delivery
VALUE_APART = 0.02  # share by which two reports of one value differ
ORDER = {"notice": 0, "register": 1, "report": 2}  # whose word counts first
STAGES = ("delivered", "signed", "approved", "notified", "requested", "")
Sighting = tuple[ArmsSale, SaleSource]


def merge(sightings: Iterable[Sighting]) -> tuple[ArmsSale, ...]:
    """One sale for all that is the same, in the order of ids; the same whatever the order in."""
    groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=_rank):
        fitting = [g for g in groups if all(same(sighting[0], held) for held, _ in g)]
        if len(fitting) > 1:  # of several orders of the same goods
            fitting = [g for g in fitting if any(_is_dated_as(sighting[0], held) for held, _ in g)]
        if len(fitting) == 1:
            fitting[0].append(sighting)
        else:
            groups.append([sighting])
    return tuple(sorted((_one(group) for group in groups), key=lambda sale: sale.id))


def same(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether two records name one sale: no field says otherwise, and a number, or the goods
    with their quantity or value, say so. A wrong yes is worse than a wrong no."""
    if one.recipient != other.recipient or _differ(one.supplier, other.supplier):
        return False
    if one.transmittal and other.transmittal:
        return one.transmittal == other.transmittal
    if one.amends or other.amends or _listed_apart(one, other) or _values_differ(one, other):
        return False
    time = _time(one, other)
    if time == "apart":
        return False
    if _same_value(one, other) and _goods(one, other):
        return True
    both_sold_by = bool(one.supplier and other.supplier)
    counted = _counted_goods(one, other)
    if counted == 2:
        return time in ("same", "unknown") or (time == "next stage" and both_sold_by)
    return counted == 1 and time == "same" and both_sold_by


def _listed_apart(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether one register has them in two lines, at the same stage."""
    return (
        one.method.startswith("register:")
        and (one.document_id, one.stage) == (other.document_id, other.stage)
        and one.start != other.start
    )


def _time(one: ArmsSale, other: ArmsSale) -> str:
    """How the years fit: same, unknown, next stage, near, apart."""
    mine, theirs = _year(one), _year(other)
    if mine is None or theirs is None:
        return "unknown"
    if mine == theirs or _delivers(one, other) or _delivers(other, one):
        return "same"
    first, then = (one, other) if mine < theirs else (other, one)
    if _comes_before(first.stage, then.stage) and abs(mine - theirs) <= STAGES_APART:
        return "next stage"
    return "near" if abs(mine - theirs) <= YEARS_APART else "apart"


def _delivers(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether the first tells, by its date, of the deliveries of the other."""
    if one.stage != "delivered" or one.delivered or not other.delivered:
        return False
    return other.delivered[:4] <= one.date[:4] <= (other.delivered_until or other.delivered)[:4]


def _comes_before(stage: str, later: str) -> bool:
    return bool(stage and later) and _stage(stage) > _stage(later) >= 0


def _is_dated_as(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether it is the same number or year, not one that is only not known."""
    numbers = bool(one.transmittal) and one.transmittal == other.transmittal
    return numbers or _time(one, other) == "same"


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _year(sale: ArmsSale) -> int | None:
    return int(sale.date[:4]) if sale.date[:4].isdigit() else None


def _values_differ(one: ArmsSale, other: ArmsSale) -> bool:
    return bool(one.value and other.value) and not _same_value(one, other)


def _same_value(one: ArmsSale, other: ArmsSale) -> bool:
    if not one.value or not other.value or _differ(one.currency, other.currency):
        return False
    return abs(one.value - other.value) <= VALUE_APART * max(one.value, other.value)


def _goods(one: ArmsSale, other: ArmsSale) -> bool:
    """Whether goods of one may be those of the other."""
    mine, theirs = ([s.title, *(item.name for item in s.items)] for s in (one, other))
    return any(likeness(a, b) for a in mine for b in theirs)


def _counted_goods(one: ArmsSale, other: ArmsSale) -> Likeness:
    """How alike the goods are of which both have the same number."""
    pairs = ((a, b) for a in one.items if a.quantity for b in other.items)
    alike = (likeness(a.name, b.name) for a, b in pairs if a.quantity == b.quantity)
    return max(alike, default=0)


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
