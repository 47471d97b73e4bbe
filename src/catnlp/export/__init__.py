"""Store -> flags for other tools: a table of formats."""

from importlib.resources import files

from catnlp.export import brat, ftm, labelling, sources, tables, webannotation
from catnlp.export.filters import Filters, known_ids
from catnlp.export.flags import flags
from catnlp.export.formats import EXPORTERS, Exporter, exporter, load_plugins
from catnlp.export.label_studio import labelling_config

FORMATS = (tables, webannotation, ftm, labelling, brat, sources)  # importing them registers them


def schema(record: str) -> str:
    """The JSON Schema of `flag` or `sentence`."""
    return files("catnlp.export").joinpath(f"schema/{record}.schema.json").read_text("utf-8")


__all__ = [
    "EXPORTERS",
    "Exporter",
    "Filters",
    "exporter",
    "flags",
    "known_ids",
    "labelling_config",
    "load_plugins",
    "schema",
]
