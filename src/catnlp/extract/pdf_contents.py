"""Lists of contents without dots: titles with the numbers of their pages at one edge."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from catnlp.extract.pdf_lines import Line
from catnlp.extract.pdf_style import LEADER

ENTRY = re.compile(r"(\S.*?\S)[ \t]+(\d{1,3}|[ivxl]{1,6})")
HEADING = re.compile(r"(?:table of )?contents(?: page)?", re.I)
EDGE = 3.0  # points
FEWEST = 5
SHARE = 0.5  # of the lines on the page


def with_contents(lines: Sequence[Line], *, going_on: bool = False) -> list[Line]:
    """The lines of the page, with entries of a list of contents as rows of title and number.

    Such a list stands under its heading, or goes on from the page before.
    """
    if not going_on and not any(HEADING.fullmatch(line.text.strip()) for line in lines):
        return list(lines)
    entries = [line for line in lines if _is_entry(line)]
    if not entries:
        return list(lines)
    edge = Counter(round(line.x1) for line in entries).most_common(1)[0][0]
    rows = {id(line) for line in entries if abs(line.x1 - edge) < EDGE}
    if len(rows) < max(FEWEST, SHARE * len(lines)):
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        if id(line) not in rows:
            kept.append(line)
            continue
        while kept and _goes_on(kept[-1], line):
            line = _joined(kept.pop(), line)
        found = ENTRY.fullmatch(line.text)
        text = f"{found[1]} | {found[2]}" if found else line.text
        kept.append(replace(line, text=text, starts=(line.x0, line.x1), hyphen=False))
    return kept


def _is_entry(line: Line) -> bool:
    dotted = LEADER.search(line.text) is not None  # told by its dots, wherever it stands
    return not line.starts and not dotted and ENTRY.fullmatch(line.text) is not None


def has_contents(lines: Sequence[Line]) -> bool:
    """Whether entries of a list of contents were found in them."""
    return sum(bool(line.starts) and " | " in line.text for line in lines) >= FEWEST


def _goes_on(above: Line, line: Line) -> bool:
    """The first line of an entry that takes two."""
    near = 0 < line.top - above.top < 1.6 * line.size
    same = abs(above.size - line.size) < 0.1 * line.size and above.bold == line.bold
    return near and same and not above.starts and above.x0 <= line.x0 and len(above.text) > 25


def _joined(above: Line, line: Line) -> Line:
    return replace(
        line,
        text=f"{above.text} {line.text}",
        x0=min(above.x0, line.x0),
        top=above.top,
        offset=above.offset,
    )
