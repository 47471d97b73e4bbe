"""Whether two names of goods mean the same: "AH-1Z Viper" and "AH-1Z helicopters" do, "Type 41
frigates" and "Type 209 submarines" do not."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from catnlp.resources import read_toml
from catnlp.sales.items import weapon_nouns

Likeness = Literal[0, 1, 2]  # other goods; perhaps the same, as F-16 and F-16C; the same
WORD = re.compile(r"[a-z]*\d+[a-z\d]*|[a-z]{3,}")
JOINED = re.compile(  # F-16 C is F16C, 155 mm is 155mm
    r"(?<=[A-Za-z\d])-(?=\d)|(?<=\d)\s(?=[A-Z]\d?(?![\w/-]))|(?<=\d)[\s-](?=mm\b)"
)
NUMBERED = re.compile(r"\b(?P<word>[A-Z][A-Za-z]+|[a-z]+) (?P<number>\d{1,4}[A-Za-z]{0,2}\d?)\b")
MEASURE = re.compile(r"\d+(?:mm|cm|kg|km|lb|ft)")
VARIANT = re.compile(r"[a-z]{1,3}\d{0,2}")  # what F-16C has behind F-16


@dataclass(frozen=True, slots=True)
class GoodsName:
    """Designations ("f16"), measures ("155mm"), words of one type ("viper") and of a class."""

    designations: frozenset[str]
    measures: frozenset[str]
    own: frozenset[str]
    classes: frozenset[str]


def likeness(one: str, other: str) -> Likeness:
    """How far two names mean the same goods."""
    mine, theirs = read_name(one), read_name(other)
    if _apart(mine.measures, theirs.measures):
        return 0
    if mine.designations and theirs.designations:
        if mine.designations & theirs.designations:
            return 2
        return 1 if _has_variant(mine, theirs) else 0
    if mine.own and theirs.own:
        within = mine.own <= theirs.own or theirs.own <= mine.own
        return (2 if len(mine.own ^ theirs.own) < 2 else 1) if within else 0
    within = mine.classes <= theirs.classes or theirs.classes <= mine.classes
    return 1 if within and mine.classes & theirs.classes - _list("wide") else 0


def is_of_type(name: str, designation: str) -> bool:
    """Whether goods are of the type that a text names: "F-16C Block 40" of "F-16"."""
    goods, named = read_name(name), read_name(designation)
    if goods.designations and named.designations:
        return bool(goods.designations & named.designations) or _has_variant(goods, named)
    return bool(goods.own & named.own)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _has_variant(one: GoodsName, other: GoodsName) -> bool:
    pairs = ((a, b) for a in one.designations for b in other.designations)
    return any(_is_variant(a, b) or _is_variant(b, a) for a, b in pairs)


@lru_cache(maxsize=4096)
def read_name(name: str) -> GoodsName:
    """The parts of a name that tell what it means."""
    joined = NUMBERED.sub(_number, JOINED.sub("", name))
    words = {_singular(word) for word in WORD.findall(joined.lower()) if not word.isdigit()}
    told = words - _list("common", "numbered")
    measures = {word for word in told if MEASURE.fullmatch(word)}
    designations = {word for word in told - measures if re.search(r"\d", word)}
    classes = told & _class_words()
    own = told - measures - designations - classes
    return GoodsName(*(frozenset(part) for part in (designations, measures, own, classes)))


def _number(match: re.Match[str]) -> str:
    """ "Type 209" is one designation, "Leopard 2" a name and one, "Block 70" a version."""
    word, number = match["word"], match["number"]
    if word.lower() in _list("versions"):
        return " "
    if word.lower() in _list("numbered"):
        return f"{word}{number}"
    return f"{word} {word}{number}" if word[0].isupper() else match[0]


def _is_variant(one: str, other: str) -> bool:
    return other.startswith(one) and VARIANT.fullmatch(other[len(one) :]) is not None


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _class_words() -> frozenset[str]:
    nouns = re.findall(r"[a-z]{3,}", weapon_nouns().replace("s?", "").replace("\\", ""))
    return frozenset(_singular(noun) for noun in nouns) | _list("classes", "wide")


@cache
def _list(*names: str) -> frozenset[str]:
    data = read_toml("catnlp.sales", "merge.toml")
    return frozenset(word for name in names for word in data[name])
