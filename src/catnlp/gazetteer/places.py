"""Countries, peoples, capitals, cities and regions named in a text."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.given import is_person
from catnlp.gazetteer.home import as_meant
from catnlp.gazetteer.matcher import Match, Matcher
from catnlp.gazetteer.states import find_state_places
from catnlp.gazetteer.towns import Town, TownKind, towns
from catnlp.resources import read_toml

PlaceKind = Literal["country", "demonym", "capital", "city", "region"]
Place = tuple[PlaceKind | Literal["shared", "other"], str, TownKind]  # its code, what it needs
TITLE_WORDS = frozenset(
    (
        "In The From To And Of At By For With Against North South East West Inside Near "
        "President King Minister Republic Kingdom Government While When After Since "
        "Although Both Neighboring Between Across If As But Northern Southern Eastern "
        "Western"
    ).split()
)
CAPITALISED = re.compile(r"\s[A-Z][a-z]")
COUNTY = re.compile(r"\s(?:County|Parish|Township)\b")  # "Lebanon County"
CAPITALS = re.compile(  # the town that a report is sent from: "ADDIS ABABA (Agency) - ", "KABUL: "
    r"[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?:[ /]+[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+){0,4}"
    r"(?=,\s[A-Z][a-z]|,?\s*(?:\([\w/. ]+\)\s*)?[-–—:])"
)
TOWNS = ("city", "capital", "region")
JOINED = re.compile(r"\b(?!(?:[Aa][a-z]|[Ee]l)-)\w+-$")  # "anti-Balaka", but "al-Raqqa"
SHORT = 3  # letters of a word that is left as it is: US, UAE, DRC
WORD_BEFORE = re.compile(r"(\S+)\s$")


def _in_small_letters(text: str) -> str:
    """The text, a heading or dateline in capitals as names are written elsewhere."""
    if text.isupper():
        return text.title()
    sent = CAPITALS.match(text)
    if sent is None:
        return text
    words = re.sub(r"[^\W_]+", lambda w: w[0].title() if len(w[0]) > SHORT else w[0], sent[0])
    return words.replace("-AU-", "-au-") + text[sent.end() :]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name in a text, and the country it belongs to."""

    start: int
    end: int
    code: str
    kind: PlaceKind
    text: str


def find_places(
    text: str, near: Set[str] = frozenset(), *, with_towns: bool = True, home: str = ""
) -> list[PlaceName]:
    """Places from left to right; the longest name wins, and ambiguous ones need their context.

    `near` are codes of countries that the text around names: they decide what "Congo" is;
    `home` is the one that a report is on, whose towns and states are meant first.
    Without towns it knows countries, peoples and capitals only, and starts at once.
    """
    found: list[PlaceName] = []
    undecided: list[Match[Place]] = []
    readable = _in_small_letters(text)
    with_state = find_state_places(readable, _codes(with_towns), near, _guards()["preposition"])
    for place in with_state:
        if place.code:
            words = text[place.start : place.end]
            found.append(PlaceName(place.start, place.end, place.code, "city", words))
    for match in _matcher(with_towns).find(readable):
        kind, code, needs = match.key
        if any(match.start < place.end and place.start < match.end for place in with_state):
            continue
        if _is_state_of(readable, match, home):
            union = _guards()["state_of"][readable[match.start : match.end]]
            words = text[match.start : match.end]
            found.append(PlaceName(match.start, match.end, union, "region", words))
            continue
        if kind == "other" or _is_other_name(readable, match, kind):
            continue
        if needs and not _has_what_it_needs(readable, match, needs):
            continue
        if kind == "shared":
            undecided.append(match)
            continue
        found.append(PlaceName(match.start, match.end, code, kind, text[match.start : match.end]))
    if undecided:
        named = {place.code for place in found} | near
        for match in undecided:
            code = next((c for c in match.key[1].split() if c in named), "")
            if code:
                words = text[match.start : match.end]
                found.append(PlaceName(match.start, match.end, code, _part(words), words))
    found.sort(key=lambda place: place.start)
    return list(as_meant(readable, found, home)) if with_towns else found


def names_of_others(texts: Sequence[str]) -> frozenset[str]:
    """Names of countries that mean a person, or a state of another country, all through a
    document: somewhere it says so, and nowhere has it another word for that country."""
    guards = _guards()
    named = [name for name in guards["given"] if any(name in text for text in texts)]
    other = {
        name for name in named if any(name in text and _is_another(text, name) for text in texts)
    }
    if not other:
        return frozenset()
    codes = _codes(False)
    places = [(text, place) for text in texts for place in find_places(text)]
    for name in sorted(other):
        for text, place in places:
            itself = place.text == name
            placed = itself and guards["preposition"].search(text[: place.start])
            state = name in guards["state_of"]
            if place.code == codes[name] and (not itself or (placed and not state)):
                other.discard(name)
    return frozenset(other)


def _is_another(text: str, name: str) -> bool:
    return any(
        match.key[0] not in ("shared", "other")
        and text[match.start : match.end] == name
        and (
            _is_state_of(text, match)
            or is_person(
                text, match.start, match.end, _codes(False), in_titles=_guards()["given"][name]
            )
        )
        for match in _matcher(False).find(text)
    )


def shared_names() -> dict[str, tuple[str, ...]]:
    """Names of countries that more than one has, with the codes of these."""
    return {
        name: tuple(entry["codes"])
        for entry in _guards()["shared"]
        for name in entry["names"]
        if _part(name) == "country"
    }


def _part(name: str) -> PlaceKind:
    return "demonym" if name.endswith(("ese", "an", "ans")) else "country"


@cache
def _matcher(with_towns: bool) -> Matcher[Place]:
    return Matcher(_names(with_towns))


@cache
def _codes(with_towns: bool) -> dict[str, str]:
    """The countries of the names that one country alone has."""
    names = _names(with_towns).items()
    return {name: code for name, (kind, code, _) in names if kind not in ("shared", "other")}


@cache
def _names(with_towns: bool) -> dict[str, Place]:
    names: dict[str, Place] = {}
    if with_towns:
        names = {name: _town(town) for name, town in towns().items()}
    for country in countries().values():
        if country.capital:
            names[country.capital] = ("capital", country.code, "")
        for demonym in country.demonyms:
            names[demonym] = ("demonym", country.code, "")
        for name in (country.name, *country.aliases):
            names[name] = ("country", country.code, "")
    guards = _guards()
    for entry in guards["shared"]:
        names |= {name: ("shared", " ".join(entry["codes"]), "") for name in entry["names"]}
    names |= dict.fromkeys(guards["other"], ("other", "", ""))
    return names


def _town(town: Town) -> Place:
    return ("region" if town.is_region else "city", town.code, town.needs)


@cache
def _guards() -> dict[str, Any]:
    data = read_toml("catnlp.gazetteer", "guards.toml")
    cities = read_toml("catnlp.gazetteer", "cities.toml")
    regions = read_toml("catnlp.gazetteer", "regions.toml")
    before, types = "|".join(cities["prepositions"]), "|".join(regions["types"])
    return {
        "before": tuple(data["before_any"]),
        "after": tuple(data["after_any"]),
        "other": tuple(data["other_names"]),
        "shared": tuple(data["shared"]),
        "ambiguous": {entry["name"]: tuple(entry["cues"]) for entry in data["ambiguous"]},
        "given": {
            e["name"]: e.get("in_titles", False) for e in data["ambiguous"] if e.get("given_name")
        },
        "state_of": {e["name"]: e["state_of"] for e in data["ambiguous"] if "state_of" in e},
        "state_after": {
            e["name"]: re.compile(rf"\s(?:{'|'.join(e['after'])})\b")
            for e in data["ambiguous"]
            if "state_of" in e
        },
        "preposition": re.compile(rf"\b(?:{before})\s(?:the\s)?$", re.IGNORECASE),
        "treaty": re.compile(
            rf"(?:[-–][A-Z][\w.]+)*(?:\s[A-Z][\w-]+){{0,4}}?\s(?:{'|'.join(data['treaties'])})\b"
        ),
        "instrument": re.compile(
            rf"(?:\s[A-Z][\w-]+(?:\sand)?){{0,3}}?\s(?:{'|'.join(data['instruments'])})\b"
        ),
        "type": re.compile(rf"\s(?:{types})\b"),
    }


def _has_what_it_needs(text: str, match: Match[Place], needs: TownKind) -> bool:
    """A small town its preposition, a region with an ordinary name the word "province"."""
    guards = _guards()
    if guards["type"].match(text, match.end):
        return True
    if needs == "type" or not guards["preposition"].search(text[: match.start]):
        return False
    return CAPITALISED.match(text, match.end) is None


def _is_state_of(text: str, match: Match[Place], home: str = "") -> bool:
    """Whether a country's name is that of a state of another country: "Georgia deputies"."""
    guards, name = _guards(), text[match.start : match.end]
    if name not in guards["state_of"]:
        return False
    country = countries()[match.key[1]]
    if any(word in text for word in (country.capital, *country.demonyms)):
        return False
    if home == guards["state_of"][name] or guards["state_after"][name].match(text, match.end):
        return True
    return any(cue in text for cue in guards["ambiguous"][name])


def _is_other_name(text: str, match: Match[Place], kind: str) -> bool:
    """Whether the words around make it the name of something else."""
    guards = _guards()
    before = text[max(0, match.start - 24) : match.start].rstrip(" -")
    after = text[match.end : match.end + 12].lstrip()
    if any(_whole_end(before, word) for word in guards["before"]):
        return True
    if after.startswith(guards["after"]) or (
        kind in ("country", "demonym") and COUNTY.match(text, match.end)
    ):
        return True
    if _is_party(text, match):
        return True
    if kind in TOWNS and (
        guards["instrument"].match(text, match.end)
        or JOINED.search(text, max(0, match.start - 40), match.start)
    ):
        return True
    name = text[match.start : match.end]
    if kind == "region" and " " not in name and _after_given_name(text, match.start):
        return True
    if name not in guards["ambiguous"]:
        return False
    if any(cue in text for cue in guards["ambiguous"][name]):
        return True
    if name in guards["given"] and is_person(
        text, match.start, match.end, _codes(False), in_titles=guards["given"][name]
    ):
        return True
    return kind != "demonym" and _after_given_name(text, match.start)


def _is_party(text: str, match: Match[Place]) -> bool:
    """Whether it only names a treaty with others: "the United States-Mexico Trade Agreement"."""
    joined = text[match.start - 1 : match.start] in ("-", "–") or text[
        match.end : match.end + 1
    ] in (
        "-",
        "–",
    )
    return joined and _guards()["treaty"].match(text, match.end) is not None


def _whole_end(before: str, word: str) -> bool:
    start = len(before) - len(word)
    return before.endswith(word) and (start == 0 or not before[start - 1].isalnum())


def _after_given_name(text: str, start: int) -> bool:
    """Whether the word before is capitalised and not a title, preposition or first word."""
    previous = WORD_BEFORE.search(text, max(0, start - 40), start)
    if previous is None:
        return False
    word = previous[1]
    return word[0].isupper() and word.isalpha() and word not in TITLE_WORDS
