"""Store -> per-country evidence, as pages that a person reads."""

from catnlp.summarize.country import summarize_country
from catnlp.summarize.overview import overview
from catnlp.summarize.pages import write_pages

__all__ = ["overview", "summarize_country", "write_pages"]
