"""Where the footnotes of a page begin: small type at its foot, from the first note mark down."""

import re
from collections.abc import Sequence

from catnlp.extract.pdf_lines import Line
from catnlp.extract.pdf_style import Styles

NOTE_START = re.compile(r"([\d⁰¹²³⁴-⁹]{1,3}|[*†‡§])(?:\s+\S|[^\s\d.,)%])")
NOTE_HEIGHT = 0.3  # footnotes stand below this part of the page
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def split_notes(
    lines: Sequence[Line], height: float, styles: Styles
) -> tuple[list[Line], list[Line]]:
    """Lines of the text, and lines of the notes under it."""
    foot = _foot(lines, styles)
    low = [line for line in foot if line.top > NOTE_HEIGHT * height]
    starts = [line for line in low if NOTE_START.match(line.text)]
    if not starts:
        return list(lines), []
    first = min(starts, key=lambda line: line.top)
    top = _continued(foot, first)
    notes = {id(line) for line in foot if line.top >= top}
    return (
        [line for line in lines if id(line) not in notes],
        [line for line in lines if id(line) in notes],
    )


def starts_note(line: Line, before: str) -> bool:
    """Whether a line of the notes begins a note: the next number after that of the last one."""
    here = NOTE_START.match(line.text)
    if here is None:
        return False
    number, last = _number(here[1]), _number(before)
    raised = here[1][0] in "⁰¹²³⁴⁵⁶⁷⁸⁹" or not here[1][0].isdigit()
    return raised or last is None or (number is not None and last < number <= last + 2)


def mark(line: Line) -> str:
    """The mark of a note, empty for a line that goes on with one."""
    found = NOTE_START.match(line.text)
    return found[1] if found else ""


def _foot(lines: Sequence[Line], styles: Styles) -> list[Line]:
    """Lines of note size with nothing larger under them."""
    text_ends = max(
        (line.bottom - 1 for line in lines if not styles.is_note_size(line) and not line.starts),
        default=0.0,
    )
    return [
        line
        for line in lines
        if styles.is_note_size(line) and line.top > text_ends and not line.starts
    ]


def _continued(foot: Sequence[Line], first: Line) -> float:
    """The top of the notes: a note of the page before may go on above the first mark."""
    top = first.top
    for line in sorted((line for line in foot if line.top < first.top), key=lambda line: -line.top):
        same = abs(line.size - first.size) < 0.04 * first.size and abs(line.x0 - first.x0) < 2
        if not same or top - line.top > 1.7 * first.size:
            break
        top = line.top
    return top


def _number(mark: str) -> int | None:
    plain = mark.translate(PLAIN_DIGITS)
    return int(plain) if plain.isdigit() else None
