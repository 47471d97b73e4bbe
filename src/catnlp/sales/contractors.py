"""The firms of a notice, each with its place: "A, located in Moorestown, NJ; and B, Lynn, MA"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catnlp.domain import Contractor
from catnlp.sales.phrases import phrase

STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia "
    "Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts "
    "Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada New_Hampshire New_Jersey "
    "New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania "
    "Rhode_Island South_Carolina South_Dakota Tennessee Texas Utah Vermont Virginia Washington "
    "West_Virginia Wisconsin Wyoming Canada England United_Kingdom UK France Germany Italy Israel "
    "Norway Sweden Switzerland Spain Netherlands Australia Japan South_Korea Turkey Belgium "
    "Denmark Finland Austria Poland D\\.C\\. DC [A-Z]{2}"
).replace("_", r"\s+")
CITY = r"[A-Z][\w.’'-]+(?:[ \n]+(?:[A-Z][\w.’'-]+|de|le|du)){0,3}"
PLACE = re.compile(rf"(?P<city>{CITY}),\s*(?:{'|'.join(STATES.split(' '))})\b(?!\.\w)")
LED_TO = re.compile(
    r"(?:,?\s*(?:which\s+is\s+)?(?:located|headquartered|based)\s+(?:in|at|near)"
    r"|,?\s+(?:in|of|at)|,)\s*$",
    re.I,
)
JOINED = re.compile(r"^[\s,;]*(?:and|&)?\s*(?:(?:located\s+)?in\s+)?$", re.I)
LEAD = re.compile(r"(?:[\s,;]|(?:and|the)\s)+", re.I)
ENDS = re.compile(
    r"(?<![A-Z])\.\s+(?=At\s|There\s|The\s|Implementation|Any\s|Funding|If\s|This\s|Offset|No\s"
    r"|However|Currently|Actual|[A-Z][a-z]+\s+(?:will|typically|has))|(?<=[A-Z]{2})\.\s|\.\s*$|\.\s*\n|\n\n"
)
SEMICOLON = re.compile(r"\s*;\s*")
COMMAS = re.compile(
    r"\s*;\s*|\s*,\s+(?:and\s+)?(?!(?:Inc|LLC|L\.L\.C|Ltd|Corp|Co|Limited)\b)", re.I
)
COMMAS_OR_AND = re.compile(rf"{COMMAS.pattern}|\s+and\s+", re.I)


@dataclass
class Firm:
    """Offsets of a name and of its places, "Waltham, MA, and Huntsville, AL"; -1 without."""

    start: int
    end: int
    place_start: int = -1
    place_end: int = -1


def read_contractors(text: str) -> tuple[Contractor, ...]:
    """The firms that the text calls principal or prime contractors; none named is no error."""
    firms = [firm for lead in phrase("contractors").finditer(text) for firm in _said(text, lead)]
    return tuple(_contractor(text, firm) for firm in firms)


def _said(text: str, lead: re.Match[str]) -> list[Firm]:
    """The firms of one sentence."""
    end = ENDS.search(text, lead.end())
    stop = end.start() if end else len(text)
    if phrase("no_contractor").search(text, lead.end(), stop):
        return []
    return _firms(text[:stop], lead.end(), several="contractors" in lead[0].lower())


def _firms(text: str, at: int, *, several: bool) -> list[Firm]:
    found: list[Firm] = []
    for place in PLACE.finditer(text, at):
        if found and JOINED.match(text[at : place.start()]):
            found[-1].place_end = place.end()
        else:
            new = _names(text[: place.start()], at, several=several)
            if new:
                new[-1].place_start, new[-1].place_end = place.span()
            found += new
        at = place.end()
    return found + _names(text, at, several=several)


def _names(text: str, at: int, *, several: bool) -> list[Firm]:
    """Firms from `at` to the end of the text; the last may be led to its place."""
    led = LED_TO.search(text, at)
    stop = led.start() if led else len(text)
    firms = []
    for start, end in _pieces(text, at, stop, several=several and led is None):
        lead = LEAD.match(text, start, end)
        start = lead.end() if lead else start
        if end - start > 1 and (text[start].isupper() or text[start].isdigit()):
            firms.append(Firm(start, end))
    return firms


def _pieces(text: str, at: int, stop: int, *, several: bool) -> Iterator[tuple[int, int]]:
    commas = COMMAS if ", and " in text[at:stop] else COMMAS_OR_AND
    pattern = commas if several else SEMICOLON
    for mark in pattern.finditer(text, at, stop):
        yield at, mark.start()
        at = mark.end()
    yield at, stop


def _contractor(text: str, firm: Firm) -> Contractor:
    place = text[firm.place_start : firm.place_end] if firm.place_start >= 0 else ""
    end = firm.place_end if place else firm.end
    name = " ".join(text[firm.start : firm.end].split()).strip(" ,;")
    return Contractor(name, " ".join(place.split()), firm.start, end)
