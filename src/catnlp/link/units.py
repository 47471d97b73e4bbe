"""Named units of police, army, intelligence and militias, with their state where it is known."""

import re
import tomllib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catnlp.domain import CountryLink, Document, Mention, MentionUnit, Sentence
from catnlp.gazetteer import find_forces, find_places

KINDS = ("state", "state-aligned")
WORD = r"[A-ZÀ-Þ][\w’'-]*\w"
NUMBER = r"(?:\d{1,4}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth)"
PHRASE = re.compile(rf"(?:{NUMBER}\s)?{WORD}(?:\s(?:(?:of|for|against)\s(?:the\s)?|and\s)?{WORD})*")
POSSESSIVE = re.compile(r"(?:’s|'s)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` names a unit; `state` is empty where the name does not tell."""

    start: int
    end: int
    name: str
    state: str


def find_units(text: str, near: Set[str] | None = None, date: str = "") -> list[Unit]:
    """Units from left to right: known forces first, then names that are built like one."""
    found = [
        Unit(force.start, force.end, force.name, force.state)
        for force in find_forces(text, near, date)
        if force.kind in KINDS
    ]
    known = [(unit.start, unit.end) for unit in found]
    for start, end in _phrases(text):
        if not any(start < b and a < end for a, b in known):
            name = text[start:end]
            codes = {p.code for p in find_places(name) if p.kind in ("country", "demonym")}
            found.append(Unit(start, end, name, codes.pop() if len(codes) == 1 else ""))
    return sorted(found, key=lambda unit: unit.start)


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    openings = _words("openings")
    for match in PHRASE.finditer(text):
        start, end = match.span()
        while (first := text[start:end].split(" ", 1))[0] in openings and len(first) == 2:
            start += len(first[0]) + 1
        end -= len(text[start:end]) - len(POSSESSIVE.sub("", text[start:end]))
        if _is_unit(text[start:end]):
            yield start, end


def _is_unit(name: str) -> bool:
    words = name.split()
    if len(words) < 2:
        return False
    held = {" ".join(words[i : i + n]) for n in (1, 2) for i in range(len(words) - n + 1)}
    if held & _words("heads"):
        return True
    return bool(held & _words("weak_heads")) and bool(held & _words("security"))


@cache
def _words(name: str) -> frozenset[str]:
    text = files("catnlp.link").joinpath("units.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])


def link_units(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention],
    links: Sequence[CountryLink],
) -> tuple[MentionUnit, ...]:  # fmt: skip
    """The units that the sentences of mentions name. A unit whose name does not tell its state
    has that of the mention, where one state alone is responsible."""
    by_id = {sentence.id: sentence for sentence in sentences}
    linked: dict[str, list[CountryLink]] = {}
    for link in links:
        linked.setdefault(link.mention_id, []).append(link)
    found = []
    for mention in mentions:
        mine = linked.get(mention.id, [])
        near = {*document.subject_countries, *(link.country for link in mine)}
        states = [link.country for link in mine if link.role == "responsible"]
        own = states[0] if len(states) == 1 else ""
        sentence = by_id[mention.sentence_id]
        for unit in find_units(sentence.text, near, document.published):
            start, end = sentence.start + unit.start, sentence.start + unit.end
            found.append(MentionUnit(mention.id, unit.name, unit.state or own, start, end))
    return tuple(found)
