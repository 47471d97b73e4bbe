"""What a format writes."""

import io
from collections.abc import Iterable

from catnlp.domain import Flag
from catnlp.export import EXPORTERS
from catnlp.export.formats import Lookup


def written(name: str, found: Iterable[Flag], lookup: Lookup | None = None) -> str:
    stream = io.StringIO()
    EXPORTERS[name](found, stream, lookup)
    return stream.getvalue()


def written_bytes(name: str, found: Iterable[Flag], lookup: Lookup | None = None) -> bytes:
    stream = io.BytesIO()
    EXPORTERS[name](found, stream, lookup)
    return stream.getvalue()
