"""HTML elements -> blocks, in the order in which they stand."""

import re
from typing import TYPE_CHECKING

from catnlp.domain import BlockKind
from catnlp.extract.clean import clean, superscript
from catnlp.extract.draft import DraftBlock

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

HEADINGS = {f"h{level}": level for level in range(1, 7)}
EMPHASIS_LEVEL = 7  # a bold paragraph, or bold words that begin one, under any h1 to h6
EMPHASIS = frozenset({"b", "strong", "u", "em", "i"})
STRONG = frozenset({"b", "strong", "u"})
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output "
    "q rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE.split())
_SILENT = (
    "script style noscript template svg math head title meta link iframe object embed audio video "
    "img input textarea select button -comment"
)
SILENT = frozenset(_SILENT.split())
BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, section, article, blockquote, pre, dl, li"
BREAK = "\x1e"  # stands for <br>; white space, so that `clean` takes it away
PARAGRAPH_BREAK = re.compile(rf"{BREAK}\s*{BREAK}")
HEADING_CHARS = 160
RUN_IN_CHARS = 100


def mark_breaks(root: "LexborNode") -> None:
    """Makes line breaks and footnote marks survive in the text of the nodes."""
    for node in root.css("br"):
        node.insert_before(BREAK)
    for node in root.css("sup"):
        digits = (node.text() or "").strip()
        if digits.isascii() and digits.isdigit():
            node.replace_with(superscript(digits))


class Walker:
    """Collects the blocks under one element; `levels` and `label` are of the site."""

    def __init__(
        self, *, levels: dict[str, int] | None = None, label: str = "", notes: re.Pattern[str]
    ) -> None:
        self.blocks: list[DraftBlock] = []
        self._run: list[str] = []
        self._levels = levels or {}
        self._label = label
        self._held = ""
        self._notes = notes

    def walk(self, node: "LexborNode", kind: BlockKind = "paragraph") -> None:
        for child in node.iter(include_text=True):
            self._take(child, kind)
        self._flush(kind)

    def _take(self, node: "LexborNode", kind: BlockKind) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._run.append(node.text() or "")
        elif tag in SILENT:
            return
        elif tag in INLINE and node.css_first(BLOCKS) is None:
            self._run.append(node.text() or "")
        elif tag == "br":
            self._run.append(BREAK)
        else:
            self._flush(kind)
            self._take_block(node, tag, kind)

    def _take_block(self, node: "LexborNode", tag: str, kind: BlockKind) -> None:
        classes = node.attributes.get("class") or ""
        if self._label and self._label in classes.split():
            self._held = clean(node.text() or "")
        elif tag in HEADINGS:
            self._heading(node, tag, classes)
        elif tag == "p":
            self._paragraph(node, kind)
        elif tag in ("li", "dd", "dt"):
            self.walk(node, "note" if kind == "note" else "list-item")
        elif tag == "table":
            self._table(node, kind)
        elif tag == "pre":
            self._emit(node.text() or "", kind)
        else:
            name = f"{classes} {node.attributes.get('id') or ''}"
            self.walk(node, "note" if self._notes.search(name) else kind)

    def _heading(self, node: "LexborNode", tag: str, classes: str) -> None:
        level = next(
            (self._levels[name] for name in classes.split() if name in self._levels), HEADINGS[tag]
        )
        text = clean(f"{self._held} {node.text() or ''}")
        self._held = ""
        if text:
            self.blocks.append(DraftBlock(text, "heading", level))

    def _paragraph(self, node: "LexborNode", kind: BlockKind) -> None:
        text = node.text() or ""
        first = node.child
        while first is not None and first.tag == "-text" and not (first.text() or "").strip():
            first = first.next
        if kind == "paragraph" and first is not None and first.tag in EMPHASIS:
            lead, plain_from = _emphasised(first)
            if self._lead(lead, text, plain_from):
                return
        self._emit(text, kind)

    def _lead(self, lead: str, text: str, strong: bool) -> bool:
        """Whether the emphasised first words are a heading, which is then taken."""
        heading, whole = clean(lead), clean(text)
        rest = whole[len(heading) :].lstrip() if whole.startswith(heading) else None
        if not heading or rest is None or PARAGRAPH_BREAK.search(text):
            return False
        if rest[:1] == ":" and not heading.endswith(":"):
            heading, rest = heading + ":", rest[1:].lstrip()
        if not rest.strip(" .:"):
            heading += rest.strip()
            if not strong or len(heading) > HEADING_CHARS or heading.endswith(tuple(".,;!?")):
                return False
            self.blocks.append(DraftBlock(heading, "heading", EMPHASIS_LEVEL))
            return True
        line = BREAK in lead[len(lead.rstrip()) :] and not heading.endswith(tuple(",;!?"))
        ends = heading.endswith(":") or (
            strong and (heading.endswith(".") or line) and rest[0].isupper()
        )
        if not ends or len(heading) > RUN_IN_CHARS or not heading[0].isupper():
            return False
        self.blocks.append(DraftBlock(heading, "heading", EMPHASIS_LEVEL))
        self.blocks.append(DraftBlock(rest))
        return True

    def _table(self, node: "LexborNode", kind: BlockKind) -> None:
        if _is_layout(node):
            self.walk(node, kind)
            return
        caption = node.css_first("caption")
        if caption is not None:
            self._emit(caption.text() or "", kind)
        for row in node.css("tr"):
            cells = [
                clean((cell.text() or "").replace(BREAK, " "))
                for cell in row.iter()
                if cell.tag in ("td", "th")
            ]
            if any(cells):
                self.blocks.append(DraftBlock(" | ".join(filter(None, cells)), "table-row"))

    def _flush(self, kind: BlockKind) -> None:
        if self._run:
            text = "".join(self._run)
            self._run.clear()
            self._emit(text, kind)

    def _emit(self, text: str, kind: BlockKind) -> None:
        for part in PARAGRAPH_BREAK.split(text) if BREAK in text else (text,):
            whole = clean(part)
            if whole:
                self.blocks.append(DraftBlock(whole, kind))


def _is_layout(table: "LexborNode") -> bool:
    """A table with headings, tables or running text in its cells. A selector finds the table
    itself too."""
    inner = (found.mem_id != table.mem_id for found in table.css("table, h1, h2, h3, h4"))
    return any(inner) or len(table.css("td p + p")) > 2


def _emphasised(node: "LexborNode | None") -> tuple[str, bool]:
    """The text of the emphasised elements that follow each other, and whether all are strong."""
    parts: list[str] = []
    strong = True
    while node is not None:
        text = node.text() or ""
        if node.tag in EMPHASIS:
            strong = strong and (node.tag in STRONG or node.css_first("b, strong, u") is not None)
        elif text.strip():
            break
        parts.append(text)
        node = node.next
    return "".join(parts), strong
