"""Visible prose of a web page that is not in the text read from it."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from catnlp.extract.clean import clean
from catnlp.extract.draft import DraftBlock
from catnlp.extract.html_chrome import declared_chrome, is_hidden
from catnlp.extract.html_sites import PageRules
from catnlp.extract.html_walk import SILENT

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

UNSEEN = SILENT | {"a"}
PROSE_WORDS = 10  # of a piece of text between two tags; what is shorter is a label
LOST_WORDS, LOST_SHARE = 50, 0.1
EDGES = " :.;,"  # moved from the text behind a heading to the heading


def prose(body: "LexborNode", rules: PageRules) -> list[str]:
    """The pieces of visible prose, in order; they do not depend on how blocks are told."""
    frames = {node.mem_id for node in declared_chrome(body, rules)}
    return [piece for piece in _pieces(body, frames) if piece.count(" ") >= PROSE_WORDS - 1]


def loss(pieces: Sequence[str], blocks: Sequence[DraftBlock]) -> str:
    """A warning where many words of the prose are in no block; empty where few are."""
    read = "\n".join(block.text for block in blocks)
    lost = total = at = 0
    for piece in pieces:
        words = piece.count(" ") + 1
        total += words
        found = read.find(piece, at)
        if found < 0:
            found = read.find(piece)
        if found < 0:
            lost += words
        else:
            at = found
    if lost < LOST_WORDS or lost < LOST_SHARE * total:
        return ""
    return (
        f"{lost} of {total} words of visible prose were left out as outside the main text; "
        "compare with the page"
    )


def _pieces(node: "LexborNode", frames: Collection[int]) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield clean(child.text() or "").strip(EDGES)
        elif not (child.tag in UNSEEN or child.mem_id in frames or is_hidden(child)):
            yield from _pieces(child, frames)
