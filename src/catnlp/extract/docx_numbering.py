"""Numbers that Word shows before paragraphs, which stand nowhere in their text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from catnlp.extract.xml_parts import attribute, child, local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEVELS = 9
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
         (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _letters(number: int) -> str:
    """a to z, then aa to zz, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    found = ""
    for value, sign in ROMAN:
        while number >= value:
            found, number = found + sign, number - value
    return found


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


@dataclass(frozen=True, slots=True)
class Level:
    """How a level counts: `text` holds %1 to %9 for the numbers of the levels down to it."""

    start: int
    format: str
    text: str


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    abstract: Mapping[str, str] = field(default_factory=dict)  # list -> definition
    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    restarts: Mapping[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, identity: str, level: int) -> str:
        """The number of the next paragraph, as Word shows it; empty for bullets."""
        definition = self.abstract.get(identity, "")
        levels = self.levels.get(definition, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition, [None] * LEVELS)
        restart = self.restarts.get((identity, level))
        if restart is not None and (identity, level) not in self._begun:
            self._begun.add((identity, level))
            counts[level] = restart
        else:
            held = counts[level]
            counts[level] = levels[level].start if held is None else held + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        if levels[level].format not in FORMATS:
            return ""
        return re.sub(r"%([1-9])", lambda m: _shown(levels, counts, int(m[1]) - 1),
                      levels[level].text).strip()  # fmt: skip


def _shown(levels: Mapping[int, Level], counts: list[int | None], level: int) -> str:
    found = levels.get(level)
    if found is None:
        return ""
    count = counts[level]
    return FORMATS.get(found.format, str)(found.start if count is None else count)


def read_numbering(path: Path, data: bytes | None) -> Numbering:
    if data is None:
        return Numbering()
    root = parse(path, data)
    abstract, restarts = {}, {}
    for node in root:
        if local(node) == "num":
            identity = attribute(node, "numId")
            reference = child(node, "abstractNumId")
            abstract[identity] = attribute(reference, "val") if reference is not None else ""
            for override in node:
                start = child(override, "startOverride")
                if start is not None:
                    restarts[identity, _number(attribute(override, "ilvl"))] = _number(
                        attribute(start, "val")
                    )
    levels = {
        attribute(node, "abstractNumId"): _levels(node)
        for node in root
        if local(node) == "abstractNum"
    }
    return Numbering(abstract, levels, restarts)


def _levels(definition: "Element") -> dict[int, Level]:
    return {
        _number(attribute(node, "ilvl")): Level(
            _number(_value(node, "start"), 1), _value(node, "numFmt"), _value(node, "lvlText")
        )
        for node in definition
        if local(node) == "lvl" and _number(attribute(node, "ilvl")) < LEVELS
    }


def _value(node: "Element", name: str) -> str:
    found = child(node, name)
    return attribute(found, "val") if found is not None else ""


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
