"""What in a sentence speaks for a country: who acts, where, and who is merely named."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from catnlp.extract.dates import MONTH_NAMES
from catnlp.gazetteer.forces import Force
from catnlp.gazetteer.places import PlaceName
from catnlp.link.abbreviations import NONE_DEFINED, forces_meant, stands_for_other
from catnlp.link.behind import (
    hires,
    is_hired,
    is_hired_by_other,
    is_only_made,
    is_sent_from,
    placed,
)
from catnlp.link.de_facto import find_bodies
from catnlp.link.missions import end_of_troops
from catnlp.link.patterns import either
from catnlp.resources import read_toml

ClueKind = Literal[
    "force", "government", "unit", "ruler", "steered", "state", "own",  # who acts
    "politics", "international", "party",
    "in", "from", "listed", "dateline", "people", "named",
    "private",  # a citizen of it
    "group",  # an armed group that acts for no state
]  # fmt: skip
UNIT_KINDS: dict[str, ClueKind] = {
    "state": "unit", "state-aligned": "steered", "ruler": "ruler", "politics": "politics",
}  # fmt: skip
Where = Literal["in", "from", "listed", "private", ""]
Manner = Literal["", "by", "blamed", "other-end", "speaks"]
ACTORS = frozenset(("force", "government", "unit", "ruler", "steered", "state", "own"))
PLACED = ("in", "listed")  # where something happens
DATELINE = re.compile(
    r"^[A-ZÀ-Þ][\w’.,/ -]{2,50}?(?:\s*\([\w./ ]+\))?\s*(?:\s[-–]+\s|\s?—\s?)+(?=[A-Z“\"])"
    r"|^[A-ZÀ-Þ]{4}[A-ZÀ-Þ’.,/ -]{0,40}:\s(?=[A-Z“\"])"
)
VERB = re.compile(
    r"^(?:\s(?:has|have|had|is|was|were|will|would|also|then|later|continued to|began|indefinitely|"
    r"[a-z]+ly))*\s(?!and\b|or\b|as\b|its\b|this\b|businesses\b)(?:[a-z]+(?:ed|es|ing|s)|put|hit|shot|beat|sent|sold|took|held)\b"
    r"|^\s(?:has|have|had|did|does|is|was|were)\b"
)  # fmt: skip
TOWN = re.compile(  # one that no table has: "at Guantanamo Bay, Cuba"
    rf"\b(?:in|at|near)\s(?:the\s)?(?!(?:{MONTH_NAMES})\b)"
    r"(?:[A-ZÀ-Þ][\w’-]+\s){0,2}[A-ZÀ-Þ][\w’-]+,\s$"
)
AFTER_TOWN = re.compile(r"[,.;)]|$|\s(?:and|in|on|where|by|after|for|during|while)\b")
OPENING = re.compile(r"^(?:Meanwhile, |Also |And |But )?(?:In|Across|Throughout)\s(?:the\s)?$")
ORIGIN = re.compile(  # whose people somebody is: "Palestinians from Gaza", "workers from Nepal"
    r"(?:[A-Z]\w+(?:ns|is)|\b(?i:workers?|migrants?|refugees?|seekers?|citizens?|nationals?|"
    r"detainees?|students?|journalists?|reporters?|natives?)|\b(?:was|is)\san?\s(?:[\w-]+\s){1,5}?[\w-]+)\sfrom\s(?:the\s)?$"
)
REQUEST = re.compile(r"[’']s\s(?:request|behest|invitation|urging|insistence)\b")
BRACKETS = re.compile(r"\([^()]*\)")  # "People’s Republic of China (PRC) authorities"
ADJECTIVES = ("US", "U.S.", "UK", "U.K.")
FILLERS = (
    r"(?:the|a|an|\d[\d,]*|two|three|four|five|at least|more than|"
    r"(?:hundreds|dozens|scores|thousands)\sof|some|several|both|all|combined|suspected|alleged|"
    r"unidentified|undercover|armed|former|local|state|elite|joint|plainclothes|masked)\s"
)
DESIGNATION = r"(?-i:[A-Z][A-Za-z]{0,2}-\d{1,3}[A-Z]?(?!\s(?:visa|presidency|summit|highway|road)))"
# Places behind these are no origin.
NO_ORIGIN = re.compile(r"(?<!ment)(?<!ments)\s(?:to|into|through|off|between)\s(?:the\s|both\s)*$")
LIST = re.compile(r"\s?(?:(?:, )?\b(?:and|or)\b|,)\s*(?:the |neighbou?ring |nearby )*", re.I)
REACH = 60  # characters around a name that are looked at


@dataclass(frozen=True, slots=True)
class Clue:
    """A country that a span of the text speaks for, and how."""

    country: str  # empty for an international force
    start: int
    end: int
    kind: ClueKind
    words: str
    manner: Manner = ""

    @property
    def acts(self) -> bool:
        return self.kind in ACTORS


def read_evidence(
    text: str, near: Set[str] = frozenset(), date: str = "", home: str = "",
    defined: Mapping[str, str] = NONE_DEFINED, beside: Set[str] = frozenset(),
) -> tuple[Clue, ...]:  # fmt: skip
    """Clues in the order of the text; countries `near` and `beside` it, `date`, the one that a
    report is on and the abbreviations `defined` in the document decide ambiguous names."""
    if not text:
        return ()
    dateline = DATELINE.match(text)
    begin = dateline.end() if dateline else 0
    clues: list[Clue] = []
    places = [p for p in placed(text, near, home=home) if not stands_for_other(p, defined)]
    codes = {place.code for place in places}
    units = list(_units(text, forces_meant(text, beside | codes, near, date, home, defined)))
    units += _bodies(text, places, near | codes, units)
    taken = [(unit.start, unit.end) for unit in units]
    for number, place in enumerate(places):
        if place.start < begin:
            clues.append(_clue(place, "dateline"))
        elif not any(start <= place.start < end for start, end in taken):
            clues += _of_place(text, place, places[number - 1] if number else None, clues)
    return tuple(sorted([*clues, *units], key=lambda c: (c.start, -c.end)))


def _units(text: str, forces: Sequence[Force]) -> Iterator[Clue]:
    for force in forces:
        span = (force.start, force.end)
        words = text[force.start : force.end]
        if force.kind == "international":
            span = (force.start, end_of_troops(text, force.end))
            yield Clue("", *span, "international", text[slice(*span)], manner_of(text, *span))
            continue
        if force.state:
            yield Clue(force.state, *span, UNIT_KINDS[force.kind], words, manner_of(text, *span))
        elif force.kind == "non-state":
            yield Clue("", *span, "group", words, manner_of(text, *span))
        if force.home:
            yield Clue(force.home, *span, "party", words)


def _bodies(
    text: str, places: Sequence[PlaceName], named: Set[str], units: Sequence[Clue]
) -> Iterator[Clue]:
    """Authorities that no state in law has, as groups; those of an occupying power."""
    taken = [(unit.start, unit.end) for unit in units]
    for start, end, state, home in find_bodies(text, places, named):
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        kind: ClueKind = "force" if state else "group"
        yield Clue(state, start, end, kind, text[start:end], manner_of(text, start, end))
        if home and not any(start <= place.start < end for place in places):
            yield Clue(home, start, end, "party", text[start:end])


def _of_place(
    text: str, place: PlaceName, before: PlaceName | None, clues: Sequence[Clue]
) -> Iterator[Clue]:
    """Who acts, and where; a name can speak for both."""
    last = _head_of_list(text, place, before, clues)
    acting, where = _acting(text, place), _where(text, place) or _listed(text, last)
    joined = before is not None and before.end == place.start - 1
    if text[place.start - 1 : place.start] == "-" and place.kind == "country" and not joined:
        acting = None  # "Terre des Hommes-Netherlands", "pro-Russia"
    bare = acting is None or acting.kind == "state"
    if bare and last is not None and last.kind == "steered" and _is_behind(text, last.start):
        acting = replace(
            last, country=place.code, start=place.start, end=place.end, words=place.text
        )
    if acting and acting.kind == "state" and where in ("listed", "from", "private"):
        acting = None  # "people from Mali and Niger killed": none of the two kills
    if acting:
        yield acting
    if acting is None and not where and TOWN.search(text[: place.start]):
        where = "in" if AFTER_TOWN.match(text, place.end) else ""
    if acting and place.text in ADJECTIVES and acting.end > place.end:
        where = ""  # "no let-up in the US bombing"
    if where and (acting is None or (place.kind != "demonym" and acting.kind != "steered")):
        yield _clue(place, where)
    elif acting is None:
        yield _clue(place, _merely_named(text, place))


def _head_of_list(
    text: str, place: PlaceName, before: PlaceName | None, clues: Sequence[Clue]
) -> Clue | None:
    """The clue of the place before, where this one stands in a list with it."""
    if not before or not LIST.fullmatch(text, before.end, place.start):
        return None
    if before.text == place.text:  # "fired on X, and X struck back"
        return None
    return next((c for c in reversed(clues) if c.start == before.start), None)


def _is_behind(text: str, start: int) -> bool:
    """Whether the state named there, or a list of states, leads or hires those before."""
    led = _cues()["steered_by"].search(text, max(0, start - REACH), start)
    return led is not None or hires(text, start)


def _listed(text: str, last: Clue | None) -> Where:
    """What a place is that stands in a list after another, as whose people or where."""
    if last is None or (last.kind == "from" and NO_ORIGIN.search(text[: last.start])):
        return ""
    if last.kind == "from" or last.kind == "private":
        return last.kind
    return "listed" if last.kind in PLACED else ""


def _merely_named(text: str, place: PlaceName) -> Literal["private", "people", "named"]:
    """Whether the name says whose citizen somebody is ("a Canadian journalist")."""
    owned = text.startswith(("’s", "'s"), place.end)
    if _cues()["private"].match(text, place.end + 2 * owned):
        return "private"
    return "people" if place.kind == "demonym" else "named"


def _clue(place: PlaceName, kind: ClueKind) -> Clue:
    return Clue(place.code, place.start, place.end, kind, place.text)


def _acting(text: str, place: PlaceName) -> Clue | None:
    """The clue of a name that stands for a state or its forces, if it does."""
    close = place.end + bool(BRACKETS.fullmatch(text, max(0, place.start - 1), place.end + 1))
    cues, after = _cues(), text[place.end : place.end + REACH]
    if cues["steering"].match(after):
        if place.kind == "demonym" and is_hired_by_other(text, place.start, place.end):
            return None
        manner = manner_of(text, place.start, place.end)
        return Clue(place.code, place.start, place.end, "steered", place.text, manner)
    merely = cues["merely"].search(text, max(0, place.start - REACH), place.start)
    led = cues["steered_by"].search(text, max(0, place.start - REACH), place.start)
    helped = led and cues["helped"].search(text, max(0, place.start - REACH), place.start)
    if helped or (led and cues["organized"].match(after)):
        return None  # "a reform backed by Canada", "backed by the Canadian Legal Network"
    weak = merely or cues["weak_steering"].match(after) or is_hired(text, place.end)
    if weak or is_only_made(text, place.start, place.end):
        return None
    if (
        led
        or hires(text, place.start)
        or (
            cues["under"].search(text, max(0, place.start - REACH), place.start)
            and cues["command"].match(after)
        )
    ):
        return Clue(place.code, place.start, place.end, "steered", place.text)
    if cues["war"].match(after) and cues["attitude"].search(
        text, max(0, place.start - 2 * REACH), place.start
    ):
        return None
    noun = cues["noun"].match(text[close : close + REACH])
    if place.kind == "demonym":
        shared = cues["shared_noun"].match(after)
        if noun is None and shared:  # "Russian and Syrian forces"
            manner, kind = manner_of(text, place.start, place.end + shared.end()), shared[1].lower()
            return Clue(place.code, place.start, place.end, _nouns()[kind], place.text, manner)
    if noun and place.kind not in ("city", "region") and not cues["private"].match(after):
        kind = _nouns().get(noun[1].lower(), "force")
        end = close + noun.end()
        return Clue(
            place.code, place.start, end, kind, text[place.start : end],
            manner_of(text, place.start, end),
        )  # fmt: skip
    manner = manner_of(text, place.start, place.end)
    if place.kind == "country" and is_sent_from(text, place.start):
        return Clue(place.code, place.start, place.end, "force", place.text, manner)
    if place.kind in ("country", "capital") and not cues["place"].search(text[: place.start]):
        possessive = after.startswith(("’s", "'s")) and place.kind == "country"
        possessive = possessive and not cues["private"].match(after[2:])  # "Nepal’s workers"
        verb = VERB.match(after) and not cues["citizens"].match(after)
        if manner in ("by", "blamed") or possessive or verb:
            return Clue(place.code, place.start, place.end, "state", place.text, manner)
    return None


def manner_of(text: str, start: int, end: int) -> Manner:
    """How the clause uses the name: as agent, as the other end of the action, as a speaker."""
    cues = _cues()
    before = text[max(0, start - REACH) : start]
    if cues["spoken"].search(before):
        return "speaks"
    if cues["beside"].search(before):
        return "other-end"
    if cues["agent"].search(before):
        return "by"
    if cues["speech"].match(text, end):
        return "speaks"
    if cues["blamed"].search(before):
        return "blamed"
    return "other-end" if cues["other_end"].search(before) else ""


def is_speaking(rest: str) -> bool:
    """Whether the words after a name say that it speaks."""
    return bool(_cues()["speech"].match(rest))


def _where(text: str, place: PlaceName) -> Where:
    """How surely something is said to happen there, or whether only people come from there."""
    if text.startswith("-", place.end) or REQUEST.match(text, place.end):
        return ""  # "in Russia-occupied Abkhazia", "at Chad’s request"
    if place.kind == "demonym" and not _cues()["of_people"].match(text, place.end):
        return ""
    found = _cues()["place"].search(text[max(0, place.start - REACH) : place.start])
    if not found:
        return ""
    if place.text in ADJECTIVES and _cues()["private"].match(text, place.end):
        return "private"  # "attacks on U.S. citizens"
    if ORIGIN.search(text, 0, place.start):
        return "private"
    return "in" if found[1].lower() in _strong_prepositions() else "from"


def is_place(text: str, start: int) -> bool:
    """Whether the words before `start` make what follows a place, or the end of a way."""
    return bool(_cues()["place"].search(text, max(0, start - REACH), start))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.link", "cues.toml")


@cache
def _strong_prepositions() -> frozenset[str]:
    return frozenset(_data()["places"]["strong"])


@cache
def _nouns() -> dict[str, ClueKind]:
    nouns = _data()["nouns"]
    kinds: dict[str, ClueKind] = dict.fromkeys(nouns["politics"], "politics")
    kinds.update(dict.fromkeys(nouns["government"], "government"))
    kinds.update(dict.fromkeys(nouns["force"], "force"))
    return kinds


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    data = _data()
    places = [*data["places"]["strong"], *data["places"]["weak"]]
    others = either([*data["nouns"]["private"], *data["nouns"]["not_between"]])
    thing = (
        rf"(?!\s(?:{either(data['nouns']['things'])})\b)"
        r"(?!(?-i:(?<=Coalition)\s(?:of|for|against)\b))"
    )
    other = rf"(?!(?:{others})\b)[\w’-]+"
    return {
        "noun": re.compile(
            rf"\]?(?:’s|'s)?(?!(?-i:(?:\s[A-Z][\w’-]+){{1,2}}\sState\b))(?:\s(?!(?:{either(places)}|and|or|who|which|that|by|for|with|{either(data['nouns']['not_between'])})\b)"
            rf"[\w’-]+){{0,2}}?\s({either(tuple(_nouns()))}"
            rf"|(?:{either(data['nouns']['vehicles'])})(?=\s(?:{either(data['nouns']['attacks'])})\b)"
            rf"|{DESIGNATION})\b(?!-){thing}", re.I
        ),
        "shared_noun": re.compile(
            rf"(?:(?:,\s(?-i:[A-Z])[\w’-]+){{0,2}},?\sand(?:\s{other}){{1,3}}?"
            rf"|[/-](?-i:[A-Z])[\w’]+(?:\s{other}){{0,2}}?)\s"
            rf"({either(tuple(_nouns()))})\b{thing}", re.I
        ),
        "private": re.compile(
            rf"(?:\s[\w-]+)?\s(?!(?-i:National\s[A-Z]))(?:{either(data['nouns']['private'])}"
            rf"|(?:{either(data['nouns']['line'])})(?!\s(?:{either(tuple(_nouns()))})\b))\b", re.I
        ),
        "citizens": re.compile(
            rf"\s(?:{either([*data['nouns']['private'], *data['nouns']['things']])})\b"
        ),
        "beside": re.compile(
            rf"\b(?:{either(data['agents']['beside'])})\s(?:{FILLERS})*$", re.I
        ),
        "steering": re.compile(rf"(?:{either(data['steering']['strong'])})\b", re.I),
        "weak_steering": re.compile(rf"(?:{either(data['steering']['weak'])})\b", re.I),
        "steered_by": re.compile(rf"\b(?:{either(data['steering']['by'])})\s(?:the\s)?$", re.I),
        "organized": re.compile(
            rf"(?:\s[A-Z][\w/-]+){{0,4}}?\s(?:{either(data['steering']['private'])})\b"
        ),
        "helped": re.compile(
            rf"\b(?:{either(data['steering']['projects'])})(?:\s[\w-]+){{0,2}}?\s"
            rf"(?:{either(data['steering']['by'])})\s(?:the\s)?$", re.I
        ),
        "under": re.compile(r"\bunder\s(?:the\s)?$", re.I),
        "command": re.compile(r"(?:’s|'s)?\s(?:command|control|direction|orders)\b", re.I),
        "place": re.compile(
            rf"\b(?<!attributed\s)(?<!blamed\s)({either(places)})"
            r"(?:\s(?:the|both|either|central|mainland|rural|present-day|(?:[\w’]+-)?occupied|neighbou?ring|nearby|city|town|village|of|"
            rf"(?-i:[A-Z][\w-]+)(?=\s(?:[\w-]+\s)?(?:{either(data['places']['nouns'])}|state)\sof\s)|"
            rf"{either(data['places']['nouns'])}|"
            r"state|region|\w+ern|\w+east|\w+west|north|south|east|west))*\s[#“\"(]?$", re.I
        ),
        "of_people": re.compile(rf"\s(?:[\w-]+\s)?(?:{either(data['places']['nouns'])})\b"),
        "merely": re.compile(rf"\b(?:{either(data['agents']['merely'])})\s(?:{FILLERS})*$", re.I),
        "agent": re.compile(
            rf"\b(?:{either(data['agents']['by'])}|attribut\w+\s(?:[\w-]+\s){{1,6}}to)"
            rf"\s(?:{FILLERS})*$", re.I
        ),
        "blamed": re.compile(rf"\b(?:{either(data['agents']['blamed'])})\s(?:the\s)?$", re.I),
        "other_end": re.compile(rf"\b(?:{either(data['agents']['other_end'])})\s(?:the\s)?$", re.I),
        "attitude": re.compile(rf"\b(?:{either(data['attitude']['words'])})\b[^.;]*$", re.I),
        "war": re.compile(
            rf"(?:’s|'s)?(?:\s[\w-]+){{0,3}}?\s(?:{either(data['attitude']['wars'])})\b", re.I
        ),
        "speech": re.compile(
            r"(?:’s|'s)?(?:\sand\sothers?\b)?(?:\s(?!and\b|who\b|which\b|that\b)[\w’.-]+){0,5}?,?"
            rf"(?<!\sa)(?<!\san)(?<!\sthe)\s(?:{either(data['speech']['verbs'])})\b"
            rf"|(?:’s|'s)?\s(?:{either(data['speech']['nouns'])})\b",
        ),
        "spoken": re.compile(
            rf"\b(?i:{either(data['speech']['before'])})\s(?:the\s|a\s)?"
            rf"(?:(?:[A-ZÀ-Þ][\w’-]+|{either(tuple(_nouns()))}|spokesman|spokeswoman)\s){{0,5}}$"
        ),
    }  # fmt: skip
