"""Whether the text of a page can be relied on."""

import re
from typing import Any

from catnlp.extract.english import COMMON_WORDS

WORD = re.compile(r"[^\W\d_]{2,}")
BROKEN = re.compile(r"\ufffd|\(cid:\d+\)|[\ue000-\uf8ff]")
FEW_WORDS = 40
LEAST_COMMON = 0.12  # of the words of English prose, tables apart
INVISIBLE_MODE = 3  # how OCR programs put text under the image
TEXT_OBJECT, IMAGE_OBJECT = 1, 3
OBJECTS_READ = 60


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
    return common < LEAST_COMMON * len(words) and _odd_share(words, text) > 0.18


def is_ocr(page: Any) -> tuple[bool, bool]:
    """Whether text lies invisibly under an image, and whether there is an image."""
    import pypdfium2.raw as pdfium

    invisible = image = False
    for place in range(min(pdfium.FPDFPage_CountObjects(page), OBJECTS_READ)):
        found = pdfium.FPDFPage_GetObject(page, place)
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == IMAGE_OBJECT:
            image = True
        elif kind == TEXT_OBJECT and not invisible:
            invisible = pdfium.FPDFTextObj_GetTextRenderMode(found) == INVISIBLE_MODE
    return invisible and image, image


def _odd_share(words: list[str], text: str) -> float:
    """Words without vowels, with capitals inside, or torn by signs."""
    odd = sum(
        (not re.search(r"[aeiouyAEIOUY]", word) and not word.isupper())
        or re.search(r"[a-z][A-Z]", word) is not None
        for word in words
    )
    torn = len(re.findall(r"[^\W\d_][^\w\s.,;:'’()/&\"“”–—-][^\W\d_]|[<>^~|\\{}*]", text))
    return (odd + torn) / len(words)
