"""Who is accused of a deed, tried or sought for it: the state that tries it has not done it."""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.evidence import Clue
from catnlp.link.features import Act, Surroundings
from catnlp.resources import read_toml

REACH = 160  # characters before the end of a trigger


def only_finds(country: str, act: Act, clues: Sequence[Clue]) -> bool:
    """Whether dead are found, and nobody of the country acts but who finds them: "soldiers found a
    mass grave"."""
    if not _patterns()["dead"].search(act.text, max(0, act.start - REACH), act.end):
        return False
    acting = [c for c in clues if c.acts and c.country == country]
    return all(_patterns()["finds"].match(act.text, c.end) for c in acting)


def only_pursues(country: str, act: Act, clues: Sequence[Clue], around: Surroundings) -> bool:
    """Whether another state than that of the report only speaks of the deed, or arrests who is
    sought for it."""
    if not around.reported or country == around.reported:
        return False
    acting = [c for c in clues if c.acts and c.country == country]
    return bool(acting) and all(
        _patterns()["tells"].match(act.text, c.end) or _pursues(act, c) or _counters(act, c)
        for c in acting
    )


def tries(act: Act, clue: Clue, clues: Sequence[Clue]) -> bool:
    """Whether those named charge, try, hold or want somebody for the deed, who is no official of
    theirs: "charged by British police with torture", "in a British prison, convicted of it"."""
    if not clue.acts or clue.end > act.start:
        return False
    if _patterns()["extradition"].match(act.text, clue.end):
        return True
    if act.category not in deeds():
        return False
    before, between = act.text[: clue.start], act.text[clue.end : act.start]
    if _patterns()["convicted"].match(between):
        return True
    charged = _patterns()["charged_by"].search(before) and _patterns()["charge"].match(between)
    if not charged and not _pursues(act, clue):
        return False
    others = any(c.country not in ("", clue.country) for c in clues)
    return others or not names_official(before + between + act.text[act.end :])


def is_tried_there(act: Act, place: Clue) -> bool:
    """Whether somebody is arrested or tried at the place for a deed done elsewhere."""
    before = act.text[: place.start]
    return act.category in deeds() and bool(_patterns()["court"].search(before))


def is_on_accused(act: Act) -> bool:
    """Whether the sentence is on somebody accused of the deed."""
    return act.category in deeds() and bool(_patterns()["accused"].search(act.text))


def names_official(text: str) -> bool:
    """Whether a text names somebody who serves a state; police and courts are in every text on an
    accused."""
    return bool(_patterns()["officials"].search(text))


@cache
def deeds() -> frozenset[str]:
    """Categories of what somebody is charged with or convicted of."""
    return frozenset(_data()["accused"]["categories"])


def _pursues(act: Act, clue: Clue) -> bool:
    """Whether those named arrest or try somebody for the deed: "arrested a genocide fugitive"."""
    between = act.text[clue.end : act.start]
    if _patterns()["judgment"].search(between):
        return True
    if act.category not in deeds() or clue.end > act.start:
        return False
    if not _patterns()["pursuit"].match(between):
        return False
    return (
        _patterns()["fugitive"].search(act.text, act.start, act.end) is not None
        or between.endswith((" for ", " over "))
        or _patterns()["sought"].search(between) is not None
        or _patterns()["fugitive"].match(act.text, act.end) is not None
    )


def _counters(act: Act, clue: Clue) -> bool:
    """Whether those named act against the deed: "carried out operations to counter smuggling"."""
    before = act.text[clue.end : act.start]
    return _patterns()["counters"].search(before) is not None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.link", "trials.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = {
        f"{section}.{name}": "|".join(told)
        for section, lists in _data().items()
        for name, told in lists.items()
    }
    adverbs = r"(?:\s(?:also|then|later|\w+ly|has|have|had))*"
    return {
        "court": re.compile(
            rf"\b(?:{words['court.before']})\b(?:\s[\w’-]+){{0,6}}?\s(?:in|at)\s"
            r"(?:the\s|[A-Z][\w’.]+,?\s)*$"
        ),
        "pursuit": re.compile(rf"{adverbs}\s(?:{words['pursuit.verbs']})\b"),
        "finds": re.compile(
            rf"(?:\s(?:forces|officers|officials|troops|soldiers))?{adverbs}(?:\sin\s[A-Z][\w’-]+)?"
            rf"(?:(?:,[^,;.]*){{1,2}},)?\s(?:{words['found.verbs']})\b"
        ),
        "dead": re.compile(
            rf"(?<!were\s)(?<!been\s)(?<!was\s)\b(?:{words['found.verbs']})\s(?!that\b)"
            rf"(?:[\w,-]+\s){{0,4}}?(?:{words['found.dead']})\b"
        ),
        "tells": re.compile(rf"{adverbs}\s(?:{words['pursuit.tells']})\b"),
        "extradition": re.compile(r"(?:’s|'s|’|')?\s(?:[\w-]+\s){0,3}?(?:for\s|to\s)?extradit\w+"),
        "charged_by": re.compile(
            rf"\b(?:{words['pursuit.verbs']})\s(?:\w+\s)?by\s(?:the\s)?(?:\w+\s)?$"
        ),
        "charge": re.compile(r"(?:\sin\s[A-Z]\w+)?\s(?:with|for|over|on|of|in\sconnection)\b"),
        "convicted": re.compile(
            r",?\s(?:\w+\s)?(?:after|having)\s(?:\w+\s){0,3}?(?:guilty|convicted|sentenced)\b"
        ),
        "judgment": re.compile(
            rf"\b(?:{words['pursuit.judgments']})\sagainst\s[^;.]*?\sfor\s(?:\w+ly\s)?$"
        ),
        "counters": re.compile(rf"\bto\s(?:{words['pursuit.counters']})\s(?:[\w-]+,?\s){{0,4}}$"),
        "sought": re.compile(rf"\b(?:{words['pursuit.sought']})\b"),
        "fugitive": re.compile(rf"\s(?:{words['pursuit.persons']})\b"),
        "accused": re.compile(rf"\b(?:{words['accused.words']})\b", re.I),
        "officials": re.compile(rf"\b(?:{words['accused.officials']})\b", re.I),
    }
