"""What in a sentence speaks for a country: acting states and places, with the words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catnlp.gazetteer import find_forces, find_places
from catnlp.gazetteer.places import PlaceName

DATELINE = re.compile(r"^[A-ZÀ-Þ][\w’.,/ ]{2,50}?(?:\s*\([\w./ ]+\))?\s+[-–—]+\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Clue:
    """A country that a span of the text speaks for, and how strongly (0 to 1)."""

    country: str
    start: int
    end: int
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All clues of one text. `named` has every country named at all, demonyms included."""

    actors: tuple[Clue, ...]
    places: tuple[Clue, ...]
    named: tuple[Clue, ...]


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files("catnlp.link").joinpath("cues.toml").read_text(encoding="utf-8"))

    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    return {
        "state_noun": re.compile(
            rf"(?:’s|'s)?(?:\s+[\w-]+){{0,2}}?\s+(?:{either(data['state_nouns'])})\b", re.I
        ),
        "steering": re.compile(rf"(?:{either(data['steering'])})\b", re.I),
        "place": re.compile(
            rf"\b({either(data['place_prepositions'])})"
            r"(?:\s+(?:the|both|either|central|occupied|neighbou?ring|\w+ern))*\s+$",
            re.I,
        ),
        "weak": re.compile(rf"^(?:{either(data['weak_prepositions'])})$", re.I),
        "agent": re.compile(rf"\b(?:{either(data['agent_prepositions'])})\s+(?:the\s+)?$", re.I),
        "list": re.compile(r"(?:,|\band|\bor|,\s*and)\s*(?:the\s+)?$"),
    }  # fmt: skip


@cache
def _empty() -> Evidence:
    return Evidence((), (), ())


def read_evidence(text: str) -> Evidence:
    """Clues in the order of the text. A dateline says where it was written, no more."""
    if not text:
        return _empty()
    dateline = DATELINE.match(text)
    begin = dateline.end() if dateline else 0
    actors, places, named = [], [], []
    previous: tuple[int, float] | None = None  # end and weight of the place before
    for place in find_places(text):
        if place.start < begin:
            continue
        weight = _acts(text, place)
        clue = _clue(place, 1.0)
        if weight:
            actors.append(_clue(place, weight))
        where = _is_place(text, place, previous)
        if where and (not weight or place.kind == "country"):
            places.append(_clue(place, where))
        previous = (place.end, where) if where else None
        named.append(clue)
    for force in find_forces(text):
        if force.state:
            actors.append(Clue(force.state, force.start, force.end, 0.95, force.name))
    return Evidence(tuple(sorted(actors, key=lambda c: c.start)), tuple(places), tuple(named))


def _clue(place: PlaceName, weight: float) -> Clue:
    return Clue(place.code, place.start, place.end, weight, place.text)


def _acts(text: str, place: PlaceName) -> float:
    """How surely the place is a state that acts here; 0 where nothing says so."""
    cues = _cues()
    after = text[place.end : place.end + 60]
    before = text[max(0, place.start - 40) : place.start]
    if cues["steering"].match(after):
        return 0.9
    if cues["agent"].search(before) and place.kind in ("country", "capital"):
        return 0.85
    if cues["state_noun"].match(after) and place.kind != "city":
        return 0.9 if place.kind == "demonym" or after.startswith(("’", "'")) else 0.8
    if place.kind in ("country", "capital") and not cues["place"].search(before):
        return 0.5 if re.match(r"(?:’s|'s)?\s+\w+", after) else 0.3
    return 0.0


def _is_place(text: str, place: PlaceName, previous: tuple[int, float] | None) -> float:
    """How surely something is said to happen there; 0 where nothing says so."""
    if place.kind == "demonym":
        return 0.0
    cues = _cues()
    before = text[max(0, place.start - 40) : place.start]
    found = cues["place"].search(before)
    if found:
        return 0.5 if cues["weak"].match(found[1]) else 0.9
    if (
        previous
        and cues["list"].search(text[previous[0] : place.start])
        and len(text[previous[0] : place.start]) < 12
    ):
        return previous[1]
    return 0.0
