"""What is sold: weapons with quantities, in notices and in ordinary sentences."""

import re
from functools import cache
from importlib.resources import files

from catnlp.domain import SaleItem

UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = ("twenty thirty forty fifty sixty seventy eighty ninety").split()
NUMBER_WORD = rf"(?:(?:{'|'.join(UNITS + TENS)}|hundred|thousand|million|a|and)[\s-]+)+"
IN_BRACKETS = re.compile(
    rf"(?:up to\s+)?(?:{NUMBER_WORD})\((?P<number>\d[\d,]*)\)\s+(?P<name>[^;]+)", re.IGNORECASE
)
COUNTED = re.compile(
    rf"\b(?P<number>\d[\d,]*|{'|'.join(UNITS + TENS)}|a dozen|dozens of|hundreds of)\s+"
    r"(?P<name>(?:[\w/.’-]+\s+){0,5}?(?P<noun>%s))\b",
    re.IGNORECASE,
)  # the nouns are filled in from weapons.txt
NAME_ENDS = re.compile(
    r"\s*(?:\((?=\d+ (?:installed|spare))"
    r"|(?:,\s+(?:and\s+)?|\s+and\s+)(?=(?:up to\s+)?(?:\w+[\s-]+)*\(\d)"
    r"|,\s+(?:with|which|that|including|for an)\b"
    r"|\s+for an estimated|\.\s|\.$|\s+and related|,\s*$)"
)


def word_number(text: str) -> int | None:
    """The number that a word or figure says; None for "dozens of" and the like."""
    cleaned = text.lower().replace(",", "").strip()
    if cleaned.isdigit():
        return int(cleaned)
    if cleaned in UNITS:
        return UNITS.index(cleaned) + 1
    if cleaned in TENS:
        return 10 * (TENS.index(cleaned) + 2)
    return 12 if cleaned == "a dozen" else None


@cache
def weapon_nouns() -> str:
    """Weapon nouns as one alternation, the longest first, singular and plural."""
    text = files("catnlp.gazetteer").joinpath("weapons.txt").read_text(encoding="utf-8")
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "|".join(re.escape(n) + "s?" for n in sorted(names, key=len, reverse=True))


@cache
def weapon_pattern() -> re.Pattern[str]:
    """A weapon noun or a type designation such as F-16, AH-1Z or Leopard 2."""
    designation = r"[A-Z]{1,4}-?\d{1,3}[A-Z]{0,2}(?:-\d+[A-Z]?)?"
    return re.compile(rf"\b(?:{weapon_nouns()})\b|\b(?:{designation})\b(?=\s|,|\.|s\b|$)", re.I)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(COUNTED.pattern % weapon_nouns(), re.IGNORECASE)


def listed_items(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """Items of a notice: "twelve (12) AH-1Z Attack Helicopters; ..."."""
    items = []
    for match in IN_BRACKETS.finditer(text):
        cut = NAME_ENDS.search(match["name"])
        name = match["name"][: cut.start()] if cut else match["name"]
        name = " ".join(name.split()).strip(" ,.")
        if len(name) > 2:
            end = match.start("name") + len(match["name"][: cut.start()] if cut else match["name"])
            items.append(
                SaleItem(name, int(match["number"].replace(",", "")),
                         offset + match.start(), offset + end)
            )  # fmt: skip
    return tuple(items)


def counted_items(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """Items of an ordinary sentence: "18 Leopard tanks", "four frigates"."""
    return tuple(
        SaleItem(" ".join(m["name"].split()), word_number(m["number"]),
                 offset + m.start(), offset + m.end())
        for m in _counted().finditer(text)
    )  # fmt: skip


def named_items(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """Weapons named without a number, each once."""
    seen: dict[str, SaleItem] = {}
    for match in weapon_pattern().finditer(text):
        if not (match[0][0].islower() and match[0].isupper()):
            seen.setdefault(
                match[0].lower(),
                SaleItem(match[0], None, offset + match.start(), offset + match.end()),
            )
    return tuple(seen.values())
