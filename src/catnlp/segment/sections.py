"""Document -> outline: headings with all that stands under them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from catnlp.domain import Block, Document, Section
from catnlp.segment.numbering import UNNUMBERED_TOP, as_roman, read_number

NUMBERED_RANKS = {"section": 1, "letter": 2, "bracket": 3}
LAST_TAG = 6  # deeper levels are bold text that stands for a heading
UNNUMBERED_RANK = 10  # plus the level of the tag: under every numbered heading


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its rank: a heading closes all before it of the same or a higher rank."""

    start: int
    text: str
    rank: int


def sections(document: Document) -> tuple[Section, ...]:
    """Every heading's section, to the next heading of the same or a higher level."""
    headings = _ranked(document)
    ends = _ends(headings, len(document.text))
    path: list[Heading] = []
    outline = []
    for heading, end in zip(headings, ends, strict=True):
        while path and path[-1].rank >= heading.rank:
            path.pop()
        path.append(heading)
        outline.append(Section(heading.start, end, tuple(above.text for above in path)))
    return tuple(outline)


class SectionPaths:
    """Looks up paths by offset, quickest where the offsets are asked for in order."""

    def __init__(self, outline: tuple[Section, ...]) -> None:
        self._outline = outline
        self._starts = [section.start for section in outline]
        self._last = 0

    def at(self, offset: int) -> tuple[str, ...]:
        """Headings above the offset, from the highest; empty before the first heading."""
        last = self._last
        if not self._starts or offset < self._starts[0]:
            return ()
        inside = self._starts[last] <= offset
        if not inside or (last + 1 < len(self._starts) and offset >= self._starts[last + 1]):
            self._last = last = bisect_right(self._starts, offset) - 1
        return self._outline[last].path


def section_path_at(outline: tuple[Section, ...], offset: int) -> tuple[str, ...]:
    """The path at one offset; for many, keep a `SectionPaths`."""
    place = bisect_right(outline, offset, key=lambda section: section.start) - 1
    return outline[place].path if place >= 0 else ()


def heading_text(text: str) -> str:
    """A heading as a step of a path: without the colon that leads over to the text."""
    return text.rstrip(" :").strip()


def _ends(headings: list[Heading], length: int) -> list[int]:
    """The end of a section is the start of the first heading behind it that closes it."""
    ends = [length] * len(headings)
    open_sections: list[int] = []
    for index, heading in enumerate(headings):
        while open_sections and headings[open_sections[-1]].rank >= heading.rank:
            ends[open_sections.pop()] = heading.start
        open_sections.append(index)
    return ends


def _ranked(document: Document) -> list[Heading]:
    found = [(block, document.text[block.start : block.end]) for block in _headings(document)]
    if document.genre == "country-report":
        ranks = _ranks_by_number(found)
    elif document.pages:
        ranks = _ranks_by_style(found)
    else:
        ranks = [block.level for block, _ in found]
    return [
        Heading(block.start, heading_text(text), rank)
        for (block, text), rank in zip(found, ranks, strict=True)
        if heading_text(text)
    ]


def _headings(document: Document) -> Iterator[Block]:
    """All headings but the title of the document."""
    title = _folded(document.title)
    for number, block in enumerate(document.blocks):
        if block.kind != "heading":
            continue
        text = _folded(document.text[block.start : block.end])
        if number < 8 and text and (text == title or (number == 0 and title.endswith(text))):
            continue
        yield block


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _ranks_by_number(found: list[tuple[Block, str]]) -> list[int]:
    """Country reports: `Section 1.` over `a.` over what has no number, whatever the tags."""
    numbered = [_outline_rank(text) for _, text in found]
    sections_at = [
        block.level for (block, _), rank in zip(found, numbered, strict=True) if rank == 1
    ]
    letters_at = [
        block.level for (block, _), rank in zip(found, numbered, strict=True) if rank == 2
    ]
    top_level = min(sections_at, default=0)
    # Tags tell `a.` from what stands under it only where there are tags between it and bold text.
    letter_level = max(letters_at, default=0)
    tags_agree = any(letter_level < block.level <= LAST_TAG for block, _ in found)
    ranks = []
    for (block, text), rank in zip(found, numbered, strict=True):
        if rank:
            ranks.append(rank)
        elif block.level < top_level or UNNUMBERED_TOP.match(text):
            ranks.append(1)
        elif tags_agree and block.level == letter_level:
            ranks.append(2)
        else:
            ranks.append(UNNUMBERED_RANK + block.level)
    return ranks


def _outline_rank(text: str) -> int:
    """1 for `Section 1.`, 2 for `a.` or `A.`, 3 for `1)`, 0 without such a number."""
    number = read_number(text)
    if number is None:
        return 0
    if number.style in ("capital", "roman") and len(number.label) == 1:
        return NUMBERED_RANKS["letter"]
    return NUMBERED_RANKS.get(number.style, 0)


def _ranks_by_style(found: list[tuple[Block, str]]) -> list[int]:
    """Paged documents: a style of number ranks where it first stands, the rest by its level."""
    ranks: list[int] = []
    order: list[str] = []
    capital = ""
    for block, text in found:
        number = read_number(text)
        if number is None:
            ranks.append(2 * block.level)
            continue
        number = as_roman(number, capital)
        capital = number.label if number.style == "capital" else capital
        style = number.style if number.style != "decimal" else f"decimal{number.label.count('.')}"
        if style not in order:
            order.append(style)
        ranks.append(2 * block.level + (1 if order.index(style) else 0))
    return ranks
