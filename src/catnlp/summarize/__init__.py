"""Store -> per-country evidence, as pages that a person reads."""

from catnlp.summarize.country import summarize_country
from catnlp.summarize.pages import write_pages

__all__ = ["summarize_country", "write_pages"]
