"""PDF: paragraphs with their pages, without running heads and page numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catnlp.domain import PageQuality
from catnlp.errors import InputError
from catnlp.extract.clean import clean
from catnlp.extract.draft import Draft, DraftBlock, DraftPage
from catnlp.extract.metadata import is_masthead
from catnlp.extract.pdf_furniture import Sheet, strip_furniture
from catnlp.extract.pdf_lines import Line, PageText
from catnlp.extract.pdf_paragraphs import build_blocks
from catnlp.extract.pdf_quality import is_garbled, is_ocr
from catnlp.extract.pdf_style import Styles, is_row
from catnlp.extract.pdf_tables import with_tables
from catnlp.extract.pdf_unruled import with_unruled

NAME_CHARS = 40  # a short heading under the title, such as the name of a country
PASSWORD_ERROR = 4
OCR_HINT = "run OCR first (for instance: ocrmypdf IN.pdf OUT.pdf)"
NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|pdf|indd|qxd|wpd|rtf|pmd)|"
    r"(?:slide|page|layout|print|document|report)\s*\d*|\S+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page before anything is taken away."""

    sheet: Sheet
    ocr: bool
    has_image: bool


def read_pdf(path: Path) -> Iterator[Draft]:
    document = _open(path)
    try:
        title = clean(document.get_metadata_dict().get("Title", ""))
        raw = [_read_page(path, document, number) for number in range(len(document))]
    finally:
        document.close()
    stripped = strip_furniture([page.sheet for page in raw])
    pages, labels = stripped.pages, stripped.labels
    if not any(pages):
        _refuse(path, raw)
    styles = Styles(pages)
    blocks = tuple(build_blocks(pages, [page.sheet.height for page in raw], styles))
    draft_pages = tuple(
        DraftPage(page.sheet.index, labels.get(page.sheet.index, ""), _quality(page, lines))
        for page, lines in zip(raw, pages, strict=True)
    )
    yield Draft(
        blocks=blocks,
        title=_title(title, blocks),
        pages=draft_pages,
        margin=stripped.margin,
        warnings=tuple(_page_warnings(draft_pages)),
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


def _read_page(path: Path, document: Any, number: int) -> RawPage:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return RawPage(Sheet(number + 1, 0.0, ()), ocr=False, has_image=False)
    try:
        text = PageText(page, number + 1)
        lines = text.lines()
        found = with_unruled(text, with_tables(page, text, lines)) if lines else []
        ocr, has_image = is_ocr(page)
        return RawPage(Sheet(number + 1, text.height, tuple(found)), ocr, has_image)
    finally:
        page.close()


def _refuse(path: Path, raw: Sequence[RawPage]) -> None:
    images = sum(page.has_image for page in raw)
    if images:
        raise InputError(f"{path}: no text layer: {images} pages are images; {OCR_HINT}")
    raise InputError(f"{path}: {len(raw)} pages without any text; nothing to read")


def _quality(page: RawPage, lines: Sequence[Line]) -> PageQuality:
    if not lines:
        return "empty"
    if is_garbled(" ".join(line.text for line in lines if not line.starts and not is_row(line))):
        return "garbled"
    return "ocr" if page.ocr else "text"


def _page_warnings(pages: Sequence[DraftPage]) -> Iterator[str]:
    empty = [page.index for page in pages if page.quality == "empty"]
    garbled = [page.index for page in pages if page.quality == "garbled"]
    if empty:
        yield f"no text on {_named(empty)} of {len(pages)}: blank, or an image; {OCR_HINT}"
    if garbled:
        yield f"the text of {_named(garbled)} is garbled; {OCR_HINT.replace('run OCR', 'redo OCR')}"


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
    if stated and not NO_TITLE.fullmatch(stated):
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
        if not (same or short) or len(title) > 120 or is_masthead(following.text):
            break
        title += f" {following.text}"
        if not same:
            break
    return re.sub(r"\s*[*∗]", "", title).strip()
