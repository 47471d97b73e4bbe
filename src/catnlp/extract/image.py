"""A picture of pages, such as a scan or a screenshot: read by OCR."""

from collections.abc import Iterator
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract import ocr
from catnlp.extract.draft import Draft, DraftPage
from catnlp.extract.pdf_paragraphs import build_blocks
from catnlp.extract.pdf_style import Styles


def read_image(path: Path) -> Iterator[Draft]:
    if not ocr.version():
        raise InputError(f"{path}: a picture, which needs OCR; {ocr.HINT}")
    try:
        scans = ocr.scan_image(path)
    except InputError as error:
        raise InputError(f"{path}: a picture that cannot be read: {error}") from error
    if not scans:
        raise InputError(f"{path}: a picture without text, also by OCR")
    lines = [scan.lines for scan in scans]
    pages = tuple(
        DraftPage(number, "", "ocr" if scan.sure >= ocr.LEAST_SURE else "garbled")
        for number, scan in enumerate(scans, 1)
    )
    yield Draft(
        blocks=tuple(build_blocks(lines, [scan.height for scan in scans], Styles(lines))),
        pages=pages,
        warnings=(
            f"read by OCR (Tesseract {ocr.version()}): words may be wrong, "
            "compare quotes with the picture",
        ),
    )
