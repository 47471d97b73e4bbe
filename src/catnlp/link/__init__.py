"""Mentions -> the states responsible, the places."""

from catnlp.link.countries import link, link_sentence

__all__ = ["link", "link_sentence"]
