"""Names of countries, peoples, cities, armed forces and groups, as data; and how to find them."""

from catnlp.gazetteer.countries import country_codes, country_in_text, country_name
from catnlp.gazetteer.forces import Force, find_forces
from catnlp.gazetteer.headings import chapter_countries, heading_countries
from catnlp.gazetteer.places import PlaceName, find_places, names_of_others
from catnlp.gazetteer.titles import title_countries

__all__ = [
    "Force",
    "PlaceName",
    "chapter_countries",
    "country_codes",
    "country_in_text",
    "country_name",
    "find_forces",
    "find_places",
    "heading_countries",
    "names_of_others",
    "title_countries",
]
