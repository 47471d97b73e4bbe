"""Places as a report on one country means them: "Guadalajara" is in Mexico in one on Mexico, and
in any text before the name of a region of Mexico."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from catnlp.gazetteer.towns import Town, towns, towns_of_state, without_accents
from catnlp.resources import read_toml

if TYPE_CHECKING:
    from catnlp.gazetteer.places import PlaceName

OF_REGION = re.compile(r",\s(?:the\s)?")
IN = re.compile(r"\b(?:in|at|near|to|from|of)\s(?:the\s)?$")
TOWNS = ("city", "region")
LISTED = re.compile(r"[A-ZÀ-Þ][\w’-]+,?\s(?:and\s|or\s)?$")  # "Lyon, Bari, Bavaria"
LIST_GOES_ON = re.compile(r"(?:\s[A-Z]\w+)?(?:,?\s(?:and|or)\s(?:in\s)?[A-ZÀ-Þ]|,\s[A-ZÀ-Þ])")


def as_meant(text: str, places: "Sequence[PlaceName]", home: str) -> "Iterator[PlaceName]":
    """The places, left to right; a town or region that is not of `home` by its name alone is
    there where a town of `home` is called so. In a report on `home`, one of another country counts
    only where that is named too, or where the town is known to everybody: else it is mostly a
    namesake ("Corinth"), or a person."""
    named = {home, *(place.code for place in places if place.kind not in TOWNS)}
    own = _regions().get(home, ())
    for number, place in enumerate(places):
        if place.text in own:
            yield replace(place, code=home, kind="region")
            continue
        town = towns().get(place.text) if place.kind in TOWNS else None
        rivals = town is not None and (town.is_region or town.needs)  # others are as large
        code = _meant(text, places, number, home) if rivals else place.code
        if code != place.code:
            yield replace(place, code=code, kind="city")
        elif town is None or not home or code in named or _is_known(text, place, town):
            yield place


def _is_known(text: str, place: "PlaceName", town: Town) -> bool:
    """Whether the reader of a report on another country knows the place: "in California"."""
    if town.is_known:
        return True
    large = town.is_large or (town.code == "USA" and town.is_region)
    return large and IN.search(text, 0, place.start) is not None


def _meant(text: str, places: "Sequence[PlaceName]", number: int, home: str) -> str:
    """The country of a smaller town or of a region, as the text means it."""
    place = places[number]
    region = places[number + 1] if number + 1 < len(places) else None
    if home and place.code != home and _has_town(home, place.text):
        return home
    if region and region.kind == "region" and _is_part(text, place, region):
        return region.code
    return place.code


def _is_part(text: str, place: "PlaceName", region: "PlaceName") -> bool:
    """Whether the two are a place and its region, and no list."""
    if place.kind == "region" and not _has_town(region.code, place.text):
        return False
    return bool(
        OF_REGION.fullmatch(text, place.end, region.start)
        and not LISTED.search(text[: place.start])
        and not LIST_GOES_ON.match(text, region.end)
    )


@cache
def _regions() -> Mapping[str, list[str]]:
    return read_toml("catnlp.gazetteer", "home.toml")


@cache
def _has_town(country: str, name: str) -> bool:
    cities = towns_of_state(country, "")
    return name in cities or name in {
        without_accents(city) for city in cities if city[0] == name[0]
    }
