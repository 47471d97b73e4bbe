"""Where a sentence of a report on one country turns from it: to what another state does, or to
what happens in another country. There the report no longer says who is responsible, and where.
"""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.clauses import clause_rank, is_agent
from catnlp.link.custody import holds, is_cell
from catnlp.link.de_facto import occupier
from catnlp.link.evidence import OPENING, PLACED, Clue
from catnlp.link.missions import is_troops
from catnlp.link.patterns import either
from catnlp.resources import read_toml

PEOPLE = ("people", "private")
OCCUPIED_BY = re.compile(r"\boccupied\sby\s(?:the\s)?$")
WHERE = re.compile(r",?\swhere\b[^;,]*$")
ADVERBS = re.compile(r"(?:\s[a-z]+ly\b|\s(?:also|then)\b)*\s?")
RIGHT_IN = re.compile(  # "killed six in X", "killed six and injured ten others in X"
    r"(?:\s[\w-]+){0,2}?(?:\sand\s(?:injured|wounded|displaced)(?:\s[\w-]+){1,3}?)?\sin\s(?:the\s)?"
)
MISSION = re.compile(r"[A-Z]{4,}")  # "KFOR"; of an organization ("the African Union") its troops


def agents_turned_to(
    text: str, clues: Sequence[Clue], start: int, end: int, home: str, heading: str = ""
) -> frozenset[str]:
    """The states that are the agent in place of `home`, and "" for none: of a mission of several,
    or an occupier, the text may not say which. Empty where the sentence does not turn."""
    acting = {c.kind for c in clues if c.acts and c.country == home}
    if not home or acting - {"own"}:
        return frozenset()
    if home not in _occupiers() and _is_occupied(text, heading):
        others = [c for c in clues if c.kind != "own"]  # "authorities" are not those at home
        agents = {c.country for c in _agents(text, others, start, end, "")}
        power = occupier(home)
        held = power and any(
            c.country == power
            and (text.startswith("-occupied", c.end) or OCCUPIED_BY.search(text[: c.start]))
            for c in clues
        )
        return frozenset((*agents, power if held else "", ""))
    turned = {c.country for c in _agents(text, clues, start, end, home)}
    mission = any(c.kind == "international" and _is_mission(text, c, start, end) for c in clues)
    return frozenset((*turned, "")) if not acting and (turned or mission) else frozenset()


def places_turned_to(
    text: str, clues: Sequence[Clue], start: int, end: int, home: str
) -> frozenset[str]:
    """The countries in place of `home`, and "" for none, that the sentence opens with ("In X") or
    goes to ("sent to X, where"), or whose authorities act there on people of `home`. Empty where
    something is placed at home."""
    if not home or any(c.country == home and c.kind in PLACED for c in clues):
        return frozenset()
    found = {
        c.country for c in clues
        if c.country and c.end <= start and (
            (c.kind == "in" and OPENING.match(text[: c.start]))
            or (c.kind in ("in", "from") and WHERE.match(text, c.end, start))
        )
    }  # fmt: skip
    found |= {
        c.country for c in clues
        if c.country != home and (
            is_cell(text, c, start, end)
            or (c.kind == "in" and RIGHT_IN.fullmatch(text, end, max(end, c.start)))
        )
    }  # fmt: skip
    if not found:
        agents = _agents(text, clues, start, end, home)
        strangers = any(c.country == home and c.kind == "private" for c in clues)
        helped = any(c.acts and c.country == home and c.end <= start for c in clues)
        inside = [c for c in clues if start < c.start < end and c.manner == "by"]
        found = {
            c.country for c in (*agents, *inside)
            if (strangers and c in agents and c.kind == "government")
            or (not helped and holds(text, c, home, start))
        }  # fmt: skip
    placed = {c.country for c in clues if c.kind in PLACED and c.country}
    return frozenset((*found, *placed, "")) if found else frozenset()


def is_abroad(section: Sequence[str]) -> bool:
    """Whether the section is on what a state does to people in other countries."""
    return _patterns()["abroad"].search(" / ".join(section)) is not None


def is_away(*texts: str) -> bool:
    """Whether the texts speak of a state's people who serve or live elsewhere."""
    return any(_patterns()["away"].search(text) for text in texts)


def _agents(text: str, clues: Sequence[Clue], start: int, end: int, home: str) -> list[Clue]:
    """Other states than `home` that do it themselves; not what is done by them before it, nor
    what follows at home."""
    return [
        c for c in clues
        if c.acts and c.country not in ("", home) and c.kind != "ruler"
        and (c.start >= end or c.manner != "by")
        and is_agent(text, c, clause_rank(text, c, clues, start, end), start, end)
        and not any(
            o.country == home and o.kind not in PEOPLE and c.end <= o.start and o.end <= start
            for o in clues
        )
    ]  # fmt: skip


def _is_occupied(text: str, heading: str) -> bool:
    """Whether occupiers act, or the sentence speaks of the area that they hold."""
    return bool(
        _patterns()["occupiers"].search(text)
        or _patterns()["occupied"].search(text)
        or (heading and _patterns()["area"].fullmatch(heading))
    )


def _is_mission(text: str, clue: Clue, start: int, end: int) -> bool:
    """Whether a mission of several states, or its troops, do it."""
    if clue.manner == "by":
        return end <= clue.start and "," not in text[end : clue.start]
    subject = clue.end <= start and ADVERBS.fullmatch(text, clue.end, start)
    return bool(subject and (is_troops(clue.words) or MISSION.fullmatch(clue.words)))


@cache
def _occupiers() -> frozenset[str]:
    return frozenset(read_toml("catnlp.link", "turns.toml")["occupation"]["by"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "turns.toml")
    areas = "|".join(data["occupation"]["areas"])
    return {
        "abroad": re.compile(either(data["abroad"]["headings"]), re.I),
        "away": re.compile(rf"\b(?:{either(data['away']['words'])})\b", re.I),
        "occupiers": re.compile(rf"\b(?:{'|'.join(data['occupation']['words'])})\b", re.I),
        "occupied": re.compile(rf"\b(?:[Ii]n|[Aa]cross|[Tt]hroughout)\s(?:{areas})\b"),
        "area": re.compile(areas),
    }
