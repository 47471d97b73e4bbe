"""Running heads, running feet and page numbers: told by place and repetition."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catnlp.extract.pdf_lines import Line

BAND = 0.13  # of the height, at the top and at the bottom
MOST_LINES = 5  # of furniture, in one band
REPEATS = 3
SAME_HEIGHT = 4.0  # points
LONG_KEY, SHORT_KEY = 15, 8  # characters of a running line that is known by its beginning
DIGITS = re.compile(r"\d+|(?<=page )[ivxlc]+\b")
BARE_NUMBER = re.compile(
    r"\W*(?:page\s*)?((?:[A-Z]{1,4}-)?\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
EDGE_NUMBER = re.compile(r"(?:^\W*(?:page\s*)?(\d{1,4})\b)|(?:\b(\d{1,4})\W*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its lines."""

    index: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Stripped:
    """Pages without what frames them, the printed page numbers, and the texts of the frame."""

    pages: list[list[Line]]
    labels: dict[int, str]
    margin: str
    frame: list[Line]


def strip_furniture(sheets: Sequence[Sheet]) -> Stripped:
    """Takes running heads, running feet and page numbers away."""
    bands = [_bands(sheet) for sheet in sheets]
    repeated = _repeated(bands, len(sheets))
    numbers = _numbered(sheets, bands)
    kept: list[list[Line]] = []
    labels: dict[int, str] = {}
    furniture: dict[int, list[str]] = {}
    frame: list[Line] = []
    for sheet, page_bands in zip(sheets, bands, strict=True):
        dropped: set[int] = set()
        for band in page_bands:
            dropped |= _frame(band, repeated, numbers.get(sheet.index, {}))
        kept.append([line for line in sheet.lines if id(line) not in dropped])
        frame += [line for line in sheet.lines if id(line) in dropped]
        furniture[sheet.index] = [line.text for line in sheet.lines if id(line) in dropped]
        for line in sheet.lines:
            if id(line) in dropped and id(line) in numbers.get(sheet.index, {}):
                labels[sheet.index] = numbers[sheet.index][id(line)]
    texts = dict.fromkeys(text for lines in furniture.values() for text in lines)
    margin = "\n".join(list(texts)[:8])
    return Stripped(kept, labels or _labels_in_text(furniture), margin, frame)


def _bands(sheet: Sheet) -> tuple[list[Line], list[Line]]:
    """Lines near the top and near the bottom edge, from the edge inwards.

    A number that is the first or the last line is among them, wherever a short page ends.
    """
    if not sheet.lines:
        return [], []
    first = min(line.top for line in sheet.lines)
    last = max(line.bottom for line in sheet.lines)
    numbers = {id(line) for line in sheet.lines if BARE_NUMBER.fullmatch(line.text)}
    top = [
        line
        for line in sheet.lines
        if line.bottom < BAND * sheet.height or (line.top == first and id(line) in numbers)
    ]
    bottom = [
        line
        for line in sheet.lines
        if line.top > (1 - BAND) * sheet.height or (line.bottom == last and id(line) in numbers)
    ]
    return (
        sorted(top, key=lambda line: line.top)[:MOST_LINES],
        sorted(bottom, key=lambda line: -line.bottom)[:MOST_LINES],
    )


def _key(line: Line) -> str:
    """The text without its numbers, and without a page number before or behind it."""
    return DIGITS.sub("#", line.text.casefold()).strip("# |.-–—[]()")


def _repeated(bands: Sequence[tuple[list[Line], list[Line]]], pages: int) -> dict[str, list[float]]:
    """Texts that stand at about the same height on several pages, and the heights."""
    places: dict[str, dict[int, float]] = defaultdict(dict)
    for number, page_bands in enumerate(bands):
        for band in page_bands:
            for line in band:
                places[_key(line)].setdefault(number, line.top)
    needed = REPEATS if pages > REPEATS else 2
    found: dict[str, list[float]] = {}
    for key, by_page in places.items():
        tops = list(by_page.values())
        near = any(sum(abs(top - other) < SAME_HEIGHT for other in tops) >= needed for top in tops)
        if near and any(char.isalpha() for char in key):
            found[key] = tops
    return found


def _numbered(
    sheets: Sequence[Sheet], bands: Sequence[tuple[list[Line], list[Line]]]
) -> dict[int, dict[int, str]]:
    """Lines that are a bare number, where the numbers run with the pages."""
    found: list[tuple[int, Line, str, int]] = []
    for sheet, page_bands in zip(sheets, bands, strict=True):
        for band in page_bands:
            for line in band[:3]:
                match = BARE_NUMBER.fullmatch(line.text)
                value = _value(match[1]) if match else None
                if match and value is not None:
                    found.append((sheet.index, line, match[1], value - sheet.index))
    steps = Counter((shift, label[-1].isdigit()) for _, _, label, shift in found)
    numbers: dict[int, dict[int, str]] = defaultdict(dict)
    for index, line, label, shift in found:
        if steps[shift, label[-1].isdigit()] >= 2 or len(sheets) == 1:
            numbers[index][id(line)] = label
    return numbers


def _frame(
    band: list[Line], repeated: Mapping[str, list[float]], numbers: Mapping[int, str]
) -> set[int]:
    """From the edge inwards, up to the first line of the text."""
    dropped: set[int] = set()
    for line in band:
        if id(line) in numbers or _is_repeated(line, repeated):
            dropped.add(id(line))
        elif not line.text.strip(" .-_|*"):
            continue
        else:
            break
    return dropped


def _is_repeated(line: Line, repeated: Mapping[str, list[float]]) -> bool:
    """A running line; at its height also with something more behind it or less."""
    key = _key(line)
    if key in repeated:
        return True
    return any(
        (len(known) > LONG_KEY and key.startswith(f"{known} "))
        or (len(key) > SHORT_KEY and known.startswith(key))
        for known, tops in repeated.items()
        if any(abs(line.top - top) < SAME_HEIGHT for top in tops)
    )


def _labels_in_text(furniture: Mapping[int, list[str]]) -> dict[int, str]:
    """Page numbers within running lines: those that run with the pages."""
    found: list[tuple[int, int]] = []
    for index, lines in furniture.items():
        for text in lines:
            for match in EDGE_NUMBER.finditer(text):
                found.append((index, int(match[1] or match[2])))
    shifts = Counter(number - index for index, number in found)
    if not shifts:
        return {}
    shift, count = max(shifts.items(), key=lambda item: (item[1], -abs(item[0])))
    if count < 2:
        return {}
    return {index: str(number) for index, number in found if number - index == shift}


def _value(label: str) -> int | None:
    digits = label.rpartition("-")[2]
    if digits.isdigit():
        return int(digits)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    numbers = [values[char] for char in label.lower()]
    for number, following in zip(numbers, [*numbers[1:], 0], strict=True):
        total += -number if number < following else number
    return total
