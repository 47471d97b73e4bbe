"""E-books (EPUB): the chapters in the order of the book."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from catnlp.errors import InputError
from catnlp.extract.archive import read_members
from catnlp.extract.clean import clean
from catnlp.extract.dates import iso_date
from catnlp.extract.draft import Draft
from catnlp.extract.encoding import decode_html
from catnlp.extract.html import draft_of_html
from catnlp.extract.members import MOST_BYTES
from catnlp.extract.xml_parts import attribute, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CONTAINER = "META-INF/container.xml"
CHAPTERS = frozenset({"application/xhtml+xml", "text/html"})


def read_epub(path: Path) -> Iterator[Draft]:
    package, name = _package(path)
    stated = {local(node): clean(node.text or "") for node in package.iter() if node.text}
    chapters = _chapters(package, posixpath.dirname(name))
    files = read_members(path, names=tuple(chapters), max_bytes=MOST_BYTES)
    drafts = [draft_of_html(path, decode_html(files[c])) for c in chapters if c in files]
    yield Draft(
        blocks=tuple(block for draft in drafts for block in draft.blocks),
        title=stated.get("title", ""),
        publisher=stated.get("publisher", "") or stated.get("creator", ""),
        published=iso_date(stated.get("date", "")),
        language=stated.get("language", "").split("-")[0].lower(),
    ).warned(*(f"chapter {c} is missing in the file" for c in chapters if c not in files))


def _package(path: Path) -> tuple["Element", str]:
    """The file that lists the chapters, and its name."""
    container = read_members(path, names=(CONTAINER,), max_bytes=MOST_BYTES)
    root = parse(path, container[CONTAINER]) if CONTAINER in container else None
    files = [] if root is None else [n for n in root.iter() if local(n) == "rootfile"]
    name = attribute(files[0], "full-path") if files else ""
    found = read_members(path, names=(name,), max_bytes=MOST_BYTES) if name else {}
    if name not in found:
        raise InputError(f"{path}: an e-book without a list of its chapters; get it again")
    return parse(path, found[name]), name


def _chapters(package: "Element", folder: str) -> list[str]:
    places = {
        attribute(node, "id"): posixpath.normpath(
            posixpath.join(folder, unquote(attribute(node, "href")))
        )
        for node in package.iter()
        if local(node) == "item" and attribute(node, "media-type") in CHAPTERS
    }
    order = [attribute(node, "idref") for node in package.iter() if local(node) == "itemref"]
    return [places[identity] for identity in order if identity in places]
