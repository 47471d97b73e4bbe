"""A state's force that plainly does it: as subject of the verb, or behind "by".

The tagger errs on who does something more often than this grammar does, which says nothing at all
of most sentences.
"""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.link.behind import hires
from catnlp.link.evidence import FILLERS, Clue
from catnlp.link.features import Act
from catnlp.link.grounds import is_patient
from catnlp.link.joined import joined_actors, whole
from catnlp.resources import read_toml

NUMBER = r"(?:two|three|four|dozens\sof|hundreds\sof|\d+)\s"
SUBJECT = re.compile(
    rf"(?:^|[,;:—]\s|\b(?:that|when|after|while|because)\s|\b(?:19|20)\d\d\s)"
    rf"(?:and\s|but\s)?(?:{FILLERS}|{NUMBER})*$", re.I
)  # fmt: skip
BY = re.compile(
    rf"(?:\s(?!used\b|owned\b|made\b)[\w-]+){{0,4}}?\sby\s(?:{FILLERS}|{NUMBER})*$", re.I
)
ADVERBS = r"(?:\s(?:have|has|had|also|then|later|reportedly|allegedly|\w+ly))*"
PHRASES = re.compile(  # "on a camp of rebels in the north"
    rf"{ADVERBS}(?:\s(?:on|in|at|near|of|over|against|from|inside|outside)\s[^,;.]*?)?{ADVERBS}\s"
)
OWNED = re.compile(r"(?:[A-ZÀ-Þ][\w.-]*\s){0,3}[A-ZÀ-Þ][\w.-]*(?:’s|'s|s’|s')\s(?:[a-z-]+\s){0,2}")
TO_OTHERS = re.compile(r"\s(?:of|against|in|on)\b")
NO_OWNERS = ("own", "ruler", "party", "politics")  # kinds of clues
CLAIMED = re.compile(r"\b(?:said|says|claim\w*|that|who|which|was|were|been|to|by|\w+ed)\b")


def plain_agent(act: Act, clues: Sequence[Clue], *, governing: bool = False) -> Clue | None:
    """The clue of the state's force that does it, if one plainly does; of `governing` also its
    authorities, and the state whose deed it is called ("X’s persecution of")."""
    found = [c for c in clues if _is_force(act.text, c) and not is_patient(act, c)]
    if governing:
        owner = next((c for c in clues if _is_owner(act, c)), None)
        if owner is not None:
            return owner
        found += [
            c for c in clues
            if c.kind == "government" and c.manner in ("", "by")
            and _patterns()["authorities"].search(c.words) and not is_patient(act, c)
        ]  # fmt: skip
    agents = [c for c in found if _does(act, c) or _does(act, whole(act.text, clues, c))]
    if not agents:
        return None
    together = joined_actors(act.text, clues, agents[-1].country, act.start)
    return agents[-1] if {c.country for c in agents} <= set(together) else None


def _is_force(text: str, clue: Clue) -> bool:
    if clue.kind == "steered":
        led = _patterns()["led"].match(text, clue.end) is not None
        return led or hires(text, clue.start)
    if clue.kind not in ("force", "unit"):
        return False
    return clue.manner in ("", "by") and not _patterns()["loose"].search(clue.words)


def _is_owner(act: Act, clue: Clue) -> bool:
    """Whether the trigger is a deed that the text calls that of the state: "X’s torture", or of its
    people, to others: "Xian torture of"."""
    if not clue.country or clue.start >= act.start or clue.kind in NO_OWNERS:
        return False
    deed = _patterns()["deed"].match(act.text, act.start)
    if deed is None:
        return False
    if clue.kind == "people" and clue.end == act.start - 1:
        return TO_OTHERS.match(act.text, deed.end()) is not None
    return OWNED.fullmatch(act.text, clue.start, act.start) is not None


def _does(act: Act, clue: Clue) -> bool:
    text = act.text
    if clue.start >= act.end:
        between = text[act.end : clue.start]
        return clue.manner == "by" and BY.fullmatch(between) is not None
    hired = clue.kind == "steered" and not _patterns()["led"].match(text, clue.end)
    if not hired and not SUBJECT.search(text[: clue.start]):
        return False
    end = clue.end
    if led := _patterns()["led"].match(text, clue.end):
        end = led.end()
    if act.start < end or _patterns()["gap"].fullmatch(text, end, act.start):
        return _patterns()["strikes"].match(text, act.start) is not None or (
            act.start >= end and _is_verb(text, act.start)
        )
    strike = _patterns()["strike"].match(text, end)
    end = strike.end() if strike else end
    between = text[end : act.start]
    struck = strike or _patterns()["struck"].search(clue.words)
    if struck and _patterns()["causes"].fullmatch(between):
        return True
    if _patterns()["kept"].match(between):
        return True
    if PHRASES.fullmatch(between) and not CLAIMED.search(between):
        return _is_verb(text, act.start)
    first = re.match(rf"{ADVERBS}\s", between)
    if (
        first is None
        or not _is_verb(between, first.end())
        or CLAIMED.search(between, first.end() + 9)
    ):
        return False
    return between.endswith(" and ") and _is_verb(text, act.start)


def _is_verb(text: str, start: int) -> bool:
    return _patterns()["verb"].match(text, start) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "agents.toml")
    either = {name: "|".join(words) for name, words in data.items()}
    return {
        "verb": re.compile(rf"(?:\w+ly\s)*(?:[a-z]+ed|{either['verbs']})\b"),
        "loose": re.compile(rf"\b(?:{either['loose']})$", re.I),
        "led": re.compile(rf"-led\s(?:\w+\s)?(?:{either['led']})\b"),
        "authorities": re.compile(rf"\b(?:{either['authorities']})$"),
        "deed": re.compile(rf"(?:[a-z-]+\s(?:and\s[a-z-]+\s)?){{0,3}}?(?:{either['deeds']})\b"),
        "gap": re.compile(rf"(?:\s(?:coalition|forces?))?{ADVERBS}\s"),
        "strike": re.compile(
            rf"(?:’s|'s)?(?:\s(?:coalition|forces?)(?:’s|'s)?)?\s(?:{either['strikes']})\b"
        ),
        "causes": re.compile(
            r"(?:,?\s\(?(?!by\b|that\b|which\b|who\b|while\b|whereas\b|but\b|after\b|when\b)[\w’-]+\)?)*?"
            rf",?\s(?:{either['causes']})\s(?:(?!by\b|that\b|said\b)[\w-]+,?\s){{0,5}}"
        ),
        "struck": re.compile(rf"\b(?:{either['strikes']})$"),
        "strikes": re.compile(rf"(?:\w+\s)?(?:{either['strikes']})\b"),
        "kept": re.compile(
            rf"\s(?:{either['keeps']})\s(?:[\w-]+\s){{0,3}}(?:{either['custody']})\b[^;.]*?"
            r"\b(?:in\swhich|where)\s(?:(?!by\b)[\w-]+\s){0,4}$"
        ),
    }  # fmt: skip
