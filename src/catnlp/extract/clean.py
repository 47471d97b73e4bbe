"""Strings as they stand in a file -> strings as they stand in `Document.text`."""

import re
import unicodedata

# Invisible characters that join or break words on screen only, and marks of direction.
INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
INVISIBLE_SEEN = re.compile("[" + "".join(map(chr, INVISIBLE)) + "]")
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB06: "st"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: str) -> str:
    """One line of NFC text: runs of white space are one space, nothing unprintable is left."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(LIGATURES)
        if INVISIBLE_SEEN.search(text):
            text = text.translate(INVISIBLE)
    if UNPRINTABLE.search(text):
        text = UNPRINTABLE.sub("", text.replace("\x85", " "))
    return " ".join(text.split())


def superscript(digits: str) -> str:
    """A footnote mark as it is printed, so that it is not read as a number of the sentence."""
    return digits.translate(SUPERSCRIPTS)
