"""A file -> its documents: one for most, one for each article of a table."""

from catnlp.extract.documents import MAX_BYTES, extract

__all__ = ["MAX_BYTES", "extract"]
