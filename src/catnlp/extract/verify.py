"""Quotes against the files they come from: each is looked up again at its place.

In a PDF a second reader looks too: ours would find again what it read wrongly.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from catnlp.domain import Document
from catnlp.errors import CatnlpError
from catnlp.extract.documents import extract
from catnlp.extract.quotes import Quote
from catnlp.extract.second_reader import SecondReader, UnreadPage
from catnlp.extract.sniff import PDF

NOT_FOUND = "not in the file"


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a quote stands where it is said to; `problem` says what is wrong.

    `note` says what could not be checked.
    """

    quote: Quote
    problem: str = ""
    note: str = ""


def verify(quotes: Iterable[Quote], folder: Path | None = None) -> Iterator[Finding]:
    """A finding for each quote, by file; `folder` is where the files lie now."""
    for uri, group in groupby(sorted(quotes, key=_file_of), key=_file_of):
        wanted = list(group)
        path = _located(uri, folder)
        try:
            documents = list(extract(path, uri))
        except CatnlpError as error:
            reason = str(error).removeprefix(f"{path}: ")
            yield from (Finding(quote, f"file not read: {reason}") for quote in wanted)
            continue
        findings = [Finding(quote, _problem(quote, documents)) for quote in wanted]
        if [d.media_type for d in documents if d.uri == uri] == [PDF]:
            findings = list(_read_twice(findings, documents[0], path))
        yield from findings


def _read_twice(findings: Iterable[Finding], document: Document, path: Path) -> Iterator[Finding]:
    """With what a second reader does not find; pages of OCR have no text for it."""
    readable = {page.index for page in document.pages if page.quality == "text"}
    with SecondReader(path) as reader:
        for finding in findings:
            page = finding.quote.page
            if page and page in readable and finding.problem in ("", NOT_FOUND):
                yield _with_second(finding, reader, page)
            else:
                yield finding


def _with_second(finding: Finding, reader: SecondReader, page: int) -> Finding:
    try:
        missing = reader.missing(finding.quote.quote, page)
    except UnreadPage as error:
        return replace(finding, note=f"page {page} not read by a second reader: {error}")
    if not missing:
        return finding
    words = ", ".join(missing)
    second = f"a second reader (pdfplumber) does not find these words on page {page}: {words}"
    return replace(finding, problem="; ".join(filter(None, [finding.problem, second])))


def _problem(quote: Quote, documents: list[Document]) -> str:
    same = [d for d in documents if d.id == quote.document_id]
    changed = bool(quote.document_id) and not same
    named = [d for d in documents if d.uri == quote.uri]
    places = [(d, place) for d in same or named or documents for place in _places(quote, d)]
    note = "; the file is not the one that was read (its hash differs)" if changed else ""
    if not places:
        return f"{NOT_FOUND}{note}"
    if changed:
        return f"in the file{note}"
    if any(place == quote.start for _, place in places):
        return ""
    pages = [page for document, place in places for page in _pages(document, place, quote)]
    if quote.page is not None and quote.page not in pages:
        return f"not on page {quote.page}, but on page {', '.join(map(str, sorted(set(pages))))}"
    return ""


def _places(quote: Quote, document: Document) -> Iterator[int]:
    place = document.text.find(quote.quote)
    while place >= 0:
        yield place
        place = document.text.find(quote.quote, place + 1)


def _pages(document: Document, place: int, quote: Quote) -> list[int]:
    end = place + len(quote.quote)
    return [page.index for page in document.pages if page.start < end and place < page.end]


def _file_of(quote: Quote) -> str:
    """The file of a uri, without the row or the part of it."""
    return re.split(r"#(?:row|member)=", quote.uri, maxsplit=1)[0]


def _located(uri: str, folder: Path | None) -> Path:
    """The file as named, else by its path or its name alone under the folder."""
    path = Path(uri)
    if folder is None:
        return path
    for tail in (path.parts[n:] for n in range(1 if path.is_absolute() else 0, len(path.parts))):
        if folder.joinpath(*tail).is_file():
            return folder.joinpath(*tail)
    return folder / path.name
