"""Names of labels, as labelling tools carry them -> our fields.

A label is one name or several joined by `|`: a category, a status, an actor, a country
(`TGO`, or `responsible:TGO`, `location:TGO`): `torture-ill-treatment|alleged|state|TGO`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from catnlp.errors import InputError
from catnlp.gazetteer import country_codes
from catnlp.review.tasks import Row
from catnlp.taxonomy import taxonomy

ROLES = ("responsible", "location")


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled part of a quote; spans of one `region` speak of the same flag."""

    start: int
    end: int
    names: tuple[str, ...]
    region: str = ""


@dataclass
class _Names:
    category: str = ""
    status: str = ""
    actor: str = ""
    countries: list[tuple[str, str]] = field(default_factory=list)


def check(kind: str, value: str, where: str) -> str:
    """The value, where the taxonomy or the table of countries has it."""
    known = {
        "category": taxonomy().category_ids,
        "status": taxonomy().statuses,
        "actor": taxonomy().actors,
        "country": country_codes(),
    }[kind]
    if value not in known:
        some = "ISO 3166-1 alpha-3 codes" if kind == "country" else ", ".join(known)
        raise InputError(f"{where}: unknown {kind} {value!r}; there are: {some}")
    return value


def rows(text: str, spans: Iterable[Span], where: str) -> tuple[Row, ...]:
    """One for each category given to a span; a status or country alone bears on all of its span."""
    groups: dict[object, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.region or (span.start, span.end)].append(span)
    found = []
    for group in groups.values():
        common = _Names()
        named = []
        for span in group:
            for name in span.names:
                read = _read(name, common, where)
                if read.category:
                    named.append((span, read))
        found += [_row(text, span, read, common, where) for span, read in named]
    return tuple(found)


def _read(name: str, common: _Names, where: str) -> _Names:
    """The parts of a name; one without a category goes to what is common to its span."""
    parts = [part.strip() for part in name.split("|")]
    read = _Names() if any(part in taxonomy().category_ids for part in parts) else common
    for part in parts:
        _put(read, part, where)
    return read if read is not common else _Names()


def _put(read: _Names, part: str, where: str) -> None:
    role, colon, code = part.rpartition(":")
    if part in taxonomy().category_ids:
        read.category = part
    elif part in taxonomy().statuses:
        read.status = part
    elif part in taxonomy().actors:
        read.actor = part
    elif (not colon or role in ROLES) and code in country_codes():
        read.countries.append((role, code))
    else:
        raise InputError(
            f"{where}: unknown label {part!r}; labels are ids of `catnlp taxonomy`, or countries "
            "as TGO, responsible:TGO or location:TGO, joined by |"
        )


def _row(text: str, span: Span, read: _Names, common: _Names, where: str) -> Row:
    return Row(
        where=where,
        id=span.region,
        category=read.category,
        status=read.status or common.status or None,
        actor=read.actor or common.actor or None,
        trigger=text[span.start : span.end],
        start=span.start,
        countries=tuple(read.countries + common.countries) or None,
    )
