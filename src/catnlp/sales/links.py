"""Mentions -> the sales they bear on: four kinds, each with its reason and what speaks against it.

    explicit   the text says that these weapons, or such weapons of that supplier, were used,
               diverted or found
    unit       the force named in the abuse is the one that gets the equipment
    equipment  weapons of one class are used in the abuse and sold
    recipient  the state responsible buys, and the abuse stands in a window before the sale or
               after delivery
Words that only stand together, in a sentence or in a document, link nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catnlp.domain import ArmsSale, CountryLink, EventDate, Mention, SaleLink
from catnlp.gazetteer import country_name
from catnlp.sales.likeness import is_of_type
from catnlp.sales.services import acting_services
from catnlp.sales.use import uses
from catnlp.sales.weapons import kinds_of, label
from catnlp.sales.when import When, happened

SCORES = {
    "explicit": 0.9,
    "supplied": 0.75,
    "unit": 0.6,
    "equipment": 0.5,
    "act": 0.4,
    "recipient": 0.3,
}
BY_FORCE = frozenset(  # what forces with weapons do; discrimination by law is no such thing
    "unlawful-killing enforced-disappearance torture-ill-treatment arbitrary-detention "
    "sexual-gender-violence child-rights-abuse civilian-harm excessive-force atrocity-crime "
    "forced-displacement abuse-unspecified arms-diversion security-sector-corruption".split()
)
DIVERSION = "arms-diversion"
ACTORS = ("state", "state-aligned")
QUOTE = 300


@dataclass(frozen=True, slots=True)
class Window:
    """Years before a sale and after its delivery in which an abuse of the recipient counts, and
    how many sales a mention is linked to for that reason alone."""

    before: float = 3.0
    after: float = 5.0
    most: int = 3


@dataclass(frozen=True, slots=True)
class Around:
    """A mention with the text around it."""

    mention: Mention
    quote: str
    before: str
    after: str
    links: tuple[CountryLink, ...]
    title: str
    published: str
    event: EventDate | None = None


def link_sales(around: Around, sales: Sequence[ArmsSale], window: Window) -> tuple[SaleLink, ...]:
    """The links of a mention to the sales to one state, the strongest kind for each sale."""
    when = happened(around.quote, around.title, around.published, around.event)
    strong: list[SaleLink] = []
    weak: list[tuple[float, SaleLink]] = []
    for sale in sales:
        found = next(_strong(around, sale, when), None)
        if found:
            strong.append(found)
        elif near := _recipient(around, sale, when, window):
            weak.append(near)
    weak.sort(key=lambda held: (held[0], held[1].sale_id))
    return (*_rivals(strong), *(held for _, held in weak[: window.most]))


def _strong(around: Around, sale: ArmsSale, when: When | None) -> Iterator[SaleLink]:
    mine = sale.recipient in _responsible(around)
    yield from _explicit(around, sale, when, mine or around.mention.category == DIVERSION)
    if mine and around.mention.actor in ACTORS:
        yield from _unit(around, sale, when)
        yield from _equipment(around, sale, when)


def _responsible(around: Around) -> set[str]:
    return {link.country for link in around.links if link.role == "responsible"}


def _explicit(around: Around, sale: ArmsSale, when: When | None, whole: bool) -> Iterator[SaleLink]:
    """Weapons of the type sold, or of the class and said to come from the supplier; unless the
    whole mention bears on the recipient, only those that were diverted from the supplier's."""
    if when and (year := _date(sale)) and when.year < year - 0.1:
        return
    for use in uses(around.quote, around.mention):
        if not whole and not (use.how == "diversion" and use.supplier):
            continue
        typed = sale.items if use.weapon.how == "type" else ()
        item = next((i for i in typed if is_of_type(i.name, use.weapon.text)), None)
        if item and use.supplier in ("", sale.supplier):
            yield _link(
                around, sale, "explicit", SCORES["explicit" if use.supplier else "supplied"],
                f"the text tells of {use.told()}; the sale is of {item.name}",
                [*_doubts(sale, when), "the text does not name the sale"],
            )  # fmt: skip
        elif use.supplier and use.supplier == sale.supplier and use.weapon.kind in _kinds(sale):
            yield _link(
                around, sale, "explicit", SCORES["supplied"],
                f"the text tells of {use.told(country_name(use.supplier))}; "
                f"the sale is of {label(use.weapon.kind)} from there",
                [*_doubts(sale, when), "the text does not name the type or the sale"],
            )  # fmt: skip


def _unit(around: Around, sale: ArmsSale, when: When | None) -> Iterator[SaleLink]:
    at = around.quote.find(around.mention.trigger)
    for unit in acting_services(around.quote, sale.recipient, at):
        if unit in sale.units:
            yield _link(
                around, sale, "unit", SCORES["unit"],
                f"the quote names the {unit} of {country_name(sale.recipient)}, and the sale names"
                " it as the one that has the equipment",
                [*_doubts(sale, when), "nothing says that this equipment was used"],
            )  # fmt: skip


def _equipment(around: Around, sale: ArmsSale, when: When | None) -> Iterator[SaleLink]:
    kinds = _kinds(sale)
    for use in uses(around.quote, around.mention):
        if use.weapon.kind in kinds and use.supplier in ("", sale.supplier):
            doubts = ["nothing says that weapons of this sale were used"]
            if use.weapon.how == "act":
                doubts.append(f"the text names no weapon, only {use.weapon.text}")
            yield _link(
                around, sale, "equipment",
                SCORES["act" if use.weapon.how == "act" else "equipment"],
                f"the text tells of {use.told()}; the sale is of {label(use.weapon.kind)}",
                [*_doubts(sale, when), *doubts],
            )  # fmt: skip


def _recipient(
    around: Around, sale: ArmsSale, when: When | None, window: Window
) -> tuple[float, SaleLink] | None:
    """The link with its distance in years."""
    sold = _date(sale)
    if when is None or sold is None or not _counts(around, sale.recipient):
        return None
    delivered = _year(sale.delivered) or sold
    name = country_name(sale.recipient)
    if when.year < sold:
        distance, most = sold - when.year, window.before
        reason = f"{name} is responsible, {_years(distance)} before the sale"
    else:
        distance, most = max(0.0, when.year - delivered), window.after
        after = "delivery" if sale.delivered else "the sale"
        reason = f"{name} is responsible, {_years(distance)} after {after}"
    if distance > most:
        return None
    doubts = [*_doubts(sale, when), "nothing but state and time connects the two"]
    return distance, _link(around, sale, "recipient", SCORES["recipient"], reason, doubts)


def _counts(around: Around, recipient: str) -> bool:
    return (
        recipient in _responsible(around)
        and around.mention.actor in ACTORS
        and around.mention.category in BY_FORCE
    )


def _doubts(sale: ArmsSale, when: When | None) -> list[str]:
    """What speaks against any link to the sale: its stage, and the order in time."""
    found = []
    if sale.stage in ("suspended", "refused"):
        found.append(f"the sale is {sale.stage}")
    elif sale.stage != "delivered" and not sale.delivered:
        found.append(f"no delivery is known ({sale.stage or 'stage not named'})")
    sold = _date(sale)
    if when is None:
        found.append("no date of the event is known")
    elif when.said_by == "publication":
        found.append("the date is that of the publication")
    if when and sold and when.year < sold:
        found.append("it happened before the sale")
    elif when and sale.delivered and when.year < (_year(sale.delivered) or 0):
        found.append("it happened before the first delivery")
    if sold is None:
        found.append("the sale has no date")
    return found


def _link(
    around: Around, sale: ArmsSale, kind: str, score: float, reason: str, doubts: Sequence[str]
) -> SaleLink:
    return SaleLink(
        around.mention.id, sale.id, kind, round(score * around.mention.score, 3), reason,
        "; ".join(dict.fromkeys(doubts)), around.quote, _sale_quote(sale),
    )  # fmt: skip


def _sale_quote(sale: ArmsSale) -> str:
    """The words of the first source that name the sale, as far as a reader needs them."""
    quote = next((source.quote for source in sale.sources if source.quote), sale.quote)
    return quote if len(quote) <= QUOTE else quote[:QUOTE].rsplit(" ", 1)[0] + " …"


def _rivals(links: Sequence[SaleLink]) -> list[SaleLink]:
    """Where several sales fit for the same reason, each link says so."""
    found = []
    for link in links:
        others = sum(o.kind == link.kind for o in links) - 1
        more = (
            f"; {others} other sale{'s fit' if others > 1 else ' fits'} as well" if others else ""
        )
        found.append(
            SaleLink(link.mention_id, link.sale_id, link.kind, link.score, link.reason,
                     link.against + more, link.mention_quote, link.sale_quote)
        )  # fmt: skip
    return found


def _kinds(sale: ArmsSale) -> frozenset[str]:
    return kinds_of([*(item.name for item in sale.items), sale.title])


def _date(sale: ArmsSale) -> float | None:
    return _year(sale.date)


def _year(date: str) -> float | None:
    return When(date, "").year if date else None


def _years(distance: float) -> str:
    return (
        "less than a year"
        if distance < 1
        else f"{distance:.0f} year{'s' if distance >= 1.5 else ''}"
    )
