"""Of a state or place, those that one list names with it: "Russian and Syrian forces".

A sentence with one mention of what an army and the mercenaries beside it do holds both states
responsible; where the two have a mention each, each is named for its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from catnlp.link.evidence import PLACED, Clue, manner_of
from catnlp.link.patterns import either
from catnlp.resources import read_toml

NO_AGENTS = ("other-end", "speaks")  # manners of the first of a list
OWN_RULER = re.compile(r"(?:’s|'s)?\s(?:[A-Z][\w.]*\s){0,3}")  # "Burundi’s Pierre Nkurunziza"
AND = re.compile(r",?\sand\s(?:the\s)?")


def joined_actors(
    text: str, clues: Sequence[Clue], country: str, at: int, *, only: str = ""
) -> tuple[str, ...]:
    """The states of the list that the country stands in, where it is named nearest to the act
    `at`: armies and those who act for a state alike, or `only` the ones of a "state", or those who
    are "state-aligned", if there are any."""
    acting = [c for c in _sharing_verbs(text, clues) if c.acts]
    mine = [c for c in acting if c.country == country and c.manner != "speaks"]
    nearest = min(mine, key=lambda c: _distance(c, at), default=None)
    found = next((group for group in _lists(text, acting, "actors") if nearest in group), [])
    if not found or not _may_act(text, found[0]):
        return (country,)
    own = [c for c in found if (c.kind == "steered") == (only == "state-aligned")]
    return _countries(own if only and own else found)


def listed_actors(text: str, clues: Sequence[Clue], country: str) -> tuple[str, ...]:
    """The states of the list, and of what only looks like one; agents or not."""
    acting = [c for c in clues if c.acts]
    groups = (_group(text, acting, country, kind) for kind in ("actors", "places"))
    return max(map(_countries, groups), key=len) or (country,)


def whole(text: str, clues: Sequence[Clue], clue: Clue) -> Clue:
    """The clue stretched over the list that it stands in: what is said of one is said of all."""
    for group in _lists(text, [c for c in clues if c.acts], "actors"):
        if clue in group and _may_act(text, group[0]):
            fighters = _patterns()["fighters"].match(text, group[-1].end)
            end = fighters.end() if fighters else group[-1].end
            return replace(clue, start=group[0].start, end=end, manner=group[0].manner)
    return clue


def joined_places(text: str, clues: Sequence[Clue], country: str) -> tuple[str, ...]:
    """The countries of a list of places that the country stands in: "in Mali and Niger"."""
    placed = [c for c in clues if c.kind in PLACED]
    return _countries(_group(text, placed, country, "places")) or (country,)


def _sharing_verbs(text: str, clues: Sequence[Clue]) -> list[Clue]:
    """The clues; a state that is named before one that does something, and joined to it, does it
    too: "Rwanda and Uganda looted"."""
    found = list(clues)
    last = len(found)  # that turned out to do it too
    for number in reversed(range(len(found) - 1)):
        clue, after = found[number], found[number + 1]
        if clue.kind != "named" or after.kind != "state":
            continue
        link = text[clue.end : after.start]
        with_it = _links()["companions"][0].fullmatch(link)
        pair = not after.manner and AND.fullmatch(link)
        if with_it or pair or (last == number + 1 and link == ", "):
            manner = manner_of(text, clue.start, clue.end)
            found[number], last = replace(clue, kind="state", manner=manner), number
    return found


def _distance(clue: Clue, at: int) -> int:
    return at - clue.end if clue.end <= at else clue.start - at


def _may_act(text: str, first: Clue) -> bool:
    """Whether the first of a list is not one whom others fight, or who speaks."""
    return first.manner not in NO_AGENTS or bool(_patterns()["open"].search(text[: first.start]))


def _countries(clues: Sequence[Clue]) -> tuple[str, ...]:
    return tuple(sorted({c.country for c in clues}))


def _group(text: str, clues: Sequence[Clue], country: str, kind: str) -> list[Clue]:
    """The first list of several countries that names this one."""
    for group in _lists(text, clues, kind):
        if country in (named := _countries(group)) and len(named) > 1:
            return group
    return []


def _lists(text: str, clues: Sequence[Clue], kind: str) -> Iterator[list[Clue]]:
    """Runs of clues of which each stands beside one before it."""
    groups: list[list[Clue]] = []
    for clue in sorted((c for c in clues if c.country), key=lambda c: (c.start, c.end)):
        for group in groups:
            if any(_beside(text, member, clue, kind) for member in group):
                group.append(clue)
                break
        else:
            groups.append([clue])
    yield from (group for group in groups if len(group) > 1)


def _beside(text: str, first: Clue, second: Clue, kind: str) -> bool:
    if first.start == second.start:  # "both countries"
        return True
    if first.end > second.start:
        return False
    if first.country == second.country and OWN_RULER.fullmatch(text, first.end, second.start):
        return True
    return any(p.fullmatch(text, first.end, second.start) for p in _links()[kind])


@cache
def _links() -> dict[str, tuple[re.Pattern[str], ...]]:
    """What may stand between two of a list of actors, or of places."""
    data = _data()
    lists, verbs, verbal = (either(data[name]) for name in ("lists", "verbs", "verbal"))
    companions = either(data["companions"])
    no_verb = rf"(?!(?:{verbs}|(?!(?:{verbal})\b)\w+(?:ed|ing))\b)"
    actors = (
        rf"(?:’s|'s|(?:-\w+)?(?:\s{no_verb}\w+){{0,2}}?)\s?(?:[,/-]|,?\s?\b(?:{lists}|{companions})\b)\s?"
        rf"(?:(?:{either(data['fillers'])})\s)*"
    )
    places = rf"(?:’s|'s)?(?:\s\w+){{0,2}}?\s?(?:,|,?\s?\b(?:{lists})\b)\s?(?:the\s)?"
    town = r",?\sand\s(?:in|at|near)\s(?:the\s)?(?:[A-ZÀ-Þ][\w’-]+\s?){1,3},\s"  # "and at B, C"
    return {
        "actors": (re.compile(actors, re.I),),
        "companions": (re.compile(rf",?\s(?:{companions})\s(?:the\s)?"),),
        "places": (re.compile(places, re.I), re.compile(town)),
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    return {
        "fighters": re.compile(rf"\s(?:{either(data['fighters'])})\b"),
        "open": re.compile(rf"\b(?:{either(data['open'])})\s(?:the\s)?$", re.I),
    }


def _data() -> dict[str, list[str]]:
    return read_toml("catnlp.link", "joined.toml")
