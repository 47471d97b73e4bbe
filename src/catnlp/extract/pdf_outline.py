"""Bookmarks of a PDF: they tell headings that their type does not show."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from statistics import median_low
from typing import Any

from catnlp.extract.draft import DraftBlock

MOST = 2000  # bookmarks
FEWEST_LETTERS = 4
LOWEST = 7  # level of a heading


@dataclass(frozen=True, slots=True)
class Bookmark:
    """The letters and digits of a title, the page it leads to, and how deep it stands (from 0)."""

    key: str
    page: int
    depth: int


def read_outline(document: Any) -> tuple[Bookmark, ...]:
    """The bookmarks; none where they are broken."""
    import pypdfium2

    try:
        return tuple(_bookmarks(islice(document.get_toc(), MOST)))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ()


def _bookmarks(outline: Iterator[Any]) -> Iterator[Bookmark]:
    for entry in outline:
        target = entry.get_dest()
        page = target.get_index() if target else None
        key = _key(entry.get_title())
        if page is not None and len(key) >= FEWEST_LETTERS:
            yield Bookmark(key, page + 1, entry.level)


def with_outline(
    blocks: Sequence[DraftBlock], outline: Sequence[Bookmark]
) -> tuple[DraftBlock, ...]:
    """The blocks, with paragraphs that are the title of a bookmark of their page as headings.

    Their level is that of the headings which stand as deep among the bookmarks.
    """
    depths = {(mark.key, mark.page): mark.depth for mark in outline}
    levels: dict[int, list[int]] = defaultdict(list)
    for block in blocks:
        depth = depths.get((_key(block.text), block.page))
        if depth is not None and block.kind == "heading":
            levels[depth].append(block.level)
    return tuple(
        _headed(block, depths.get((_key(block.text), block.page)), levels) for block in blocks
    )


def _headed(block: DraftBlock, depth: int | None, levels: dict[int, list[int]]) -> DraftBlock:
    if depth is None or block.kind not in ("paragraph", "list-item"):
        return block
    level = median_low(levels[depth]) if levels[depth] else min(depth + 1, LOWEST)
    return replace(block, kind="heading", level=level)


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()
