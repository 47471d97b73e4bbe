"""What a reader finds in a file, before it is laid out as one text."""

from dataclasses import dataclass, field, replace

from catnlp.domain import Block, BlockKind, Page, PageQuality


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands on a page, in points from its top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block of clean text; `breaks` are the offsets in it where a further page begins."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    page: int = 0  # index of the page it begins on, from 1; 0 without pages
    breaks: tuple[tuple[int, int], ...] = ()  # (page index, offset in text)
    places: tuple[Place, ...] = ()  # more than one over columns and pages


@dataclass(frozen=True, slots=True)
class DraftPage:
    index: int
    label: str = ""
    quality: PageQuality = "text"


@dataclass(frozen=True, slots=True)
class Draft:
    """Blocks, and the metadata that the file itself states."""

    blocks: tuple[DraftBlock, ...]
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    pages: tuple[DraftPage, ...] = ()
    warnings: tuple[str, ...] = ()
    row: int | None = None  # number of the row in a table, from 1
    frame: tuple[Place, ...] = ()  # of running heads and feet
    margin: str = ""  # running heads and feet, which are no text but tell the publisher
    digest: str = ""  # id of a row; a file's is the hash of its bytes

    def warned(self, *warnings: str) -> "Draft":
        return replace(self, warnings=(*self.warnings, *warnings))


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a draft with the places of its blocks and pages."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = field(default=())


def lay_out(draft: Draft) -> Layout:
    """Joins the blocks by line breaks and counts the offsets."""
    blocks: list[Block] = []
    page_starts: dict[int, int] = {}
    offset = 0
    for block in draft.blocks:
        page_starts.setdefault(block.page, offset)
        for page, inner in block.breaks:
            page_starts.setdefault(page, offset + inner)
        end = offset + len(block.text)
        blocks.append(Block(offset, end, block.kind, block.level))
        offset = end + 1
    text = "\n".join(block.text for block in draft.blocks)
    return Layout(text, tuple(blocks), _pages(draft.pages, page_starts, len(text)))


def _pages(pages: tuple[DraftPage, ...], starts: dict[int, int], length: int) -> tuple[Page, ...]:
    """A page ends where the next begins; one without text is empty at that place."""
    placed: list[Page] = []
    following = length
    for page in reversed(pages):
        start = min(starts.get(page.index, following), following)
        placed.append(Page(page.index, start, following, page.label, page.quality))
        following = start
    if placed and placed[-1].start > 0:
        placed[-1] = replace(placed[-1], start=0)
    return tuple(reversed(placed))
