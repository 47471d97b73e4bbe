"""What a file is, told by its content and never by its name."""

import csv
import json
import re
import zipfile
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract.encoding import decode

HEAD_BYTES = 65_536
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
CSV = "text/csv"
JSONL = "application/x-ndjson"
JSON = "application/json"
ZIP, TAR = "application/zip", "application/x-tar"
COMPRESSED = ("application/gzip", "application/x-bzip2", "application/x-xz")
MAIL, MAILBOX, MHTML = "message/rfc822", "application/mbox", "multipart/related"
OUTLOOK, WARC = "application/vnd.ms-outlook", "application/warc"
RTF, EPUB = "application/rtf", "application/epub+zip"
DOC, ODT = "application/msword", "application/vnd.oasis.opendocument.text"

IMAGES = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "tiff", "gif", "bmp"))

SHORT_NAMES = {
    HTML: "html", PDF: "pdf", DOCX: "docx", TEXT: "text", MARKDOWN: "markdown", CSV: "csv",
    JSONL: "jsonl", JSON: "json", MHTML: "mhtml", RTF: "rtf", EPUB: "epub", DOC: "doc",
    ODT: "odt", **dict.fromkeys(sorted(IMAGES), "picture"),
}  # fmt: skip
BINARY_SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".odt", ".epub", ".zip", ".gz"})
FEWEST_BYTES = 100  # of a file that is named as one of these
PLAIN = frozenset({TEXT, MARKDOWN})
SUFFIXES = {  # what a file is expected to be by its name
    ".html": frozenset({HTML}), ".htm": frozenset({HTML}), ".pdf": frozenset({PDF}),
    ".docx": frozenset({DOCX}), ".txt": PLAIN, ".md": PLAIN, ".csv": frozenset({CSV}),
    ".jsonl": frozenset({JSONL}), ".json": frozenset({JSON, JSONL}), ".rtf": frozenset({RTF}),
    ".epub": frozenset({EPUB}), ".mhtml": frozenset({MHTML}), ".mht": frozenset({MHTML}),
    ".doc": frozenset({DOC}), ".odt": frozenset({ODT}),
}  # fmt: skip

MAGIC = (
    (b"WARC/", WARC),
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"%!PS", "application/postscript"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/x-executable"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS = (  # names of streams in UTF-16; a protected DOCX is an OLE file as well
    ("__properties_version", OUTLOOK),  # first: other documents may be attached
    ("EncryptedPackage", "application/x-encrypted-office"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
ZIP_MEMBERS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
)
HTML_TAG = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|article|div|table|title|meta|section|h[1-6]|p)[\s>]", re.I
)
HEADERS = re.compile(r"\A(?:[A-Z][\w-]+:.*\n(?:[ \t].*\n)*){2,}", re.M)
MAIL_SIGN = re.compile(r"^(?:MIME-Version|Received|Message-ID):", re.M | re.I)
ADDRESSED = re.compile(r"^From: (?s:.*)^(?:To|Subject|Date): ", re.M)
WEB_ARCHIVE = re.compile(r"^Snapshot-Content-Location:|^From: <?Saved by", re.M | re.I)
PDF_SIGN = b"%PDF-"
TAR_SIGN, TAR_SIGN_AT = b"ustar", 257
MARKDOWN_SIGN = re.compile(
    r"^#{1,6} \S|^\S[^\n]*\n(?:={3,}|-{3,})\n|\A---\n(?:[\w-]+:[^\n]*\n)+---\n|\]\(https?://", re.M
)
TEXT_COLUMNS = frozenset({"text", "body", "content", "article"})


def sniff(path: Path) -> str:
    """The media type; InputError for a file that is empty or no text at all."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n"):
        found = "zero bytes" if not head else "only blanks"
        raise InputError(f"{path}: {found}; get the file again from its source")
    if head.startswith(PDF_SIGN):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(path)
    if head.startswith(OLE):
        return _ole_type(path)
    if head[TAR_SIGN_AT : TAR_SIGN_AT + len(TAR_SIGN)] == TAR_SIGN:
        return TAR
    for magic, media_type in MAGIC:
        if head.startswith(magic) and not (len(magic) == 2 and _is_text(head)):
            return media_type
    if PDF_SIGN in head[:1024]:  # after other bytes, which readers of PDF pass over
        return PDF
    if path.suffix.lower() in BINARY_SUFFIXES and len(head) < FEWEST_BYTES:
        raise InputError(
            f"{path}: no {path.suffix[1:].upper()}, but {len(head)} bytes of text, such as the "
            "message of a failed download; get the file again from its source"
        )
    if not _is_text(head):
        return "application/octet-stream"
    return _text_type(decode(head), whole=len(head) < HEAD_BYTES)


def _zip_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                return archive.read("mimetype")[:100].decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise InputError(
            f"{path}: a zip container (DOCX, ODT, ...) that is truncated or damaged ({error}); "
            "get the file again from its source"
        ) from error
    return next((kind for name, kind in ZIP_MEMBERS if name in names), "application/zip")


def _ole_type(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(32_000_000)
    for name, media_type in OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return media_type
    return "application/x-ole-storage"


def _is_text(head: bytes) -> bool:
    """Bytes that some text encoding allows: few control characters, NUL in UTF-16/32 only."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or _looks_utf16(head):
        return True
    control = sum(head.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    return control * 200 <= len(head)


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0:4000:2].count(0), head[1:4000:2].count(0)
    half = len(head[:4000]) // 2
    return half >= 8 and (even + odd) > half * 0.7 and min(even, odd) < half * 0.05


def _text_type(text: str, *, whole: bool) -> str:
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[0] in "[{":
        kind = _json_type(stripped, whole=whole)
        if kind:
            return kind
    if stripped.startswith("<?xml") and not HTML_TAG.search(stripped[:4000]):
        return "application/xml"
    if HTML_TAG.match(stripped) or (stripped.startswith("<") and HTML_TAG.search(stripped)):
        return HTML
    plain = stripped.replace("\r\n", "\n")
    kind = _mail_type(plain)
    if kind:
        return kind
    if _is_csv(stripped):
        return CSV
    return MARKDOWN if MARKDOWN_SIGN.search(plain) else TEXT


def _mail_type(text: str) -> str:
    """A mail, a mailbox, or a web page saved as one; empty for other text."""
    if text.startswith("From ") and HEADERS.match(text.partition("\n")[2]):
        return MAILBOX
    headers = HEADERS.match(text)
    if headers is None:
        return ""
    found = headers[0]
    if "multipart/related" in found.lower() and WEB_ARCHIVE.search(found):
        return MHTML
    return MAIL if MAIL_SIGN.search(found) or ADDRESSED.search(found) else ""


def _json_type(text: str, *, whole: bool) -> str:
    first = text.splitlines()[0].strip()
    if first.startswith("{") and _parses(first):
        return JSONL
    if whole and not _parses(text):
        return JSONL if re.match(r'\{\s*"', first) else ""
    return JSON if re.match(r'(?:\[\s*)?\{\s*"', text) else ""


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_csv(text: str) -> bool:
    """A first row of short column names, of which one holds the text."""
    first = text.splitlines()[0]
    if len(first) > 1000:
        return False
    for delimiter in ",;\t":
        columns = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
        if len(columns) > 1 and TEXT_COLUMNS & set(columns):
            return True
    return False
