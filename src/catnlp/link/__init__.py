"""Mentions -> the states responsible, the places, units and dates, the arms sales."""

from catnlp.link.countries import link, link_sentence
from catnlp.link.dates import date_mentions
from catnlp.link.sales import find_sales, link_sales
from catnlp.link.units import link_units

__all__ = [
    "date_mentions",
    "find_sales",
    "link",
    "link_sales",
    "link_sentence",
    "link_units",
]
