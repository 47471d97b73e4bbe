"""Proves that quotes stand where pages and flags say: in the store, and in the sources."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from catnlp.domain import Document, Flag
from catnlp.errors import CatnlpError, InputError
from catnlp.store import Store


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote with the place where it is said to stand; `where` is the file that says it."""

    where: str
    document_id: str
    uri: str  # "" where the file does not say it
    start: int
    end: int
    quote: str
    page: int | None = None


def claims_of_flags(flags: Iterable[Flag]) -> Iterator[Claim]:
    for f in flags:
        yield Claim("the store", f.document_id, f.uri, f.start, f.end, f.quote, f.page)


def claims_of_file(path: Path) -> Iterator[Claim]:
    """The quotes of a country page (html, json) or of exported flags (jsonl)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        yield from _html(path, text)
    elif path.suffix in (".json", ".jsonl"):
        lines = text.splitlines() if path.suffix == ".jsonl" else [text]
        for line in lines:
            yield from _records(path, json.loads(line))
    else:
        raise InputError(f"{path}: give a country page (html, json) or flags (jsonl)")


def _html(path: Path, text: str) -> Iterator[Claim]:
    from selectolax.lexbor import LexborHTMLParser

    for article in LexborHTMLParser(text).css("article[data-document]"):
        held = article.attributes
        quote = article.css_first("blockquote")
        yield Claim(
            str(path), held["data-document"] or "", "", int(held["data-start"] or 0),
            int(held["data-end"] or 0), quote.text() if quote else "",
        )  # fmt: skip


def _records(path: Path, value: Any) -> Iterator[Claim]:
    """Every object that has a quote, a document and a place, however deep it stands."""
    if isinstance(value, list):
        for held in value:
            yield from _records(path, held)
    elif isinstance(value, dict):
        if {"quote", "document_id", "start", "end"} <= set(value):
            yield Claim(
                str(path), value["document_id"], value.get("uri", ""), value["start"],
                value["end"], value["quote"], value.get("page"),
            )  # fmt: skip
        for held in value.values():
            yield from _records(path, held)


def wrong(store: Store, claims: Iterable[Claim], *, sources: bool) -> Iterator[tuple[Claim, str]]:
    """The claims that do not hold, with the reason. With `sources` the files are read again."""
    text_of = lru_cache(maxsize=16)(store.text)
    read = lru_cache(maxsize=16)(_read)
    for claim in claims:
        try:
            reason = _in_text(claim, text_of(claim.document_id))
            if not reason and sources:
                uri = claim.uri or store.uri(claim.document_id)
                reason = _in_source(claim, read(uri, claim.document_id))
        except (CatnlpError, OSError) as error:
            reason = str(error)
        if reason:
            yield claim, reason


def _in_text(claim: Claim, text: str) -> str:
    found = text[claim.start : claim.end]
    return "" if found == claim.quote else f"at {claim.start} stands {found[:80]!r}"


def _in_source(claim: Claim, document: Document | None) -> str:
    if document is None:
        return "the file has changed since it was read"
    reason = _in_text(claim, document.text)
    pages = [p.index for p in document.pages if p.start <= claim.start < p.end]
    if not reason and claim.page is not None and pages != [claim.page]:
        return f"stands on page {pages}, not on {claim.page}"
    return reason


def _read(uri: str, document_id: str) -> Document | None:
    """The document of that content in the file, read anew."""
    from catnlp.extract import extract

    path = Path(uri.split("#row=")[0])
    return next((d for d in extract(path, str(path)) if d.id == document_id), None)
