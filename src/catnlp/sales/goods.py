"""Weapons that ordinary sentences name, with the numbers that count them.

A digit that belongs to a name counts nothing: the 2 of "Leopard 2 tanks", the 900 of "Hermes 900".
"""

import re
from collections.abc import Callable
from functools import cache

from catnlp.domain import SaleItem
from catnlp.extract.dates import MONTH_NAMES
from catnlp.resources import read_toml
from catnlp.sales.items import weapon_nouns
from catnlp.sales.numbers import NUMBER, SCALES, word_number

MONTH = re.compile(rf"(?:{MONTH_NAMES})$")
FIGURE = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d$")


def goods_named(text: str, is_state: Callable[[int], bool] = lambda end: False) -> list[SaleItem]:
    """Weapons from left to right. `is_state` says whether the name of a state ends there: in
    "sold Kenya 36 tanks" the number is no part of a name."""
    found = []
    for match in _goods().finditer(text):
        begin = _without_states(match, is_state)
        name = " ".join(text[begin : match.end()].split())
        if _none().match(name) or _people().search(name):
            continue
        number = match["number"]
        if number and _of_a_name(text, match, is_state):
            number = None
        if not number and match["model"] and name.endswith(match["model"]):
            continue
        start = match.start("number") if number else begin
        found.append(SaleItem(name, _count(match) if number else None, start, match.end()))
    return found


def _without_states(match: re.Match[str], is_state: Callable[[int], bool]) -> int:
    """Where a name begins that does not begin with a state: "Myanmar patrol boats"."""
    begin = match.start("name")
    for space in re.finditer(r"\s+", match["name"]):
        if is_state(match.start("name") + space.start()):
            begin = match.start("name") + space.end()
    return begin


def _count(match: re.Match[str]) -> int | None:
    """Of "the first three of 24 jets" it is three; "dozens of" says no number."""
    if match["part"]:
        return word_number(match["share"]) if match["share"] else None
    figure, _, scale = match["number"].partition(" ")
    if FIGURE.match(figure) and scale.lower() in SCALES:
        return round(float(figure.replace(",", "")) * SCALES[scale.lower()])
    return word_number(match["number"])


def _of_a_name(text: str, match: re.Match[str], is_state: Callable[[int], bool]) -> bool:
    """Whether the figures before a noun are a year, or belong to the capitalised word before."""
    if not FIGURE.match(match["number"]):
        return False
    if YEAR.match(match["number"]):
        return True
    before = re.search(r"([A-Z][\w-]*)\s+$", text[: match.start("number")])
    if not before or match["part"]:
        return False
    if MONTH.match(before[1]):
        return True
    named = text[: before.end(1)]
    if _counted_after().search(named) or is_state(before.end(1)) or "," in match["number"]:
        return False
    return before.start(1) > 0


@cache
def _goods() -> re.Pattern[str]:
    """A type or a weapon noun, with its number and the words that belong to it."""
    count = rf"(?:\d+(?:\.\d+)?\s+(?:million|thousand|hundred)\b|{NUMBER})"
    nouns, heads = weapon_nouns(), _words("heads")
    coded = (
        r"(?-i:[A-Z][A-Za-z]{0,3}(?:/[A-Z]{1,3})?[/-]?[A-Z]?-?\d{1,3}"
        r"(?>(?:[A-Za-z]{1,4}\d{0,3})*)(?:-\d+[A-Z]?)?(?!\w))"
    )
    numbered = (  # "Mirage 2000 jets", and no year
        rf"(?-i:(?:{_words('numbered')})[ -]?(?!(?:19|20)\d\d\b(?!-\d|\s*[a-z]))"
        r"\d{1,4}[A-Z]?\d?(?:-\d+)?(?!\w))"
    )
    model = rf"(?P<model>(?-i:(?:{_words('models')})(?!\w)))"
    capital = r"(?-i:[A-Z][\w/.-]*|[\w.]+-[\w-]+)"
    word = rf"(?:{capital}|(?:{_words('modifiers')})\b)"
    tail = rf"(?:\s+(?:{word}\s+){{0,3}}?(?:{nouns}|{_words('carriers')})\b)?"
    head = rf"(?:\s+(?:{heads})\b)?"
    return re.compile(
        rf"(?:(?P<part>(?:(?P<share>{NUMBER})|first|last|some|several|part)"
        r"\s+of\s+(?:the\s+|its\s+|an?\s+total\s+of\s+)?)?"
        rf"(?<![$€£]\s)(?<![$€£\d.,])(?<!\d\s)\b(?P<number>{count}|dozens\s+of|hundreds\s+of|thousands\s+of)\s+)?"
        rf"(?<![\w-])(?P<name>(?:(?:{_words('measures')})\s+)?(?:{word}\s+){{0,5}}?"
        rf"(?:(?:{numbered}|{coded}|{model}){tail}|(?:{nouns})\b"
        rf"|(?:{_words('arming')})\s+(?:{_words('carriers')})\b){head})(?![-’'])",
        re.IGNORECASE,
    )


@cache
def _none() -> re.Pattern[str]:
    return re.compile(rf"(?:million|billion|trillion)\b|(?:\S+ )*(?:{_words('not_goods')})(?!\w)")


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('people')})$", re.IGNORECASE)


@cache
def _counted_after() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('counted_after')})$")


@cache
def _data() -> dict[str, list[str]]:
    return read_toml("catnlp.sales", "goods.toml")


@cache
def _words(name: str) -> str:
    return "|".join(sorted(_data()[name], key=len, reverse=True))
