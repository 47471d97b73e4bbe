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

CLAIMS = r"said|says|claim\w*|that|who|which|was|were|been|to|by|\w+ed"
CLAIMED = re.compile(rf"\b(?:{CLAIMS})\b")
BY = re.compile(rf"(?:\s(?!used\b|owned\b|made\b)[\w-]+){{0,4}}?\sby\s(?:{FILLERS})*$", re.I)
ASIDE = r"(?:,\s(?:as\swell\sas|along\swith|together\swith|including)\s[^,;.]*,)?"
ADVERBS = r"(?:\s(?:have|has|had|also|then|later|reportedly|allegedly|\w+ly))*"
PHRASES = re.compile(  # "on a camp of rebels in the north"
    rf"{ASIDE}{ADVERBS}(?:\s(?:on|in|at|near|of|over|against|from|inside|outside)\s[^,;.]*?)?{ADVERBS}\s"
)
LIST_BY = re.compile(  # "extortion, forced labor, and abuse by officials"
    rf"(?:(?!\s(?:{CLAIMS})\b)[\s,][\w’-]*)+?\sand\s"
    rf"(?:(?!(?:{CLAIMS}|run|led|held|sent|made|kept)\b)[\w’-]+\s){{1,4}}?by\s(?:{FILLERS})*$", re.I
)  # fmt: skip
INSIDE = re.compile(rf"\sby\s(?:{FILLERS})*$", re.I)  # "detained by Russian forces"
INCLUDED = re.compile(r"\b(?:includ\w+|such\sas|involv\w+)\b|:")
ACCUSED = re.compile(r"\b(?:accus\w+|suspect\w*)\s(?:the\s)?$")
STANDS_TRIAL = re.compile(
    r"(?:\s(?:soldier|officer|servicem[ae]n|commander))?(?:\s[A-ZÀ-Þ][\w’-]+){1,3},?"
    r"\s(?:accused|suspected|convicted|found\sguilty)\sof\s"
)
OF_DOING = re.compile(r"\sof\s(?:having\s)?(?:\w+ly\s)?")
AND = re.compile(r"(?:\sand|;(?:\sand)?)\s(?:(?:then|also|later|\w+ly)\s)*$")
CHAIN = re.compile(r"[,;]\s(?:and\s)?(?:(?:then|also|later|\w+ly)\s)*[a-z]+ed\b")
PLAINLY_ON = (  # no other clause
    r"(?:,?\s\(?(?!by\b|that\b|which\b|who\b|while\b|whereas\b|but\b|after\b|when\b)[\w’-]+\)?)*?"
    r",?\s"
)
IN_STRIKE = re.compile(rf"\s(?:in|during)\s(?:{FILLERS})+$", re.I)
THERE = re.compile(r",?\s(?:where|in\swhich)\s(?:(?!by\b)[\w’-]+\s)*$")
OWNED = re.compile(r"(?:[A-ZÀ-Þ][\w.-]*\s){0,3}[A-ZÀ-Þ][\w.-]*(?:’s|'s|s’|s')\s(?:[a-z-]+\s){0,2}")
TO_OTHERS = re.compile(r"\s(?:of|against|in|on)\b")
TOLLS = ("civilian-harm", "unlawful-killing")  # categories
NO_OWNERS = ("own", "ruler", "party", "politics")  # kinds of clues


def plain_agent(act: Act, clues: Sequence[Clue], *, governing: bool = False) -> Clue | None:
    """The clue of the state's force that does it, if one plainly does; of `governing` also its
    authorities, and the state whose deed it is called ("X’s persecution of")."""
    plain = next((c for c in clues if _keeps(act, c) or _costs(act, c) or _launches(act, c)), None)
    if plain is not None:
        return plain
    found = [c for c in clues if _is_force(act.text, c) and not is_patient(act, c)]
    if governing:
        owner = next((c for c in clues if _is_owner(act, c)), None)
        if owner is not None:
            return owner
        found += [
            c for c in clues
            if c.kind in ("government", "state") and c.manner in ("", "by", "blamed")
            and (c.kind == "state" or _governs(act.text, c)) and not is_patient(act, c)
        ]  # fmt: skip
    heads = [c for c in found if _heads(act, c, clues)]
    if heads:
        return heads[-1]
    agents = [c for c in found if _does(act, c) or _does(act, whole(act.text, clues, c))]
    if not agents:
        return None
    together = joined_actors(act.text, clues, agents[-1].country, act.start)
    return agents[-1] if {c.country for c in agents} <= set(together) else None


def _governs(text: str, clue: Clue) -> bool:
    """Whether those named are authorities, also of a list: "Russian and de facto authorities"."""
    shared = _patterns()["shared"].match(text, clue.end)
    return bool(shared or _patterns()["authorities"].search(clue.words))


def _is_force(text: str, clue: Clue) -> bool:
    if clue.kind == "steered":
        led = _patterns()["led"].match(text, clue.end) or "-led " in clue.words
        return bool(led) or hires(text, clue.start)
    if clue.kind not in ("force", "unit"):
        return False
    if STANDS_TRIAL.match(text, clue.end):
        return True
    return clue.manner in ("", "by", "blamed") and not _patterns()["loose"].search(clue.words)


def _heads(act: Act, clue: Clue, clues: Sequence[Clue]) -> bool:
    """Whether the act is one of a list of what they did: "abuses by X forces included: torture"."""
    if clue.end > act.start or not _patterns()["abuses"].search(act.text[: clue.start]):
        return False
    if not INCLUDED.search(act.text, clue.end, act.start):
        return False
    others = [c for c in clues if c.acts and c.country != clue.country and c.start >= clue.end]
    return not any(c.start < act.start or BY.fullmatch(act.text, act.end, c.start) for c in others)


def _keeps(act: Act, clue: Clue) -> bool:
    """Whether it is done in a prison of theirs: "a Cameroonian prison, where he was tortured"."""
    if clue.kind != "force" or not _patterns()["held"].search(clue.words):
        return False
    return THERE.fullmatch(act.text, clue.end, max(clue.end, act.start)) is not None


def _costs(act: Act, clue: Clue) -> bool:
    """Whether people died in a war of theirs: "casualties in connection with X’s invasion"."""
    if act.category not in TOLLS or not _patterns()["war"].search(clue.words):
        return False
    return _patterns()["through"].fullmatch(act.text, act.end, max(act.end, clue.start)) is not None


def _launches(act: Act, clue: Clue) -> bool:
    """Whether it comes of an operation of theirs: "X launched air operations that killed"."""
    if clue.kind not in ("force", "unit", "state") or clue.manner not in ("", "by"):
        return False
    return (
        _patterns()["launched"].fullmatch(act.text, clue.end, max(clue.end, act.start)) is not None
    )


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
        if _patterns()["struck"].search(clue.words) and IN_STRIKE.fullmatch(between):
            return True  # "was killed in a Syrian air strike"
        return clue.manner == "by" and _is_behind(between)
    if clue.manner == "by" and INSIDE.search(text, act.start, max(act.start, clue.start)):
        return True
    if _patterns()["attributed"].search(text, 0, clue.start):
        rest = _patterns()["rest"].match(text, clue.end)
        return text[rest.end() if rest else clue.end : act.start] == ", "
    if clue.manner == "blamed":  # "accused Egyptian authorities of having arrested"
        accused = ACCUSED.search(text[: clue.start])
        return bool(accused and OF_DOING.fullmatch(text, clue.end, act.start))
    if STANDS_TRIAL.match(text, clue.end, act.start):  # "Russian soldier Ivan Petrov, accused of"
        return True
    hired = clue.kind == "steered" and not _patterns()["led"].match(text, clue.end)
    if not hired and not _patterns()["subject"].search(text[: clue.start]):
        return False
    rest = _patterns()["led"].match(text, clue.end) or _patterns()["rest"].match(text, clue.end)
    end = rest.end() if rest else clue.end
    if act.start < end or _patterns()["gap"].fullmatch(text, end, act.start):
        strikes = _patterns()["strikes"].match(text, act.start) is not None
        return strikes or (act.start > clue.start and _is_verb(text, act.start))
    return _goes_on(act, clue, end)


def _is_behind(between: str) -> bool:
    """Whether an agent stands behind the act, or behind the last of a list that it begins."""
    return bool(
        BY.fullmatch(between) or LIST_BY.fullmatch(_patterns()["adjectives"].sub("", between))
    )


def _goes_on(act: Act, clue: Clue, end: int) -> bool:
    """Whether the clause goes on from its subject, named up to `end`, to the act: "used gangs to
    kill", "engaged in torture", "raided the camp and burnt it"."""
    text, patterns = act.text, _patterns()
    strike = patterns["strike"].match(text, end) or patterns["shared"].match(text, end)
    between = text[strike.end() if strike else end : act.start]
    strikes = strike or patterns["struck"].search(clue.words)
    struck = strikes and not patterns["since"].search(text[: clue.start])
    if struck and (patterns["causes"].fullmatch(between) or _costs_lives(act, between)):
        return True
    if patterns["kept"].match(between) or patterns["used"].fullmatch(between):
        return True
    plain = patterns["adjectives"].sub("", between)
    if engaged := patterns["engaged"].match(plain):
        return CLAIMED.search(plain, engaged.end()) is None
    if not _is_verb(text, act.start):
        return patterns["caused"].fullmatch(between) is not None
    if PHRASES.fullmatch(between) and not CLAIMED.search(between):
        return True
    first = patterns["first"].match(between)
    claimed = first and CLAIMED.search(CHAIN.sub(",", between[first.end() :]))
    return first is not None and not claimed and AND.search(between) is not None


def _costs_lives(act: Act, between: str) -> bool:
    """Whether the act is what comes of a strike: "strikes aimed at rebels in the north killed"."""
    if _patterns()["result"].match(act.text, act.start) is None:
        return False
    return _patterns()["on"].fullmatch(between) is not None


def _is_verb(text: str, start: int) -> bool:
    return _patterns()["verb"].match(text, start) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "agents.toml")
    either = {name: "|".join(words) for name, words in data.items()}
    return {
        "subject": re.compile(
            rf"(?:^|[,;:—]\s|\b(?:{either['opens']}|{either['told']})\s|\b(?:19|20)\d\d\s)"
            rf"(?:and\s|but\s)?[“\"]?(?:{FILLERS}|(?:{either['striking']})\s)*$", re.I
        ),
        "since": re.compile(
            rf"\b(?:{either['since']})\s(?:{FILLERS}|(?:{either['striking']})\s)*$", re.I
        ),
        "verb": re.compile(rf"(?:\w+ly\s)*(?:[a-z]+ed|{either['verbs']})\b"),
        "first": re.compile(rf"{ASIDE}{ADVERBS}\s(?:\w+ly\s)*(?:[a-z]+ed|{either['verbs']})\b"),
        "loose": re.compile(rf"\b(?:{either['loose']})$", re.I),
        "led": re.compile(rf"-led\s(?:\w+\s)?(?:{either['led']})\b"),
        "authorities": re.compile(rf"\b(?:{either['authorities']})$"),
        "deed": re.compile(rf"(?:[a-z-]+\s(?:and\s[a-z-]+\s)?){{0,3}}?(?:{either['deeds']})\b"),
        "war": re.compile(rf"\b(?:{either['wars']})$"),
        "through": re.compile(rf"\s(?:[\w-]+\s){{0,3}}?(?:{either['through']})\s(?:the\s)?"),
        "held": re.compile(rf"\b(?:{either['held']})$"),
        "abuses": re.compile(
            rf"\b(?:{either['abuses']})\s(?:\w+\s){{0,2}}?by\s(?:{FILLERS})*$", re.I
        ),
        "adjectives": re.compile(rf"\b(?:{either['adjectives']})\s"),
        "used": re.compile(rf"\s(?:{either['used']})\s[^,;.]*?\sto\s"),
        "gap": re.compile(rf"{ADVERBS}\s"),
        "rest": re.compile(rf"(?:\s(?:{either['rest']})\b)+"),
        "engaged": re.compile(rf"{ASIDE}{ADVERBS}\s(?:{either['engaged']})\s"),
        "strike": re.compile(
            rf"(?:’s|'s)?(?:\s(?:coalition|forces?)(?:’s|'s)?)?\s(?:{either['strikes']})\b"
        ),
        "causes": re.compile(
            rf"{PLAINLY_ON}(?:{either['causes']})\s(?:(?!by\b|that\b|said\b)[\w-]+,?\s){{0,5}}"
        ),
        "on": re.compile(PLAINLY_ON),
        "result": re.compile(rf"(?:{either['causes']})\b"),
        "attributed": re.compile(
            rf"\b(?:{either['strikes']})\b,?\s[^;.]*?\battribut\w+\sto\s(?:the\s)?$"
        ),
        "caused": re.compile(
            rf"{ASIDE}{ADVERBS}\s(?:{either['causes']})\s(?:(?!by\b|that\b|said\b)[\w-]+,?\s){{0,5}}"
        ),
        "shared": re.compile(rf"\sand\s(?:[a-z]+\s){{1,3}}?(?:{either['authorities']}|forces)\b"),
        "struck": re.compile(rf"\b(?:{either['strikes']})$"),
        "strikes": re.compile(rf"(?:\w+\s)?(?:{either['strikes']})\b"),
        "launched": re.compile(
            rf"(?:{ADVERBS}\s(?:{either['launches']})\s(?:[\w-]+\s){{0,6}}?|(?:’s|'s)?\s)"
            rf"(?:{either['strikes']}|{either['operations']})\s(?:that|which){ADVERBS}\s"
            rf"(?:(?:{either['causes']})\s(?:(?:more than|at least|about|some|nearly|over)\s)?)?"
        ),
        "kept": re.compile(
            rf"\s(?:{either['keeps']})\s(?:[\w-]+\s){{0,3}}(?:{either['custody']})\b[^;.]*?"
            r"\b(?:in\swhich|where)\s(?:(?!by\b)[\w-]+\s){0,4}$"
        ),
    }  # fmt: skip
