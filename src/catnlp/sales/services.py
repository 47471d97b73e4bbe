"""Services of a state (air force, army, police) that a text names, and named units."""

import re
from collections.abc import Iterator
from functools import cache

from catnlp.gazetteer import find_forces, find_places
from catnlp.resources import read_toml

BEFORE = 40  # characters before a service in which its state stands
OWN = re.compile(r"\b(?:its|their)\s+$", re.IGNORECASE)
BY = re.compile(r"\b(?:by|of)\s+(?:the\s+)?(?:[\w’-]+\s+){0,2}$", re.IGNORECASE)


def services_of(text: str, country: str) -> tuple[str, ...]:
    """Services that the text gives to the state: "the Royal Saudi Air Force", "its navy"; and
    units of it by their own names."""
    named = [
        service for start, _, service in _services(text)
        if _states(text, start) == {country} or OWN.search(text[:start])
    ]  # fmt: skip
    units = (f.name for f in find_forces(text, near={country}) if f.state == country)
    return tuple(dict.fromkeys([*named, *units]))


def acting_services(text: str, country: str, trigger: int) -> tuple[str, ...]:
    """Services of a state that is responsible which stand as those who act: before the words of
    the abuse, or after "by"; those of another state do not count."""
    named = [
        service for start, end, service in _services(text)
        if _states(text, start) <= {country} and (end <= trigger or BY.search(text[:start]))
    ]  # fmt: skip
    units = (
        f.name for f in find_forces(text, near={country})
        if f.state == country and (f.end <= trigger or BY.search(text[: f.start]))
    )  # fmt: skip
    return tuple(dict.fromkeys([*named, *units]))


def _services(text: str) -> Iterator[tuple[int, int, str]]:
    for service, pattern in _patterns().items():
        for match in pattern.finditer(text):
            yield match.start(), match.end(), service


def _states(text: str, start: int) -> set[str]:
    """The states that the words right before name: "Royal Saudi", "U.S.", "Kuwait’s"."""
    lead = text[max(0, start - BEFORE) : start]
    phrase = re.split(r"[,;.]\s|\b(?:and|by|with|the|of|to|in)\s", lead)[-1]
    return {place.code for place in find_places(f"{phrase}forces")}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.sales", "services.toml")
    return {s: re.compile(rf"\b(?:{'|'.join(names)})\b", re.I) for s, names in data.items()}
