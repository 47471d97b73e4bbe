"""Places as a report on one country means them: "Guadalajara" is in Mexico in one on Mexico, and
in any text before the name of a region of Mexico."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from catnlp.gazetteer.towns import towns, towns_of_state, without_accents

if TYPE_CHECKING:
    from catnlp.gazetteer.places import PlaceName

OF_REGION = re.compile(r",\s(?:the\s)?")
LISTED = re.compile(r"[A-ZÀ-Þ][\w’-]+,?\s(?:and\s|or\s)?$")  # "Lyon, Bari, Bavaria"
LIST_GOES_ON = re.compile(r"(?:\s[A-Z]\w+)?(?:,?\s(?:and|or)\s(?:in\s)?[A-ZÀ-Þ]|,\s[A-ZÀ-Þ])")


def as_meant(text: str, places: "Sequence[PlaceName]", home: str) -> "Iterator[PlaceName]":
    """The places, left to right; a town or region that is not of `home` by its name alone is
    there where a town of `home` is called so."""
    for number, place in enumerate(places):
        town = towns().get(place.text) if place.kind in ("city", "region") else None
        if town is None or not (town.is_region or town.needs):  # no other is as large
            yield place
            continue
        code = place.code
        region = places[number + 1] if number + 1 < len(places) else None
        if home and code != home and _has_town(home, place.text):
            code = home
        elif region and region.kind == "region" and _is_part(text, place, region):
            code = region.code
        yield place if code == place.code else replace(place, code=code, kind="city")


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
def _has_town(country: str, name: str) -> bool:
    cities = towns_of_state(country, "")
    return name in cities or name in {
        without_accents(city) for city in cities if city[0] == name[0]
    }
