"""DOCX: headings by style, tables as rows, notes, text boxes, accepted insertions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from catnlp.domain import BlockKind
from catnlp.errors import InputError
from catnlp.extract.archive import read_members
from catnlp.extract.clean import clean, superscript
from catnlp.extract.docx_dates import created_date
from catnlp.extract.docx_numbering import Numbering, read_numbering
from catnlp.extract.draft import Draft, DraftBlock
from catnlp.extract.xml_parts import attribute, child, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

T = TypeVar("T")
MAX_UNPACKED = 512_000_000
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
FOOTNOTES, ENDNOTES, PROPERTIES = "word/footnotes.xml", "word/endnotes.xml", "docProps/core.xml"
NUMBERING = "word/numbering.xml"
MEMBERS = (DOCUMENT, STYLES, FOOTNOTES, ENDNOTES, PROPERTIES, NUMBERING)
HEADING_STYLE = re.compile(r"heading\s*(\d)", re.I)
SILENT = frozenset({"del", "moveFrom", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "Fallback"})
WRAPPERS = frozenset(
    {"AlternateContent", "Choice", "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
)
BREAKS = frozenset({"br", "cr", "tab", "noBreakHyphen", "sym"})


@dataclass(frozen=True, slots=True)
class Styles:
    """Heading levels and list styles, by style id."""

    levels: Mapping[str, int]
    titles: frozenset[str]
    lists: frozenset[str]
    numbers: Mapping[str, "Element"] = field(default_factory=dict)  # numPr of a style


@dataclass(slots=True)
class Collector:
    """Walks the body; text boxes stand after the paragraph that holds them."""

    styles: Styles
    numbering: Numbering = field(default_factory=Numbering)
    blocks: list[DraftBlock] = field(default_factory=list)
    title: str = ""
    notes: dict[tuple[str, str], int] = field(default_factory=dict)  # numbers by kind and id
    _boxes: list["Element"] = field(default_factory=list)
    _held: str = ""  # of paragraphs whose end was deleted

    def walk(self, parent: "Element", kind: BlockKind = "paragraph") -> None:
        for node in parent:
            name = local(node)
            if name == "p":
                self._paragraph(node, kind)
            elif name == "tbl":
                self._table(node)
            elif name in WRAPPERS:
                self.walk(node, kind)
        held, self._held = clean(self._held), ""
        if held:
            self.blocks.append(DraftBlock(held, kind))
            self._walk_boxes(kind)

    def _paragraph(self, node: "Element", kind: BlockKind) -> None:
        raw = self._held + self._text(node)
        if is_deleted(child(child(node, "pPr"), "rPr")):
            self._held = raw
            return
        self._held, text = "", clean(raw)
        if text:
            self.blocks.append(self._block(node, text, kind))
        self._walk_boxes(kind)

    def _walk_boxes(self, kind: BlockKind) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.walk(box, kind)

    def _block(self, node: "Element", text: str, kind: BlockKind) -> DraftBlock:
        properties = child(node, "pPr")
        style = value(child(properties, "pStyle"))
        outline = value(child(properties, "outlineLvl"))
        level = self.styles.levels.get(style, 0)
        if outline.isdigit() and int(outline) < 9:
            level = int(outline) + 1
        text = self._numbered(child(properties, "numPr"), style, text)
        if style in self.styles.titles and not self.title:
            self.title = text
            return DraftBlock(text, "heading", 1)
        if level and kind == "paragraph" and len(text) < 300:
            return DraftBlock(text, "heading", level)
        listed = child(properties, "numPr") is not None or style in self.styles.lists
        return DraftBlock(text, "list-item" if listed and kind == "paragraph" else kind)

    def _numbered(self, number: "Element | None", style: str, text: str) -> str:
        """The text behind the number that Word shows before it."""
        own = number if child(number, "numId") is not None else None
        stated = own if own is not None else self.styles.numbers.get(style)
        level = value(child(number, "ilvl")) or value(child(stated, "ilvl")) or "0"
        identity = value(child(stated, "numId"))
        label = self.numbering.next(identity, int(level)) if level.isdecimal() else ""
        return f"{label} {text}" if label else text

    def _table(self, table: "Element") -> None:
        for row in descend(table, "tr", "tbl"):
            if is_deleted(child(row, "trPr")):
                continue
            cells = [self._cell(cell) for cell in descend(row, "tc", "tbl")]
            if any(cells):
                self.blocks.append(DraftBlock(" | ".join(filter(None, cells)), "table-row"))

    def _cell(self, cell: "Element") -> str:
        """The text of a cell, of a table in it as well."""
        parts = [clean(self._text(node)) for node in descend(cell, "p")]
        boxes, self._boxes = self._boxes, []
        return " ".join(filter(None, [*parts, *map(self._cell, boxes)]))

    def _text(self, node: "Element") -> str:
        return "".join(self._pieces(node))

    def _pieces(self, parent: "Element") -> Iterator[str]:
        for node in parent:
            name = local(node)
            if name in ("t", "delText"):
                yield (node.text or "") if name == "t" else ""
            elif name in SILENT or name == "p":
                continue
            elif name == "txbxContent":
                self._boxes.append(node)
            elif name == "noBreakHyphen":
                yield "-"
            elif name in BREAKS:
                yield " "
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._mark(name.removesuffix("Reference"), attribute(node, "id"))
            elif name not in ("instrText", "annotationRef"):
                yield from self._pieces(node)

    def _mark(self, kind: str, identity: str) -> str:
        """Notes are numbered in the order of their marks, as Word does; an id is no number."""
        first = sum(k == kind for k, _ in self.notes) + 1
        return superscript(str(self.notes.setdefault((kind, identity), first)))


def read_docx(path: Path) -> Iterator[Draft]:
    members = read_members(path, names=MEMBERS, max_bytes=MAX_UNPACKED)
    if DOCUMENT not in members:
        raise InputError(f"{path}: a DOCX without its text part; save it again in Word")
    body = child(parse(path, members[DOCUMENT]), "body")
    if body is None:
        raise InputError(f"{path}: a DOCX without a body; save it again in Word")
    collector = Collector(
        read_styles(path, members.get(STYLES)), read_numbering(path, members.get(NUMBERING))
    )
    collector.walk(body)
    for part in (FOOTNOTES, ENDNOTES):
        if part in members:
            _take_notes(collector, parse(path, members[part]))
    properties = members.get(PROPERTIES)
    stated = read_properties(path, properties) if properties else {}
    yield Draft(
        blocks=tuple(collector.blocks),
        title=collector.title or stated.get("title", ""),
        published=created_date(stated.get("created", ""), collector.title)
        if collector.title
        else "",
        language=stated.get("language", "").split("-")[0].lower(),
    )


def _take_notes(collector: Collector, notes: "Element") -> None:
    """Notes at the end, each with its mark; one whose mark was deleted is gone with it."""
    marked = {(local(note), attribute(note, "id")): note for note in notes}
    for key, number in list(collector.notes.items()):
        if key not in marked:
            continue
        first = len(collector.blocks)
        collector.walk(marked[key], "note")
        if len(collector.blocks) > first:
            text = f"{superscript(str(number))} {collector.blocks[first].text}"
            collector.blocks[first] = DraftBlock(text, "note")


def read_styles(path: Path, data: bytes | None) -> Styles:
    """Levels by the name of a style or its outline, also of the styles it is based on."""
    if data is None:
        return Styles({}, frozenset(), frozenset())
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    titles, lists = set(), set()
    numbers: dict[str, Element] = {}
    for style in parse(path, data):
        if local(style) != "style":
            continue
        identity, name = attribute(style, "styleId"), value(child(style, "name"))
        properties = child(style, "pPr")
        outline = value(child(properties, "outlineLvl"))
        heading = HEADING_STYLE.fullmatch(name)
        if heading:
            own[identity] = int(heading[1])
        elif outline.isdigit() and int(outline) < 9:
            own[identity] = int(outline) + 1
        if name.lower() == "title":
            titles.add(identity)
        if child(properties, "numPr") is not None or name.lower().startswith("list "):
            lists.add(identity)
        number = child(properties, "numPr")
        if number is not None:
            numbers[identity] = number
        based[identity] = value(child(style, "basedOn"))
    levels = {identity: _inherited(identity, own, based) or 0 for identity in based}
    found = {identity: level for identity, level in levels.items() if level}
    counted = {identity: _inherited(identity, numbers, based) for identity in based}
    return Styles(
        found,
        frozenset(titles),
        frozenset(lists - set(found)),
        {identity: node for identity, node in counted.items() if node is not None},
    )


def _inherited(identity: str, own: Mapping[str, T], based: Mapping[str, str]) -> T | None:
    """What a style says, or the style that it is based on."""
    seen: set[str] = set()
    while identity and identity not in seen:
        if identity in own:
            return own[identity]
        seen.add(identity)
        identity = based.get(identity, "")
    return None


def read_properties(path: Path, data: bytes) -> dict[str, str]:
    return {local(node): clean(node.text or "") for node in parse(path, data)}


def descend(node: "Element", name: str, *stops: str) -> Iterator["Element"]:
    """The nearest descendants of a name, not those inside a nested table."""
    for found in node:
        if local(found) == name:
            yield found
        elif local(found) not in stops and local(found) not in SILENT:
            yield from descend(found, name, *stops)


def is_deleted(properties: "Element | None") -> bool:
    """Whether a tracked change takes a row, or the end of a paragraph, away."""
    return child(properties, "del") is not None


def value(node: "Element | None") -> str:
    return attribute(node, "val") if node is not None else ""
