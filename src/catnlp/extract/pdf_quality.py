"""Whether the text of a page can be relied on."""

import ctypes
import re
from dataclasses import dataclass
from typing import Any

from catnlp.extract.english import COMMON_WORDS

WORD = re.compile(r"[^\W\d_]{2,}")
BROKEN = re.compile(r"\ufffd|\(cid:\d+\)|[\ue000-\uf8ff]")
FEW_WORDS = 40
LEAST_COMMON = 0.12  # of the words of English prose, tables apart
INVISIBLE_MODE = 3  # how OCR programs put text under the image
TEXT_OBJECT, IMAGE_OBJECT = 1, 3
GARBLED, DOUBTFUL = 0.18, 0.08  # share of odd words
OBJECTS_READ = 60
SCANNED_SHARE = 0.5  # of the page, covered by one image


def is_garbled(text: str) -> bool:
    """Broken encodings, or many words of which few are English and many no words at all."""
    if len(BROKEN.findall(text)) > 0.03 * len(text):
        return True
    words = WORD.findall(text)
    if len(words) < FEW_WORDS:
        return False
    if any(ord(char) > 0x24F for word in words[:200] for char in word):
        return False  # another script: a question of language
    common = sum(word.lower() in COMMON_WORDS for word in words)
    return common < LEAST_COMMON * len(words) and odd_share(text) > GARBLED


@dataclass(frozen=True, slots=True)
class Look:
    """What stands on a page beside text."""

    ocr: bool  # text lies invisibly under an image
    drawn: bool  # something else than text
    scanned: bool  # an image covers most of it


def look_of(page: Any) -> Look:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    invisible = image = drawn = scanned = False
    for place in range(min(pdfium.FPDFPage_CountObjects(page), OBJECTS_READ)):
        found = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(found)
        drawn = drawn or kind != TEXT_OBJECT
        if kind == IMAGE_OBJECT:
            image = True
            scanned = scanned or _area(found) > SCANNED_SHARE * width * height
        elif kind == TEXT_OBJECT and not invisible:
            invisible = pdfium.FPDFTextObj_GetTextRenderMode(found) == INVISIBLE_MODE
    return Look(invisible and image, drawn, scanned)


def _area(found: Any) -> float:
    import pypdfium2.raw as pdfium

    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(found, *map(ctypes.byref, edges)):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return abs((right - left) * (top - bottom))


def odd_share(text: str) -> float:
    """Words without vowels, with capitals inside, or torn by signs, of all words."""
    words = WORD.findall(text)
    if not words:
        return 1.0
    odd = sum(
        (not re.search(r"[aeiouyAEIOUY]", word) and not word.isupper())
        or re.search(r"[a-z][A-Z]", word) is not None
        for word in words
    )
    torn = len(re.findall(r"[^\W\d_][^\w\s.,;:'’()/&\"“”–—-][^\W\d_]|[<>^~|\\{}*]", text))
    return (odd + torn) / len(words)
