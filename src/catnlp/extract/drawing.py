"""What was read, drawn over the pictures of the pages, so that a person sees what went wrong."""

import base64
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.extract import sniff
from catnlp.extract.draft import Draft
from catnlp.extract.readers import reader_for

SCALE = 1.4  # pixels of a picture for each point
MOST_PAGES = 200
SIGNS = {"heading": "H", "paragraph": "", "list-item": "L", "table-row": "T", "note": "N"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box on a page: the kind of block, its number in reading order, its place in per cent."""

    kind: str
    sign: str
    text: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    index: int
    label: str
    quality: str
    picture: str  # data address
    ratio: float  # height to width
    boxes: tuple[Drawn, ...]


def draw(path: Path) -> str:
    """An HTML page: pages with boxes for a PDF, a list of blocks for what has no pages."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("catnlp.extract", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    media_type = sniff.sniff(path)
    drafts = list(reader_for(path, media_type)(path))
    pages = list(_pages(path, drafts[0])) if media_type == sniff.PDF else []
    template = environment.get_template("drawing.html")
    return template.render(
        name=path.name,
        drafts=drafts,
        pages=pages,
        left_out=max(0, len(drafts[0].pages) - MOST_PAGES) if pages else 0,
        counts=Counter(block.kind for draft in drafts for block in draft.blocks),
    )


def _pages(path: Path, draft: Draft) -> Iterator[DrawnPage]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        for page in draft.pages[:MOST_PAGES]:
            sheet = document[page.index - 1]
            width, height = sheet.get_size()
            picture = _png(sheet)
            sheet.close()
            boxes = tuple(_boxes(draft, page.index, width, height))
            yield DrawnPage(page.index, page.label, page.quality, picture, height / width, boxes)
    finally:
        document.close()


def _boxes(draft: Draft, page: int, width: float, height: float) -> Iterator[Drawn]:
    found = [("frame", "–", "not read: running head or foot", place) for place in draft.frame]
    for number, block in enumerate(draft.blocks, 1):
        sign = f"{number} {SIGNS[block.kind]}{block.level or ''}"
        found += [(block.kind, sign, block.text, place) for place in block.places]
    for kind, sign, text, place in found:
        if place.page == page:
            yield Drawn(
                kind,
                sign,
                text,
                100 * place.x0 / width,
                100 * place.top / height,
                100 * (place.x1 - place.x0) / width,
                100 * (place.bottom - place.top) / height,
            )


def _png(page: Any) -> str:
    """The page in grey, as a data address."""
    bitmap = page.render(scale=SCALE, grayscale=True)
    data, stride, width, height = bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height
    bitmap.close()
    rows = b"".join(b"\0" + data[y * stride : y * stride + width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
