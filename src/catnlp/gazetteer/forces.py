"""Security forces, rulers, parties and armed groups, and the state they belong to or act for."""

import csv
import re
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from catnlp.gazetteer.matcher import Matcher
from catnlp.gazetteer.namesakes import is_namesake

LONG = 2  # spaces in a name in full that says whose it is
NEXT_NAME = re.compile(r" (?:[Aa]l-)?[A-ZÀ-Þ][a-zà-þ]+")
FOR, AGAINST = ("pro-", "Pro-"), ("anti-", "Anti-")
FIGHTERS = re.compile(
    r" (?:[\w-]+ )?(?:forces|militias?|militiamen|troops|fighters|gunmen|soldiers|rebels|groups?)\b"
)
ForceKind = Literal[
    "state", "ruler", "politics", "state-aligned", "non-state", "party", "company", "international"
]


@dataclass(frozen=True, slots=True)
class Force:
    """A named force in a text; `state` is empty for those that act for none."""

    start: int
    end: int
    name: str  # in full
    state: str  # ISO alpha-3 of the state it belongs to or acts for
    kind: ForceKind
    home: str = ""  # where it is at home, if it acts for no state


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of `forces.csv` or `rulers.csv`."""

    name: str
    full: str
    state: str
    kind: ForceKind
    home: str
    since: str
    until: str
    guards: frozenset[str]  # counts only where one of these countries is named around
    is_general: bool = False  # ... and nowhere else, however little is known of the text


def find_forces(
    text: str, near: Set[str] | None = None, date: str = "", home: str = ""
) -> list[Force]:
    """Named forces from left to right; an abbreviation in brackets only repeats a name.

    `near` are codes of countries that the text around names: an ambiguous name ("RAB") counts
    only beside its country, and is that of `home` first. `date` (2019, 2019-04) decides whom a
    name stood for then.
    """
    found = []
    for match in _matcher().find(text):
        if text[match.start - 1 : match.start] == "(" or _is_leaning(text, match.start, match.end):
            continue
        entry = _choose(_table()[match.key], near, date, home)
        if entry and not _is_another(entry, text, match.start, match.end):
            found.append(
                Force(match.start, match.end, entry.full, entry.state, entry.kind, entry.home)
            )
    return found


def _is_leaning(text: str, start: int, end: int) -> bool:
    """Whether somebody is only for or against those named: "a pro-Kremlin channel"; who fights for
    them is theirs."""
    if text.endswith(AGAINST, 0, start):
        return True
    return text.endswith(FOR, 0, start) and FIGHTERS.match(text, end) is None


def _is_another(entry: Entry, text: str, start: int, end: int) -> bool:
    """Whether a ruler's surname is the first name of somebody else ("Saleh Nikbakht"), or stands
    after somebody else's."""
    if entry.kind != "ruler":
        return False
    first = " " not in entry.name and NEXT_NAME.match(text, end) is not None
    return first or is_namesake(entry.name, text, start)


def _choose(
    entries: tuple[Entry, ...], near: Set[str] | None, date: str, home: str
) -> Entry | None:
    known = [e for e in entries if _may_be_meant(e, near)]
    held = [e for e in known if not date or _held(e, date)]
    if not held and len(known) == 1 and known[0].kind != "ruler":
        held = known
    beside = [e for e in held if near and {e.state, e.home} & near]
    best = sorted(beside or held, key=lambda e: (home not in (e.state, e.home), e.until != ""))
    return best[0] if best else None


def _may_be_meant(entry: Entry, near: Set[str] | None) -> bool:
    """Whether a name that others have too stands beside its country, where the text around is
    known."""
    if near is None:
        return not entry.is_general
    return not entry.guards or bool(entry.guards & near)


def _held(entry: Entry, date: str) -> bool:
    """Whether the row holds at a date; texts speak of the past, so a ruler stays known."""
    after = not entry.since or date >= entry.since[: len(date)]
    return after and (entry.kind == "ruler" or not entry.until or date <= entry.until[: len(date)])


@cache
def _table() -> dict[str, tuple[Entry, ...]]:
    rows: dict[str, list[Entry]] = {}
    for entry in (*_read("forces.csv"), *_read("rulers.csv")):
        rows.setdefault(entry.name, []).append(entry)
    for entry in [each for entries in rows.values() for each in entries if each.full not in rows]:
        if entry.full.count(" ") >= LONG:
            rows.setdefault(entry.full, []).append(_in_full(entry))
    return {name: tuple(entries) for name, entries in rows.items()}


def _in_full(entry: Entry) -> Entry:
    """The row under its name in full, beside its state: others have a "Special Air Service" too."""
    guards = entry.guards or frozenset({entry.state} - {""})
    return replace(entry, name=entry.full, guards=guards, is_general=bool(guards))


def _read(name: str) -> list[Entry]:
    text = files("catnlp.gazetteer").joinpath(name).read_text(encoding="utf-8")
    return [
        Entry(
            row["name"], row.get("full") or row["name"], row["state"],
            _kind(row.get("kind", "ruler")), row.get("home", ""), row["since"], row["until"],
            _guards(row.get("guard", ""), row["state"], row.get("home", "")),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="|")
    ]  # fmt: skip


def _guards(cell: str, state: str, home: str) -> frozenset[str]:
    """Of a name that others have too: "named" wants its state or home near, "home" its home."""
    return frozenset({"named": (state, home), "home": (home,)}.get(cell, ())) - {""}


def _kind(cell: str) -> ForceKind:
    kinds: tuple[ForceKind, ...] = get_args(ForceKind)
    for kind in kinds:
        if kind == cell:
            return kind
    raise ValueError(f"forces.csv: kind {cell!r}; one of {', '.join(kinds)}")


@cache
def _matcher() -> Matcher[str]:
    return Matcher({name: name for name in _table()})
