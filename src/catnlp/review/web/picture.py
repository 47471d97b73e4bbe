"""The page of a PDF as a picture, to see a quote where it stands."""

import hashlib
import io
from pathlib import Path

from catnlp.store.queue import Item

SCALE = 1.5  # 108 dots per inch
PDF = "application/pdf"


def has_picture(item: Item) -> bool:
    """Whether the file is a PDF that is still where it was read."""
    return item.media_type == PDF and bool(item.page) and Path(item.uri).is_file()


def page_picture(item: Item) -> bytes | None:
    """PNG of the page that the quote begins on; None where the file has changed since."""
    if not has_picture(item) or item.page is None:
        return None
    data = Path(item.uri).read_bytes()
    if hashlib.sha256(data).hexdigest() != item.mention.document_id:
        return None
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        if item.page > len(document):
            return None
        bitmap = document[item.page - 1].render(scale=SCALE)
        stream = io.BytesIO()
        bitmap.to_pil().save(stream, format="PNG")
        return stream.getvalue()
    finally:
        document.close()
