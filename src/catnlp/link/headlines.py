"""Who only speaks in the title of an article: accuses, condemns, sanctions, prosecutes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from catnlp.gazetteer import find_places, title_countries
from catnlp.link.evidence import Clue, is_speaking
from catnlp.resources import read_toml

VOWS = re.compile(r"(?:\s[\w-]+){0,2}\s(?:vows|offers|wants)\sto\b")  # to act, itself
SPOKESMAN = re.compile(  # "Palestinian rights group: Israel ..."
    r"(?:’s|'s)?(?:\s[\w-]+){0,3}?\s(?:group|ngo|minister|ministry|officials?|president|pm|army|"
    r"lawmakers?|experts?|lawyers?|media|report)\s?:"
)
PROSECUTES = re.compile(  # the deeds of others
    r"(?:’s|'s)?(?:\s[\w-]+){0,3}?\s(?:charge|indict|sanction|sentence|convict|jail|arrest|sue|"
    r"expel|tries|prosecute|probe|investigate)\w*\b.*\b(?:plot|kill|murder|tortur|kidnap|"
    r"assassinat|war crime|crimes against|genocid|abuse|hack|poison)"
)


def speakers(title: str) -> frozenset[str]:
    """Countries that say or do something about another that the title names after them."""
    places = find_places(title)
    found = set()
    for number, place in enumerate(places):
        others = [p for p in places[number + 1 :] if p.code != place.code]
        if not others:
            continue
        rest = title[place.end :].lower()
        speaks = is_speaking(rest) and not VOWS.match(rest)
        if speaks or any(p.match(rest) for p in (SPOKESMAN, PROSECUTES, _answers())):
            found.add(place.code)
    return frozenset(found)


@cache
def _answers() -> re.Pattern[str]:
    """Behind a state: it only answers what another does ("US halts sales of jets to")."""
    data = read_toml("catnlp.link", "headlines.toml")["answers"]
    verbs, objects = "|".join(data["verbs"]), "|".join(data["objects"])
    return re.compile(rf"(?:’s|'s)?(?:\s[\w-]+){{0,2}}?\s(?:{verbs})\w*\b.*\b(?:{objects})\b")


def as_speakers(clues: Sequence[Clue], codes: frozenset[str]) -> tuple[Clue, ...]:
    """The clues, those of the speakers marked as such."""
    return tuple(replace(c, manner="speaks") if c.country in codes else c for c in clues)


def title_subject(title: str, codes: frozenset[str]) -> tuple[str, ...]:
    """What the title is about: the countries, or else the peoples, that do not only speak."""
    subject = title_countries(title)
    others = tuple(code for code in subject if code not in codes)
    named = (p.code for p in find_places(title) if p.code not in codes)
    return others or tuple(dict.fromkeys(named)) or subject
