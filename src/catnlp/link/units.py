"""Named units of police, army, intelligence and militias, with their state where it is known."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from catnlp.domain import CountryLink, Document, Mention, MentionUnit, Sentence
from catnlp.gazetteer import find_forces, find_places
from catnlp.link.abbreviations import NONE_DEFINED, abbreviations, without_others
from catnlp.resources import read_toml

KINDS = ("state", "state-aligned")
OTHERS = ("non-state", "private")
WORD = r"[A-ZÀ-Þ][\w’'-]*\w"
NUMBER = r"(?:\d{1,4}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)"
PHRASE = re.compile(
    rf"(?:{NUMBER}\s)?{WORD}(?:\s(?:(?:of|for|against)\s(?:the\s)?|and\s)?{WORD}){{0,15}}(?:\s\d{{2,5}}\b)?"
)
CAPITALS = re.compile(r"\b[A-Z]{2,8}\b")
POSSESSIVE = re.compile(r"(?:’s|'s)$")
OWNER = re.compile(r"^(.+?)(?:’s|'s)\s")
PART_OF = re.compile(r"^(.*?)\s?\b(?:of|for|against)\s(?:the\s)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` names a unit; `state` is empty where the name does not tell."""

    start: int
    end: int
    name: str
    state: str


def find_units(
    text: str, near: Set[str] | None = None, date: str = "",
    defined: Mapping[str, str] = NONE_DEFINED,
) -> list[Unit]:  # fmt: skip
    """Units from left to right: known forces first, then names that are built like one, capitals
    that stand for one in the document, national forces in small letters, and capitals that have
    officers."""
    forces = without_others(find_forces(text, near, date), text, defined)
    found = [
        Unit(force.start, force.end, force.name, force.state)
        for force in forces
        if force.kind in KINDS and not _is_governing(force.name)
    ]
    known = [(force.start, force.end) for force in forces]
    others = (*_built(text), *_defined(text, defined), *_national(text, near), *_abbreviated(text))
    for unit in others:
        if not any(unit.start < b and a < unit.end for a, b in known):
            known.append((unit.start, unit.end))
            found.append(unit)
    return sorted(found, key=lambda unit: unit.start)


def _is_governing(name: str) -> bool:
    """Whether it is a government or a party, and no force."""
    return name in _words("governors") or bool(_words("governing") & set(name.split()))


def _defined(text: str, defined: Mapping[str, str]) -> Iterator[Unit]:
    """ "ROP", in a document that says "Royal Oman Police (ROP)"."""
    for match in CAPITALS.finditer(text):
        name = defined.get(match[0], "")
        if text[match.start() - 1 : match.start()] == "(" or not _is_unit(name):
            continue
        if not _is_others(name):
            yield Unit(*match.span(), name, _state(name))


def _is_others(name: str) -> bool:
    """Whether armed groups, missions or parties have the name."""
    return any(force.kind not in KINDS for force in find_forces(name))


def _built(text: str) -> Iterator[Unit]:
    for match in PHRASE.finditer(text):
        for span in _parts(text, *match.span()):
            start, end, owner = _core(text, *span)
            if _is_unit(text[start:end]):
                yield Unit(start, end, text[start:end], _state(owner + text[start:end]))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """ "National Police and Coast Guard" are two; "Security and Intelligence Service" is one."""
    for match in re.finditer(r" and ", text[start:end]):
        words = text[start : start + match.start()].split(" ")
        if len(words) - 1 in _heads(words) or (len(words) == 1 and words[0].isupper()):
            yield start, start + match.start()
            yield from _parts(text, start + match.end(), end)
            return
    yield start, end


def _core(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The name within a capitalised phrase: without the words that open a sentence, whose it is,
    the office of whoever leads it and the person named after it; and whose it is."""
    owner = ""
    openings = _words("openings")
    while True:
        words = text[start:end].split(" ")
        first = text[start:end].split(" ", 1)[0]
        if len(words) > 1 and first in openings:
            start += len(first) + 1
        elif (part := PART_OF.match(text[start:end])) and _is_office(part[1].split()):
            start += part.end()
        elif (told := OWNER.match(text[start:end])) and _is_owner(told[1]):
            owner = told[1] + " "
            start += told.end()
        else:
            break
    end -= len(text[start:end]) - len(POSSESSIVE.sub("", text[start:end]))
    words = text[start:end].split(" ")
    heads = _heads(words)
    last = heads[-1] if heads else len(words)
    rest = words[last + 1 :]
    if rest and rest[0] in _words("after_name"):
        return start, end - len(" ".join(["", *rest])), owner
    if len(rest) > 1 and not (_words("outsiders") | _words("joining")) & set(rest):
        end -= len(" ".join(["", *rest]))
    return start, end, owner


def _is_office(words: Sequence[str]) -> bool:
    """Whether somebody or something is of the force named next, and no force itself."""
    return not _heads(words) and not _words("ministries") & set(words)


def _is_owner(words: str) -> bool:
    """Whether "Korea’s" or "the Northern State’s" stands before the name, and is no part of it."""
    return bool(_state(f"{words}’s")) or words.split()[-1] in _words("owners")


def _state(name: str) -> str:
    codes = {p.code for p in find_places(name) if p.kind in ("country", "demonym")}
    return codes.pop() if len(codes) == 1 else ""


def _heads(words: Sequence[str]) -> list[int]:
    """Where the words stand that can make a name that of a unit: of two, the last."""
    known = _words("heads") | _words("weak_heads")
    return [
        i
        for i, word in enumerate(words)
        if word in known or (i and " ".join(words[i - 1 : i + 1]) in known)
    ]


def _is_unit(name: str) -> bool:
    words = name.split()
    if len(words) < 2 or (len(words) == 2 and words[0] in _words("generic")):
        return False
    held, bare = _runs(words), _runs([POSSESSIVE.sub("", word) for word in words])
    if (_words("outsiders") | _words("ministries")) & (held | bare):
        return False
    if words[-1].isdigit():
        return words[-2] in _words("numbered")
    if held & _words("heads"):
        return True
    if re.match(NUMBER, words[0]) and words[-1] in _words("numbered"):
        return True
    return bool(held & _words("weak_heads")) and bool(held & _words("security"))


def _runs(words: Sequence[str]) -> set[str]:
    """One to three words of a name that stand together: "Task Force"."""
    return {" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}


def _national(text: str, near: Set[str] | None) -> Iterator[Unit]:
    """ "Ugandan police", by the full name where the gazetteer has it. The name of a country or
    capital may be another's ("Georgia police"), so it counts only beside its country."""
    for place in find_places(text, near or frozenset(), with_towns=False):
        match = _national_pattern().match(text, place.end)
        is_of_it = place.kind == "demonym" or (near is not None and place.code in near)
        if match and is_of_it:
            name = text[place.start : match.end()]
            forces = find_forces(name.title(), {place.code})
            full = next((force.name for force in forces if force.state == place.code), name)
            yield Unit(place.start, match.end(), full, place.code)


@cache
def _national_pattern() -> re.Pattern[str]:
    forces = "|".join(sorted(_words("national"), key=len, reverse=True))
    return re.compile(rf"\s(?:{forces})\b(?![-’']\w|\s(?:{'|'.join(_words('not_after'))})\b)")


def _abbreviated(text: str) -> Iterator[Unit]:
    for match in _abbreviation().finditer(text):
        if match[1] not in _words("not_forces") and not _state(f"{match[1]}’s"):
            yield Unit(*match.span(1), match[1], "")


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])([A-Z]{{3,8}})\s(?:{'|'.join(_words('staff'))})\b")


def _is_beside(text: str, unit: Unit, act: int, category: str) -> bool:
    """Whether the unit investigates, is told, is spoken ill of, is hit by it, or only says
    something; not "they had arrested him" of itself. `act` is where the words of the deed begin."""
    told = _beside()
    if told["before"].search(text, 0, unit.start) or told["harmed"].match(text, unit.end):
        return True
    if told["by"].search(text, 0, unit.start):
        return False
    return told["said"].match(text, unit.end) is not None or _pursues(text, unit, act, category)


def _pursues(text: str, unit: Unit, act: int, category: str) -> bool:
    """ "The Border Police arrested a mayor suspected of bribery"."""
    if category in _words("pursuing"):
        return False
    verb = _beside()["pursued"].match(text, unit.end)
    return verb is not None and _beside()["suspicion"].search(text, unit.end, act) is not None


@cache
def _beside() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "units.toml")
    names = ("beside", "said", "harmed", "pursued", "suspicion")
    before, said, harmed, pursued, suspicion = ("|".join(data[name]) for name in names)
    apart = r"(?:\s(?!and\b|who\b|which\b|that\b|by\b)[\w“”\"’'.-]+)"
    acting = r"(?:\s(?!and\b|who\b|which\b|that\b|was\b|were\b|been\b)[\w’.-]+)"
    return {
        "before": re.compile(rf"\b(?:{before})\s(?:the\s)?(?:[A-Z][\w’'-]+\s|local\s){{0,3}}$"),
        "by": re.compile(r"\bby\s(?:the\s)?(?:(?:[A-Z][\w’'-]+|and|of|the)\s){0,6}$"),
        "said": re.compile(
            rf"(?:’s|'s)?(?:\s(?!and\b|who\b|which\b|that\b)[\w’.-]+){{0,4}}?\s(?:{said})\b"
            r"(?!\s(?:that\s)?(?:it|they|its|their)\b)"
        ),
        "harmed": re.compile(rf"{apart}{{0,6}}?\s(?:was|were)\s(?:\w+ly\s)?(?:{harmed})\b"),
        "pursued": re.compile(rf"(?:’s|'s)?{acting}{{0,4}}?\s(?:{pursued})\b"),
        "suspicion": re.compile(rf"\b(?:{suspicion})\b(?:(?!\band\b)[^,;]){{0,60}}$"),
    }


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("catnlp.link", "units.toml")[name])


def link_units(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention],
    links: Sequence[CountryLink],
) -> tuple[MentionUnit, ...]:  # fmt: skip
    """The units that the sentences of mentions name, each once; none of a mention that others than
    a state are behind, and none that only looks into it or speaks of it. A unit whose name does not
    tell its state has that of the mention, where one state alone is responsible."""
    if not mentions:
        return ()
    by_id = {sentence.id: sentence for sentence in sentences}
    linked: dict[str, list[CountryLink]] = {}
    for link in links:
        linked.setdefault(link.mention_id, []).append(link)
    defined = abbreviations(sentence.text for sentence in sentences)
    found = []
    for mention in mentions:
        if mention.actor in OTHERS:
            continue
        mine = linked.get(mention.id, [])
        near = {*document.subject_countries, *(link.country for link in mine)}
        states = [link.country for link in mine if link.role == "responsible"]
        own = states[0] if len(states) == 1 else ""
        sentence = by_id[mention.sentence_id]
        taken = set()
        for unit in find_units(sentence.text, near, document.published, defined):
            act = mention.start - sentence.start
            if unit.name in taken or _is_beside(sentence.text, unit, act, mention.category):
                continue
            taken.add(unit.name)
            start, end = sentence.start + unit.start, sentence.start + unit.end
            found.append(MentionUnit(mention.id, unit.name, unit.state or own, start, end))
    return tuple(found)
