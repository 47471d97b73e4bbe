"""The table of formats: media type -> what reads it, or what to do instead."""

from collections.abc import Callable, Iterator
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract import sniff
from catnlp.extract.docx import read_docx
from catnlp.extract.draft import Draft
from catnlp.extract.epub import read_epub
from catnlp.extract.html import read_html
from catnlp.extract.image import read_image
from catnlp.extract.mhtml import read_mhtml
from catnlp.extract.office import read_office
from catnlp.extract.pdf import read_pdf
from catnlp.extract.plain import read_markdown, read_text
from catnlp.extract.rtf import read_rtf
from catnlp.extract.tables import read_csv, read_json, read_jsonl

Reader = Callable[[Path], Iterator[Draft]]

READERS: dict[str, Reader] = {
    sniff.HTML: read_html,
    sniff.PDF: read_pdf,
    sniff.DOCX: read_docx,
    sniff.TEXT: read_text,
    sniff.MARKDOWN: read_markdown,
    sniff.CSV: read_csv,
    sniff.JSONL: read_jsonl,
    sniff.JSON: read_json,
    sniff.MHTML: read_mhtml,
    sniff.RTF: read_rtf,
    sniff.EPUB: read_epub,
    sniff.DOC: read_office,
    sniff.ODT: read_office,
    **dict.fromkeys(sorted(sniff.IMAGES), read_image),
}

SAVE_AS = "open it in its program and save it as DOCX, PDF or text"
UNPACK = "unpack it and give the files in it, or pack them as zip"
UNREAD = {  # what a file is, and what to do
    "application/x-encrypted-office": (
        "an Office document with a password",
        "save a copy without password",
    ),
    "application/vnd.ms-excel": ("an old Excel sheet", "save it as CSV with a column `text`"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        "an Excel sheet",
        "save it as CSV with a column `text`",
    ),
    "application/vnd.ms-powerpoint": ("an old PowerPoint file", "save it as PDF"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
        "a PowerPoint file",
        "save it as PDF",
    ),
    "application/x-7z-compressed": ("a 7z archive", UNPACK),
    "application/vnd.rar": ("a RAR archive", UNPACK),
    "application/zstd": ("a zstd archive", UNPACK),
    "application/xml": ("XML of an unknown kind", "convert it to CSV, HTML or text"),
    "application/octet-stream": (
        "binary data of no known kind, or a damaged file",
        "get the file again from its source",
    ),
}


def reader_for(path: Path, media_type: str) -> Reader:
    """The reader; InputError says what the file is and what to do with it."""
    reader = READERS.get(media_type)
    if reader is not None:
        return reader
    kind, remedy = UNREAD.get(media_type, (media_type, "convert it to PDF, HTML, DOCX or text"))
    if media_type.startswith("image/"):
        kind = f"an image ({media_type})"
        remedy = "convert it to PNG or PDF"
    raise InputError(f"{path}: {kind}, which is not read; {remedy}")
