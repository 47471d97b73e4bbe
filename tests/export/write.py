"""What a format writes."""

import io
from collections.abc import Iterable

from catnlp.domain import Flag
from catnlp.export import EXPORTERS
from catnlp.export.formats import TextOf


def written(name: str, found: Iterable[Flag], text_of: TextOf | None = None) -> str:
    stream = io.StringIO()
    EXPORTERS[name](found, stream, text_of)
    return stream.getvalue()


def written_bytes(name: str, found: Iterable[Flag], text_of: TextOf | None = None) -> bytes:
    stream = io.BytesIO()
    EXPORTERS[name](found, stream, text_of)
    return stream.getvalue()
