"""What is sold: weapons with quantities, in the lists of notices."""

import re
from functools import cache
from importlib.resources import files

from catnlp.domain import SaleItem
from catnlp.sales.numbers import NUMBER, NUMBER_WORDS, word_number
from catnlp.sales.phrases import phrase, words

BRACKETED = rf"(?:up\s+to\s+)?{NUMBER_WORDS}\s*\((?P<figure>\d[\d,]*)\)\s+(?=\S)"
PLAIN = (
    rf"(?:up\s+to\s+)?(?P<number>(?>{NUMBER}))(?!\s*\(\d+\)|-)"
    r"(?:\s*\([^)]*\bper\b[^)]*\))?(?:\s+(?=[\w.])|(?=[A-Z]{2,}/))"
    r"(?:(?:additional|spare)\s+(?=[A-Z]))?"
)
AFTER_BREAK = r"(?:(?<=;)|(?<=:)|(?<=;\sand)|\A)\s*(?:and\s+)?(?:an\s+additional\s+)?"
AFTER_ANY = (
    r"(?:\A|[,;:]|\b(?:and|with|includ(?:es?|ed|ing)|of|plus)(?=\s))\s*(?:and\s+)?"
    r"(?:an\s+additional\s+)?"
)
IN_BRACKETS = re.compile(rf"{BRACKETED}|{AFTER_BREAK}{PLAIN}", re.IGNORECASE)
IN_FIGURES = re.compile(rf"{AFTER_ANY}{PLAIN}", re.IGNORECASE)
HAS_BRACKETS = re.compile(BRACKETED, re.IGNORECASE)
DESIGNATION = r"(?:[A-Z]{1,4}/[A-Z]{2,4}-|[A-Z]{1,4}-?\d)"
NAME_ENDS = re.compile(
    r"\s*\((?=\d+\s+[a-z])"  # "(120 installed, 20 spares)"
    rf"|\s*;|\s*\n|,(?!\s*{DESIGNATION}[\w/()-]*\s*(?:[;.]|$))|,?\s+and\s*$"
    r"|,?\s+(?:which|that|including|comprised\s+of|to\s+include|consisting\s+of|for\s+an\s+estimated"
    r"|for\s+a\s+total)\b"
    r"|\s+and\s+(?:related|other|associated)\b|\.(?=\s|$)|\s+(?:Non-)?Major\s+Defense\b"
)
LONGEST = 9  # words of a name; a longer one is prose
SEGMENT = re.compile(r"[^;,\n]+")
LEADING = re.compile(r"^\s*(?:(?:and|the|an?|additional|new|up to|following)\s+)*", re.I)
HEAD = re.compile(
    r"\s+(?:that|which|for|in\s+support|with|to|and\s+(?:related|other|support)|from)\b.*",
    re.I | re.S,
)


@cache
def weapon_nouns() -> str:
    """Weapon nouns as one alternation, the longest first, singular and plural."""
    text = files("catnlp.gazetteer").joinpath("weapons.txt").read_text(encoding="utf-8")
    names = [line for line in text.splitlines() if line and not line.startswith("#")]
    return "|".join(re.escape(n) + "s?" for n in sorted(names, key=len, reverse=True))


def listed_items(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """Items of a list with their numbers: "twelve (12) AH-1Z Attack Helicopters; ...".

    Where a list has numbers in brackets, a figure after a comma is part of a name.
    """
    protected = _protected(text)
    pattern = IN_BRACKETS if HAS_BRACKETS.search(text) else IN_FIGURES
    leads = list(pattern.finditer(protected))
    items: list[SaleItem] = []
    for number, lead in enumerate(leads):
        stop = leads[number + 1].start() if number + 1 < len(leads) else len(text)
        item = _item(text, protected, lead, stop, offset)
        if item and not (items and _is_part(item, items[-1], protected[: _at(lead)])):
            items.append(item)
    return tuple(items)


def _protected(text: str) -> str:
    """The text with breaks inside names and shares of a number blanked; offsets stay."""
    inside = re.compile(rf"{words('with_commas')}|\(\d+\s+[a-z][^()]*\)", re.I)
    return inside.sub(lambda m: re.sub(r"[,;](?=\s)", " ", m[0]), text)


def _item(
    text: str, protected: str, lead: re.Match[str], stop: int, offset: int
) -> SaleItem | None:
    groups = lead.groupdict()
    count = word_number(groups.get("figure") or groups["number"] or "")
    end = NAME_ENDS.search(protected, lead.end(), stop)
    close = end.start() if end else stop
    name = re.sub(
        r"(?:,|\s)*\b(?:and|with)$", "", " ".join(text[lead.end() : close].split()).strip(" ,.")
    )
    name = re.sub(r"[’']s$", "", name)
    name = name.removesuffix(" (") if "(" in name else name.removesuffix(")")
    if len(name) < 3 or not re.search(r"[A-Za-z]{2}", name):
        return None
    return SaleItem(name, count, offset + _at(lead), offset + close)


def _is_part(item: SaleItem, whole: SaleItem, before: str) -> bool:
    """Whether it is some of the goods before it: "1,500 missiles, including ten test missiles"."""
    if not re.search(r"\b(?:including|includes?|of\s+which)\s+(?:up\s+to\s+)?$", before, re.I):
        return False
    if (item.quantity or 0) > (whole.quantity or 0):
        return False
    kinds = [
        re.findall(r"[a-z]+", HEAD.sub("", name).lower())[-1:] for name in (item.name, whole.name)
    ]
    return kinds[0] == kinds[1] or re.search(words("part_of"), item.name, re.I) is not None


def _at(lead: re.Match[str]) -> int:
    """Where the number of a lead begins."""
    words_before = re.match(
        r"[\s,;:]*(?:(?:and|with|includ\w+|of|plus)\s+)*(?:an\s+additional\s+)?", lead[0], re.I
    )
    return lead.start() + (words_before.end() if words_before else 0)


@cache
def _of_support() -> re.Pattern[str]:
    """A list that begins with support for weapons: none of them is sold."""
    return re.compile(
        rf"^\W*(?:[\w/-]+\s+){{0,8}}?(?:{words('support')})\b[^;]*?\b(?:for|of|to|that)\b", re.I
    )


def uncounted_weapons(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """Weapons that a list names without a number: "additional AW-119Kx helicopters; tools"."""
    if _of_support().search(text):
        return ()
    weapon = re.compile(rf"\b(?:{weapon_nouns()})$", re.IGNORECASE)
    found = []
    for segment in SEGMENT.finditer(text):
        lead = LEADING.match(segment[0])
        start = segment.start() + (lead.end() if lead else 0)
        name = HEAD.sub("", text[start : segment.end()]).strip(" .")
        plain = re.sub(r"\s*\([^)]*\)$", "", name)
        if len(name.split()) > LONGEST or re.match(NUMBER, name, re.I) or not weapon.search(plain):
            continue
        end = offset + start + len(name)
        found.append(SaleItem(" ".join(name.split()), None, offset + start, end))
    return tuple(found)


def support_items(text: str, offset: int = 0) -> tuple[SaleItem, ...]:
    """The parts of a list of what is not major defense equipment, with numbers where given."""
    separator = re.compile(r"[^;\n]+" if ";" in text else r"[^,\n]+")
    found = []
    opened = 0
    while opening := phrase("other_lead").match(text, opened):
        opened = opening.end()
    for segment in separator.finditer(text, opened):
        lead = LEADING.match(segment[0])
        start = segment.start() + (lead.end() if lead else 0)
        raw = text[start : segment.end()].rstrip(" .")
        counted = re.match(rf"{BRACKETED}|{PLAIN}", raw, re.IGNORECASE)
        name = " ".join((raw[counted.end() :] if counted else raw).split())
        if len(name) > 2:
            figure = (counted["figure"] or counted["number"]) if counted else ""
            found.append(
                SaleItem(name, word_number(figure), offset + start, offset + start + len(raw))
            )
    return tuple(found)
