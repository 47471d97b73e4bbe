"""PDF: paragraphs with their pages, without running heads and page numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.domain import PageQuality
from catnlp.errors import InputError
from catnlp.extract import ocr
from catnlp.extract.clean import clean
from catnlp.extract.draft import Draft, DraftBlock, DraftPage, Place
from catnlp.extract.metadata import is_masthead
from catnlp.extract.pdf_furniture import Sheet, strip_furniture
from catnlp.extract.pdf_lines import Line, PageText
from catnlp.extract.pdf_outline import read_outline, with_outline
from catnlp.extract.pdf_paragraphs import build_blocks
from catnlp.extract.pdf_quality import DOUBTFUL, is_garbled, look_of, odd_share
from catnlp.extract.pdf_style import Styles, is_row
from catnlp.extract.pdf_tables import with_tables
from catnlp.extract.pdf_unruled import with_unruled
from catnlp.gazetteer.headings import heading_countries

NAME_CHARS = 60  # a short heading under the title, such as the name of a country
PASSWORD_ERROR = 4
FEW_CHARS = 200  # of text on the picture of a page: a stamp or a page number
MOST_SCANS = 1000  # pages of one document that are read by OCR
NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|indd|qxd|wpd|rtf|pmd)|"
    r"(?:slide|page|layout|print|document|report)\s*\d*|\S+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before anything is taken away."""

    sheet: Sheet
    ocr: bool = False
    drawn: bool = False  # something else than text stands on it
    sure: float = 100.0  # of OCR that we ran, of 100


def read_pdf(path: Path) -> Iterator[Draft]:
    document = _open(path)
    try:
        title = clean(document.get_metadata_dict().get("Title", ""))
        outline = read_outline(document)
        raw = [_read_page(document, number) for number in range(len(document))]
        if ocr.version():
            raw = _with_scans(document, raw)
    finally:
        document.close()
    stripped = strip_furniture([page.sheet for page in raw])
    pages, labels = stripped.pages, stripped.labels
    if not any(pages):
        _refuse(path, raw)
    styles = Styles(pages)
    blocks = tuple(build_blocks(pages, [page.sheet.height for page in raw], styles))
    blocks = with_outline(blocks, outline) if outline else blocks
    draft_pages = tuple(
        DraftPage(page.sheet.index, labels.get(page.sheet.index, ""), _quality(page, lines))
        for page, lines in zip(raw, pages, strict=True)
    )
    yield Draft(
        blocks=blocks,
        title=_title(title, blocks),
        pages=draft_pages,
        margin=stripped.margin,
        frame=tuple(Place(x.page, x.x0, x.top, x.x1, x.bottom) for x in stripped.frame),
        warnings=tuple(_page_warnings(raw, draft_pages)),
    )


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        if len(document) == 0:
            raise InputError(f"{path}: a PDF without pages; get the file again from its source")
        return document
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD_ERROR:
            raise InputError(
                f"{path}: an encrypted PDF that asks for a password; save a copy without "
                "password (for instance: qpdf --decrypt --password=... IN.pdf OUT.pdf)"
            ) from error
        raise InputError(
            f"{path}: a PDF that is truncated or damaged ({error}); get the file again "
            "from its source, or repair it (for instance: qpdf IN.pdf OUT.pdf)"
        ) from error


def _read_page(document: Any, number: int) -> RawPage:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return RawPage(Sheet(number + 1, 0.0, ()))
    try:
        text = PageText(page, number + 1)
        lines = text.lines()
        look = look_of(page)
        if look.scanned and sum(len(line.text) for line in lines) < FEW_CHARS:
            lines = []
        found = with_unruled(text, with_tables(page, text, lines)) if lines else []
        return RawPage(Sheet(number + 1, text.height, tuple(found)), ocr=look.ocr, drawn=look.drawn)
    finally:
        page.close()


def _with_scans(document: Any, raw: Sequence[RawPage]) -> list[RawPage]:
    """Pages without text, or with text that cannot be relied on, as OCR reads them."""
    read_well = [page.sheet.lines for page in raw if not page.ocr]
    body = Styles(read_well).body if any(read_well) else ocr.USUAL_SIZE
    result, scans = list(raw), 0
    for place, page in enumerate(raw):
        if not page.drawn or (page.sheet.lines and not _is_doubtful(page)):
            continue
        scans += 1
        if scans > MOST_SCANS:
            break
        sheet = document[place]
        try:
            scan = ocr.scan_page(sheet, place + 1, body=body)
        finally:
            sheet.close()
        read = RawPage(Sheet(place + 1, scan.height, scan.lines), True, True, scan.sure)
        if scan.lines and odd_share(_prose(read)) < odd_share(_prose(page)):
            result[place] = read
    return result


def _refuse(path: Path, raw: Sequence[RawPage]) -> None:
    images = sum(page.drawn for page in raw)
    named = _named([page.sheet.index for page in raw])
    if images and ocr.version():
        raise InputError(f"{path}: no text on {named}, also by OCR: pictures only")
    if images:
        raise InputError(
            f"{path}: no text layer: {images} of {len(raw)} pages are images; {ocr.HINT}"
        )
    raise InputError(f"{path}: {named} blank, without any text; nothing to read")


def _quality(page: RawPage, lines: Sequence[Line]) -> PageQuality:
    if not lines:
        return "empty"
    if page.sure < ocr.LEAST_SURE or _is_garbled(page):
        return "garbled"
    return "ocr" if page.ocr else "text"


def _is_garbled(page: RawPage) -> bool:
    return is_garbled(_prose(page))


def _is_doubtful(page: RawPage) -> bool:
    """Garbled, or with an older layer of OCR that has many odd words."""
    return _is_garbled(page) or (page.ocr and odd_share(_prose(page)) > DOUBTFUL)


def _prose(page: RawPage) -> str:
    lines = page.sheet.lines
    return " ".join(line.text for line in lines if not line.starts and not is_row(line))


def _page_warnings(raw: Sequence[RawPage], pages: Sequence[DraftPage]) -> Iterator[str]:
    drawn = {page.sheet.index for page in raw if page.drawn}
    empty = [page.index for page in pages if page.quality == "empty" and page.index in drawn]
    garbled = [page.index for page in pages if page.quality == "garbled"]
    scanned = [page.sheet.index for page in raw if page.ocr and page.sure < 100]
    if empty and ocr.version():
        yield f"no text on {_named(empty)} of {len(pages)}, also by OCR: blank, or a picture"
    elif empty:
        yield f"not read: {_named(empty)} of {len(pages)}, images without text; {ocr.HINT}"
    if garbled:
        remedy = "compare with the page" if ocr.version() else ocr.HINT
        yield f"the text of {_named(garbled)} is garbled and cannot be relied on; {remedy}"
    if scanned:
        yield (
            f"{_named(scanned)} of {len(pages)} read by OCR (Tesseract {ocr.version()}): "
            "words may be wrong, compare quotes with the page"
        )


def _named(pages: Sequence[int]) -> str:
    """`page 3`, or `pages 1-4, 7`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    names = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return ("page " if len(pages) == 1 else "pages ") + ", ".join(names)


def _title(stated: str, blocks: Sequence[DraftBlock]) -> str:
    """What the file states, else the headings of the largest type on the first pages."""
    if stated and not NO_TITLE.fullmatch(stated) and not is_masthead(stated):
        return stated
    heads = [
        (place, block)
        for place, block in enumerate(blocks[:60])
        if block.kind == "heading" and block.page <= 2 and not is_masthead(block.text)
    ]
    if not heads:
        return blocks[0].text[:120] if blocks else ""
    level = min(block.level for _, block in heads)
    place, first = next(head for head in heads if head[1].level == level)
    title = first.text
    for following in blocks[place + 1 : place + 4]:
        same = (following.kind, following.level) == ("heading", level)
        short = following.kind == "heading" and len(following.text) < NAME_CHARS
        country = bool(heading_countries(following.text))
        fits = same or short or (country and following.kind == "paragraph")
        if not fits or len(title) > 120 or is_masthead(following.text):
            break
        title += f"{': ' if country else ' '}{following.text}"
        if not same:
            break
    title = re.sub(r"\s*[*∗]\s(?=\w)", ": ", title)  # "Review* Kenya"
    return re.sub(r"\s*[*∗]", "", title).strip()
