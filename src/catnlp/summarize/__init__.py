"""Store -> per-country evidence, as pages that a person reads."""

from importlib.resources import files

from catnlp.summarize.country import summarize_country
from catnlp.summarize.overview import overview
from catnlp.summarize.pages import PAGES, USUAL, write_comparison, write_pages
from catnlp.summarize.record import as_record
from catnlp.summarize.unlinked import unlinked_counts


def schema(record: str) -> str:
    """The JSON Schema of `summary`."""
    return files("catnlp.summarize").joinpath(f"schema/{record}.schema.json").read_text("utf-8")


__all__ = [
    "PAGES",
    "USUAL",
    "as_record",
    "overview",
    "schema",
    "summarize_country",
    "unlinked_counts",
    "write_comparison",
    "write_pages",
]
