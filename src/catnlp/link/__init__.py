"""Mentions -> the states responsible, the places, units and dates."""

from catnlp.link.countries import actor_of, link, link_sentence
from catnlp.link.dates import date_mentions
from catnlp.link.units import link_units

__all__ = ["actor_of", "date_mentions", "link", "link_sentence", "link_units"]
