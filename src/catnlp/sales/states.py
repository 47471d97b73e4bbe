"""The states that registers name: "Korea, South", "Turkiye", "Unknown supplier(s)"."""

import re
from collections.abc import Iterator
from functools import cache

from catnlp.gazetteer import find_places
from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.towns import without_accents

UNKNOWN = re.compile(
    r"(?:an? )?(?:unknown|unidentified|unspecified|undisclosed)"
    r"(?: (?:supplier|seller|exporter|recipient|buyer|importer|country|countries|state)s?"
    r"(?:\(s\))?)?",
    re.IGNORECASE,
)
NO_STATE = re.compile(r"\*|\b(?:rebels?|rebel groups?|militias?|insurgents?|separatists?)\b", re.I)
TURNED = re.compile(
    r"(?P<name>[^,()]+?)(?:,\s*(?P<after>[^,()]+)|\s*\((?P<inside>[^()]+)\)"
    r"|\s+(?P<side>North|South|East|West))$",
    re.IGNORECASE,
)


def is_unknown(name: str) -> bool:
    """Whether the cell says that the state is not known."""
    return UNKNOWN.fullmatch(name.strip()) is not None


def state_codes(name: str) -> tuple[str, ...]:
    """The code of the state that is named; several where the cell names several, none where it
    names a group (a star in the SIPRI register)."""
    if NO_STATE.search(name):
        return ()
    forms = tuple(_forms(name))
    for form in forms:
        if form.upper() in countries():
            return (form.upper(),)
        if code := _by_name().get(_folded(form)):
            return (code,)
    for form in forms:
        if codes := {place.code for place in find_places(form) if place.kind == "country"}:
            return tuple(sorted(codes))
    return ()


def _forms(name: str) -> Iterator[str]:
    """The name as it stands, with what was put behind it before it, and without brackets."""
    yield name.strip()
    if turned := TURNED.match(name.strip()):
        before = turned["after"] or turned["inside"] or turned["side"]
        yield f"{before.strip()} {turned['name']}"
    yield re.sub(r"\s*\(.*?\)", "", name).strip()


@cache
def _by_name() -> dict[str, str]:
    return {
        _folded(name): country.code
        for country in countries().values()
        for name in (country.name, *country.aliases)
    }


def _folded(name: str) -> str:
    """Without case, accents and signs: "Türkiye" is "turkiye"."""
    plain = without_accents(name.replace("&", " and ")).casefold()
    return re.sub(r"[^a-z]+", " ", plain).strip().removeprefix("the ")
