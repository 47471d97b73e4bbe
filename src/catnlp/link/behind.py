"""Who stands behind fighters, arms and groups: not the state whose citizens or make they are, or
where they have their office."""

import re
from collections.abc import Set
from functools import cache

from catnlp.gazetteer import find_places
from catnlp.gazetteer.places import PlaceName
from catnlp.link.patterns import either
from catnlp.resources import read_toml

STATES = ("country", "demonym")
REACH = 90  # characters before a name that are looked at


def is_hired_by_other(text: str, start: int, end: int) -> bool:
    """Whether fighters of the people named there are another's: "Turkey and its Syrian proxies"."""
    if not _patterns()["servants"].match(text, end):
        return False
    return _patterns()["owners"].search(text, max(0, start - REACH), start) is not None


def is_hired(text: str, end: int) -> bool:
    """Whether fighters of the people named up to `end` are in another's pay."""
    return _patterns()["hired"].match(text, end) is not None


def hires(text: str, start: int) -> bool:
    """Whether the state that is named from `start` on hires the fighters before."""
    return _patterns()["hires"].search(text, max(0, start - REACH), start) is not None


def is_sent_from(text: str, start: int) -> bool:
    """Whether forces come from the state named there: "troops from neighbouring Chad"."""
    return _patterns()["sent"].search(text, max(0, start - REACH), start) is not None


def is_only_made(text: str, start: int, end: int) -> bool:
    """Whether the name says who made the arms that others fire, or lose: "Iranian drones fired by
    Russia", "Russia used Iranian drones"."""
    patterns = _patterns()
    if not patterns["arms"].match(text, end):
        return False
    before = patterns["users"].search(text, max(0, start - REACH), start)
    return bool(before or patterns["used"].match(text, end) or patterns["lost"].match(text, end))


def placed(text: str, near: Set[str] = frozenset(), *, home: str = "") -> list[PlaceName]:
    """Places that a text speaks of, not where somebody only sits who speaks of others ("a UK-based
    watchdog"), nor who is behind another state ("the US-backed government of Haiti")."""
    seat, backed = _patterns()["seat"], _patterns()["backed"]
    places = find_places(text, near, home=home)
    of_states = {p.start for p in places if p.kind in STATES}
    return [
        place for place in places
        if not seat.match(text, place.end)
        and not ((found := backed.match(text, place.end)) and found.end() in of_states)
    ]  # fmt: skip


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "behind.toml")

    owners = either(data["hired"]["owners"])
    fighters, verbs = either(data["hired"]["fighters"]), either(data["hired"]["verbs"])
    hired = rf"(?:{fighters})(?:\s[\w-]+){{0,3}}?\s(?:{verbs})"
    arms = rf"(?:\s[\w-]+){{0,2}}?\s(?:{either(data['arms']['nouns'])})"
    used, lost = either(data["arms"]["used"]), either(data["arms"]["lost"])
    users = either(data["arms"]["users"])
    backed, states = either(data["backed"]["suffixes"]), either(data["backed"]["states"])
    return {
        "sent": re.compile(
            rf"\b(?:{either(data['sent']['forces'])})\sfrom\s(?:the\s|neighbou?ring\s)*$", re.I
        ),
        "backed": re.compile(rf"(?:{backed})\s(?:{states})\s(?:of|in)\s(?:the\s)?", re.I),
        "seat": re.compile(rf"(?:{either(data['seat']['suffixes'])})\b"),
        "servants": re.compile(rf"\s(?:{either(data['hired']['servants'])})\b", re.I),
        "owners": re.compile(rf"(?:\b(?:{owners})|’s|'s)\s(?:\w+\s)?$", re.I),
        "hired": re.compile(rf"(?:\s[\w-]+){{0,2}}?\s{hired}\b", re.I),
        "hires": re.compile(rf"\b{hired}\s(?:the\s)?$", re.I),
        "arms": re.compile(rf"{arms}\b", re.I),
        "used": re.compile(rf"{arms}\s(?:\w+\s){{0,2}}?(?:{used})\b", re.I),
        "lost": re.compile(rf"{arms}(?:\s(?:was|were|had been|is|are))?\s(?:{lost})\b", re.I),
        "users": re.compile(rf"\b(?:{users})\s(?:(?:an?|the|its|several|two)\s)?$", re.I),
    }
