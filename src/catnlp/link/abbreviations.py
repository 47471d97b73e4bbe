"""What a document itself says that its abbreviations stand for: "Royal Oman Police (ROP)"."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from types import MappingProxyType

from catnlp.gazetteer import find_places
from catnlp.gazetteer.forces import Force, find_forces
from catnlp.gazetteer.places import PlaceName

BRACKET = re.compile(r"(?<=\s)\(([A-Z]{2,8})\)")
WORD = re.compile(r"[A-Za-zÀ-ÿ’'.]+")
NONE_DEFINED: Mapping[str, str] = MappingProxyType({})
MORE_WORDS = 6  # than letters: "of", "and", "the"
ALIKE = 0.7  # of the words of two names that one force has


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """The names that stand before their capitals in brackets, by these; the first of several."""
    found: dict[str, str] = {}
    for text in texts:
        for match in BRACKET.finditer(text):
            name = _name(text[: match.start() - 1], match[1])
            if name:
                found.setdefault(match[1], name)
    return found


def _name(before: str, capitals: str) -> str:
    """The last words of `before` whose capitals are these; empty where there are none."""
    words = list(WORD.finditer(before))[-len(capitals) - MORE_WORDS :]
    for number in range(len(words) - 1, -1, -1):
        initials = "".join(word[0][0] for word in words[number:] if word[0][0].isupper())
        if initials == capitals and words[number][0][0].isupper():
            return before[words[number].start() :]
        if len(initials) > len(capitals):
            break
    return ""


def forces_meant(
    text: str, places: Set[str], near: Set[str], date: str, home: str, defined: Mapping[str, str]
) -> list[Force]:
    """The forces of a sentence beside these `places`, in a document that names those `near`.
    In a report on `home`, a name that others have too ("Ministry of Public Security") is that of
    another state only where the sentence names it, or the document says what it stands for."""
    if home:
        told = " ".join(name for capitals, name in defined.items() if capitals in text)
        near = {home} | {place.code for place in find_places(told)}
    return without_others(find_forces(text, near | places, date, home), text, defined)


def stands_for_other(place: PlaceName, defined: Mapping[str, str]) -> bool:
    """Whether the document says that the capitals of a country are those of another name: "Danish
    Refugee Council (DRC)"."""
    name = defined.get(place.text, "")
    return bool(name) and place.code not in {p.code for p in find_places(name)}


def without_others(forces: Sequence[Force], text: str, defined: Mapping[str, str]) -> list[Force]:
    """The forces, but those that the capitals in the text stand for in other documents only."""
    return [f for f in forces if _is_meant(f.name, defined.get(text[f.start : f.end], ""))]


def _is_meant(name: str, here: str) -> bool:
    if not here:
        return True
    one, other = ({w[0].lower()[:5] for w in WORD.finditer(n)} for n in (name, here))
    return len(one & other) >= ALIKE * min(len(one), len(other))
