"""The number before a heading, and how deep it stands."""

import re
from dataclasses import dataclass

STYLES = (
    ("section", re.compile(r"(?:Section|SECTION|Part|PART|Chapter|CHAPTER)\s+(\d+|[IVX]+)\b\.?")),
    ("decimal", re.compile(r"(\d+(?:\.\d+)+)\.?\s")),
    ("capital", re.compile(r"([A-Z])\.\s")),
    ("roman", re.compile(r"([IVXL]+)\.\s")),
    ("number", re.compile(r"(\d{1,3})\.\s")),
    ("letter", re.compile(r"([a-z])\.\s")),
    ("bracket", re.compile(r"\(?(\d{1,2}|[a-z]|[ivx]+)\)\s")),
)
ROMAN = re.compile(r"[IVXL]+")
UNNUMBERED_TOP = re.compile(r"(?:executive )?summary\b|endnotes?\b|annex\b|appendix\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """`style` and the label as printed, such as ("letter", "c")."""

    style: str
    label: str


def read_number(heading: str) -> Number | None:
    """The number that begins a heading; a lone I, V, X or L is read as a capital letter."""
    for style, pattern in STYLES:
        match = pattern.match(heading + " ")
        if match:
            return Number(style, match[1])
    return None


def as_roman(number: Number, previous: str) -> Number:
    """A capital that goes on a row of Roman numbers, or begins one, is a Roman number."""
    if number.style == "capital" and ROMAN.fullmatch(number.label):
        follows_letter = previous and ord(number.label) == ord(previous) + 1
        if not follows_letter:
            return Number("roman", number.label)
    return number
