"""Bytes -> text, whatever the encoding."""

import codecs
import re

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,30})""", re.I)
SAMPLE_BYTES = 200_000


def decode(data: bytes, declared: str = "") -> str:
    """By byte order mark, else UTF-8, else as declared, else the likeliest encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 or _is_utf8_with_errors(data):
            return data.decode("utf-8", "replace")
    if declared and _known(declared):
        return data.decode(declared, "replace")
    return data.decode(_likeliest(data), "replace")


def decode_html(data: bytes) -> str:
    """As `decode`, with what a `meta` tag declares."""
    found = DECLARED.search(data[:8000])
    declared = found[1].decode("ascii") if found else ""
    # Pages that declare Latin-1 are Windows-1252 by the HTML standard.
    if declared.lower() in {"iso-8859-1", "latin1", "ascii", "us-ascii"}:
        declared = "windows-1252"
    return decode(data, declared)


def _is_utf8_with_errors(data: bytes) -> bool:
    """A few broken bytes in what is UTF-8 otherwise."""
    sample = data[:SAMPLE_BYTES]
    wrong = sample.decode("utf-8", "replace").count("\ufffd")
    right = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", sample))
    return right > 20 * wrong


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _likeliest(data: bytes) -> str:
    if data[:4000].count(0) > len(data[:4000]) // 4:
        return "utf-16-le" if data[1] == 0 else "utf-16-be"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE_BYTES]).best()
    return best.encoding if best else "windows-1252"
