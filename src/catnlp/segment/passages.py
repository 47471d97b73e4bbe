"""Document -> passages: runs of blocks under one heading, the unit that is read at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from catnlp.domain import Block, Document, Section

PASSAGE_CHARS = 2000  # a passage ends with the block that passes this length


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """`Document.text[start:end]`, whole blocks without headings."""

    start: int
    end: int
    section: tuple[str, ...]


def passages(document: Document, sections: tuple[Section, ...]) -> Iterator[PassageSpan]:
    """All text but headings, in order; no passage crosses a heading."""
    run: list[Block] = []
    path: tuple[str, ...] = ()
    following = iter(sections)
    upcoming = next(following, None)
    for block in document.blocks:
        while upcoming is not None and upcoming.start <= block.start:
            path_next = upcoming.path
            upcoming = next(following, None)
            if run:
                yield _span(run, path)
                run = []
            path = path_next
        if block.kind == "heading":
            continue
        run.append(block)
        if block.end - run[0].start >= PASSAGE_CHARS:
            yield _span(run, path)
            run = []
    if run:
        yield _span(run, path)


def _span(run: list[Block], path: tuple[str, ...]) -> PassageSpan:
    return PassageSpan(run[0].start, run[-1].end, path)
