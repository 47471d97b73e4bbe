"""Mentions -> the states responsible, the places, the arms sales."""

from catnlp.link.countries import link, link_sentence
from catnlp.link.sales import find_sales, link_sales

__all__ = ["find_sales", "link", "link_sales", "link_sentence"]
