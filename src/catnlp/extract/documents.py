"""Drafts -> documents: ids, metadata, language, layout."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from catnlp.domain import Document
from catnlp.errors import InputError, SkippedInput
from catnlp.extract import sniff
from catnlp.extract.containers import CONTAINERS, Within, contained
from catnlp.extract.draft import Draft, lay_out
from catnlp.extract.names import printable

MAX_BYTES = 512_000_000
CHUNK = 1 << 20
TITLE_CHARS = 120
MOST_FOREIGN = 0.75  # of the text; above it the document is left out
SHOWN = 40  # characters of what is left out
VERSION = 4  # of the readers; raised when the same file would give another text


def extract(
    path: Path,
    uri: str | None = None,
    *,
    max_bytes: int = MAX_BYTES,
    within: Within = Within(),  # noqa: B008 - a frozen record
) -> Iterator[Document]:
    """One document for most files, one for each article of a table or member of an archive.

    InputError says why a file cannot be read, SkippedInput why it is left out.
    """
    from catnlp.extract.readers import reader_for

    _check_file(path, max_bytes)
    media_type = sniff.sniff(path)
    uri = printable(uri or str(path))
    if media_type in CONTAINERS:
        yield from contained(path, uri, media_type, within)
        return
    drafts = reader_for(path, media_type)(path)
    yield from _documents(path, uri, media_type, drafts)


def _documents(
    path: Path, uri: str, media_type: str, drafts: Iterator[Draft]
) -> Iterator[Document]:
    """A row that is not English is a warning on the row before it, or on the next."""
    held: Document | None = None
    skipped: list[str] = []
    last: SkippedInput | None = None
    for draft in drafts:
        try:
            document = _document(path, uri, media_type, draft)
        except SkippedInput as error:
            if draft.row is None:
                raise
            skipped.append(f"row {draft.row} left out: {error}")
            last = error
            continue
        if held is not None:
            yield _warned(held, skipped)
            skipped = []
        held = document
    if held is not None:
        yield _warned(held, skipped)
    elif last is not None:
        raise SkippedInput(f"{path}: no row in English: {skipped[0]}") from last


def _document(path: Path, uri: str, media_type: str, draft: Draft) -> Document:
    from catnlp.extract.metadata import read_metadata

    draft = replace(draft, blocks=tuple(block for block in draft.blocks if block.text))
    if not draft.blocks:
        raise InputError(f"{path}: no text in it ({media_type}); give a file with text")
    draft = _without_foreign_parts(path, draft)
    language, warnings = _language(path, draft)
    layout = lay_out(draft)
    metadata = read_metadata(draft, media_type)
    return Document(
        id=draft.digest or _digest(path),
        uri=uri if draft.row is None else f"{uri}#row={draft.row}",
        media_type=media_type,
        reader=f"{sniff.SHORT_NAMES[media_type]} {VERSION}",
        title=printable(_title(draft, path)),
        text=layout.text,
        blocks=layout.blocks,
        pages=layout.pages,
        publisher=metadata.publisher,
        genre=metadata.genre,
        published=metadata.published,
        language=language,
        url=printable(draft.url),
        subject_countries=metadata.subject_countries,
        warnings=(*draft.warnings, *warnings, *_misnamed(path, media_type)),
    )


def _misnamed(path: Path, media_type: str) -> tuple[str, ...]:
    expected = sniff.SUFFIXES.get(path.suffix.lower())
    if expected is None or media_type in expected:
        return ()
    return (
        f"named {path.suffix}, but its content is {sniff.SHORT_NAMES[media_type]}; read as that",
    )


def _title(draft: Draft, path: Path) -> str:
    """What the file says, else a short first block, else the name of the file."""
    first = draft.blocks[0].text
    if len(draft.title) > 2:
        return draft.title
    return first if len(first) < TITLE_CHARS and draft.row is None else path.stem


def _without_foreign_parts(path: Path, draft: Draft) -> Draft:
    """Long parts in other languages are named and left out: only English is analysed."""
    from catnlp.extract.language import foreign_parts, language_name

    parts = list(foreign_parts(draft.blocks))
    if not parts:
        return draft
    if sum(p.chars for p in parts) > MOST_FOREIGN * sum(len(b.text) for b in draft.blocks):
        names = dict.fromkeys(language_name(part.language) for part in parts)
        raise SkippedInput(_not_english(path, draft, ", ".join(names)))
    gone = {place for part in parts for place in range(part.first, part.last + 1)}
    kept = tuple(block for place, block in enumerate(draft.blocks) if place not in gone)
    named = (
        f"{_place(draft, part.first, part.last)} left out, written in "
        f"{language_name(part.language)} (“{draft.blocks[part.first].text[:SHOWN]} …”); "
        "only English is analysed"
        for part in parts
    )
    return replace(draft, blocks=kept).warned(*named)


def _place(draft: Draft, first: int, last: int) -> str:
    """`pages 3 to 5`, or `paragraphs 20 to 31` where there are no pages."""
    start, end = draft.blocks[first].page, draft.blocks[last].page
    what = "page" if start else "paragraph"
    start, end = (start, end) if start else (first + 1, last + 1)
    return f"{what} {start}" if start == end else f"{what}s {start} to {end}"


def _not_english(path: Path, draft: Draft, names: str) -> str:
    what = f"{path}: written in {names}" if draft.row is None else f"written in {names}"
    return f"{what}; only English is analysed; give an English version"


def _language(path: Path, draft: Draft) -> tuple[str, tuple[str, ...]]:
    """English where most samples are, with a warning for the others."""
    from catnlp.extract.language import detect_languages, language_name

    found = detect_languages(draft.blocks)
    foreign = [language for language in found if language != "en"]
    if not foreign:
        return "en", ()
    names = ", ".join(language_name(code) for code in dict.fromkeys(foreign))
    if len(foreign) * 2 > len(found):
        raise SkippedInput(_not_english(path, draft, names))
    return "en", (f"parts of the text are in {names}; only English is analysed",)


def _warned(document: Document, warnings: list[str]) -> Document:
    return replace(document, warnings=(*document.warnings, *warnings)) if warnings else document


def _check_file(path: Path, max_bytes: int) -> None:
    if not path.is_file():
        found = "a folder" if path.is_dir() else "no such file"
        raise InputError(f"{path}: {found}; give a file")
    size = path.stat().st_size
    if size > max_bytes:
        raise InputError(
            f"{path}: {size / 1e6:.0f} MB, more than the limit of {max_bytes / 1e6:.0f} MB; "
            "split the file or raise the limit"
        )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
