"""The records of arms sales; `domain` has them with all others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaleItem:
    """A line of a sale: what, and how many (an upper estimate where "up to" stands)."""

    name: str
    quantity: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Contractor:
    """A firm that a sale names, and where the text says that it is."""

    name: str
    location: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a field of a record stands in `Document.text`."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SaleSource:
    """A document, or a row of a register, that names a sale."""

    kind: str  # notice, report, register
    title: str
    uri: str
    document_id: str  # of a register: the sha256 of the file
    published: str = ""
    quote: str = ""  # verbatim words; of a register the row
    start: int = 0  # of the quote in the document's text; of a register the line
    end: int = 0


@dataclass(frozen=True, slots=True)
class ArmsSale:
    """A sale or transfer of arms, as one document or register names it; or, with several
    `sources`, as they name it together."""

    id: str
    document_id: str
    recipient: str  # ISO alpha-3
    start: int  # of the sentence or notice that names it
    end: int
    supplier: str = ""
    program: str = ""  # FMS, DCS, FMF, ...
    stage: str = ""  # requested, notified, approved, signed, delivered, suspended, refused
    items: tuple[SaleItem, ...] = ()  # of a notice: major defense equipment
    value: float | None = None
    currency: str = ""
    value_is_upper_estimate: bool = False
    date: str = ""  # ISO 8601
    transmittal: str = ""
    contractors: tuple[Contractor, ...] = ()
    method: str = ""
    title: str = ""  # what the notice calls it
    other_items: tuple[SaleItem, ...] = ()  # not major defense equipment
    amends: str = ""  # transmittal number of the case that it changes
    delivered: str = ""  # ISO 8601, first delivery
    delivered_until: str = ""  # ISO 8601, last delivery
    units: tuple[str, ...] = ()  # armed forces of the recipient that are said to use it
    spans: tuple[FieldSpan, ...] = ()
    quote: str = ""
    sources: tuple[SaleSource, ...] = ()


@dataclass(frozen=True, slots=True)
class SaleLink:
    """A mention that bears on a sale, and why."""

    mention_id: str
    sale_id: str
    kind: str  # explicit, unit, equipment, recipient
    score: float
    reason: str
    against: str = ""  # what speaks against it
    mention_quote: str = ""
    sale_quote: str = ""
