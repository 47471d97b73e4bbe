"""Acts of a group that stands for no state: by its name, or by words that refer back to it.

"The group's security apparatus" and "their prisons", after a sentence on the Houthis, are no
bodies of the state that the document is about.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from catnlp.link.clauses import CLAUSE, RELATIVE
from catnlp.link.evidence import VERB, Clue
from catnlp.link.features import Act, Surroundings
from catnlp.link.missions import is_troops
from catnlp.link.patterns import either
from catnlp.resources import read_toml

REACH = 160  # characters between the group and what it does
SENDERS = ("from", "people", "private", "politics")  # clues for whose forces they may be
STATE_BEFORE = 30  # characters between a state and the groups that are its own
SURE_STATE = 0.96  # as actor: a group without a name changes nothing but as the verb's subject
SUBJECT = re.compile(r"(?:\s(?:have|has|had|also|then|reportedly|\w+ly))*\s")
NEAR = 70  # characters between an act and the group named as its agent
OWN_BODY = re.compile(
    r"^(?!\s(?:and|or|as)\b)(?:’s|'s)?(?:[ -](?!the\b|an?\b|\w+ed\b)[\w“”’]+){0,2}?[ -]“?$"
)
BY = re.compile(
    r"\bby\s(?:(?:the|suspected|alleged|armed|other|foreign|non-\w+|members of|fighters of)\s)*$"
)
AGAINST = re.compile(r"\bagainst\s(?:(?:the|some|several|non-\w+|members of)\s)*$")
ALLEGED = re.compile(r"\b(?:allegations?|accusations?|complaints?|charges)\sof\b[^,;]*$")
ACCUSED = re.compile(
    r"\b(?:is|are|was|were|been|being)\s(?:\w+ly\s)?(?:accused of|implicated in|suspected of"
    r"|blamed for|responsible for|(?:alleged|believed|reported|said|found|suspected) to have)\b"
)
SUFFERED = re.compile(r"\b(?:experienc|suffer|endur|fac|felt|met|survived)\w*\s(?:\w+\s)?by\b")
AFTER_BEING = re.compile(r"\b(?:after|while|before|when)\s(?:being|having been)\b")
BY_THEM = re.compile(r"\bby\s(?:[\w-]+\s){0,2}$")
ACTIVE = re.compile(r"[a-z]+ing\b")
KEPT_IN = re.compile(r"\b(?:in|at|inside|under)\s(?:[\w-]+\s){0,2}$")
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?!\s\w+ing\b)(?!.*\bby\b)")
OTHER_ACT = re.compile(r"\b(?:following|amid|during|in response to|in retaliation|said|says)\b")
LISTED = re.compile(r"\b(?:and|or)\s(?:(?!other\b)[\w-]+\s)?$")
WITH = re.compile(r"(?:,|,?\s(?:and|or|as\swell\sas))\s(?:by\s)?(?:the\s)?")
THE = re.compile(r"\b(?:the|these|those)\s$", re.I)
AND = re.compile(r"\s(?:and|or|as well as)\b|, particularly")
BLAMED = re.compile(r"\b(?:accus|blam|charg|alleg|report|said|condemn|denounc)\w*")


def is_by_group(act: Act, clues: Sequence[Clue], around: Surroundings) -> bool:
    """Whether a group that stands for no state, or private persons, are those who do it."""
    text, start, end = act.text, act.start, act.end
    acting = [c for c in clues if c.acts and c.manner != "speaks"]
    armed = _armed(around)
    sure = act.actor == "state" and act.actor_score >= SURE_STATE
    unnamed = [
        span for span in _unnamed(text, acting, armed)
        if not sure or SUBJECT.fullmatch(text, span[1], max(span[1], start))
    ]  # fmt: skip
    groups = sorted([*_named(text, clues), *unnamed, *_referred(text, armed, around)])
    before = [span for span in groups if span[1] <= start]
    if before:
        return _rules_clause(text, before[-1], acting, start)
    if _patterns()["forbids"].match(text, start):
        return False  # "prohibits strikes by workers"
    after = [span for span in groups if span[0] >= end]
    if after and _is_behind(text, after[0], acting, start, end):
        return True
    private = _patterns()["private"].finditer(text)
    return (
        act.actor == "state"
        and not sure
        and any(_is_private(act, *match.span()) for match in private)
    )


def _is_private(act: Act, start: int, end: int) -> bool:
    """Whether the act is done by the private persons named there: "attacked by
    protesters", "protesters throwing stones"."""
    between = act.text[act.start : start]
    if act.start == end + 1 and ACTIVE.match(act.text, act.start):
        return _patterns()["crowd"].match(act.text, start) is not None
    return (
        act.start < start < act.end + NEAR
        and BY_THEM.search(between) is not None
        and not SUFFERED.search(between)
        and not CLAUSE.search(AFTER_BEING.sub("", act.text[act.end : start]))
    )


def steered_again(text: str, clues: Sequence[Clue], around: Surroundings) -> Iterator[Clue]:
    """Clues for "the rebels": for the state behind the group that the sentences before name."""
    armed = _armed(around)
    if not armed or armed[-1].kind != "steered":
        return
    for match in _patterns()["again"].finditer(text):
        if not any(c.start < match.end() and match.start() < c.end for c in clues):
            yield Clue(armed[-1].country, *match.span(), "steered", match[0])


def _armed(around: Surroundings) -> list[Clue]:
    beside = (*around.earlier, *around.before)
    return [clue for clue in beside if clue.kind in ("group", "steered")]


def _named(text: str, clues: Sequence[Clue]) -> Iterator[tuple[int, int]]:
    """Groups, and forces that no state sends by name: "UN peacekeepers", with no people named."""
    sent = any(c.kind in SENDERS or c.acts for c in clues)
    for clue in clues:
        if clue.kind == "group" or (
            clue.kind == "international" and not sent and is_troops(clue.words)
        ):
            yield clue.start, clue.end


def _unnamed(text: str, acting: Sequence[Clue], armed: Sequence[Clue]) -> Iterator[tuple[int, int]]:
    """Rebels, gunmen and their like, but not those of a state: "M23 rebels", "the rebels"."""
    for match in _patterns()["any"].finditer(text):
        if armed and armed[-1].kind == "steered" and THE.search(text[: match.start()]):
            continue
        close = max(0, match.start() - STATE_BEFORE)
        listed = LISTED.search(text[: match.start()]) or AND.match(text, match.end())
        if not listed and not any(close <= clue.end <= match.end() for clue in acting):
            yield match.span()


def _referred(text: str, armed: Sequence[Clue], around: Surroundings) -> Iterator[tuple[int, int]]:
    """Words that refer back to a group of the sentences before."""
    if not armed or armed[-1].kind != "group":
        return
    for match in _patterns()["again"].finditer(text):
        yield match.span()
    beside = [c for c in around.before if c.kind == "group" or c.acts]
    if beside and all(c.kind == "group" for c in beside):
        for name in ("theirs", "they", "captives"):
            for match in _patterns()[name].finditer(text):
                yield match.span(1)


def _rules_clause(text: str, group: tuple[int, int], acting: Sequence[Clue], start: int) -> bool:
    """Whether the group is the subject of the clause up to `start`, or its body is."""
    captive = _patterns()["captives"].match(text) and group[0] == 0
    if captive or _is_custody(text[: group[0]], text, group[1]):
        return not any(clue.start < start for clue in acting)
    between = RELATIVE.sub("", text[group[1] : start])
    if len(between) > REACH or not _can_act(text, group[0]):
        return False
    if LISTED.search(text[: group[0]]) and any(clue.end <= group[0] for clue in acting):
        return False
    between = ACCUSED.sub("", between)
    if PASSIVE.search(between) or CLAUSE.search(between) or OTHER_ACT.search(between):
        return False
    for clue in acting:
        if clue.end <= group[0]:
            parted = text[clue.end : group[0]]
            if not (CLAUSE.search(parted) or BLAMED.search(parted)):
                return False
        elif group[1] <= clue.start < start and not OWN_BODY.match(text[group[1] : clue.start]):
            return False
    return True


def _is_behind(
    text: str, group: tuple[int, int], acting: Sequence[Clue], start: int, end: int
) -> bool:
    """Whether the group is the agent behind the act, or the act is in its hands, or is alleged
    against it."""
    between = text[end : group[0]]
    another = any(end <= clue.start < group[0] for clue in acting)
    beside = any(
        WITH.fullmatch(text, group[1], max(group[1], c.start)) and not VERB.match(text[c.end :])
        for c in acting
    )
    if len(between) > NEAR or "," in between or another or beside:
        return False
    accused = AGAINST.search(between) and ALLEGED.search(text[:start])
    return bool(BY.search(between) or accused) or _is_custody(between, text, group[1])


def _is_custody(before: str, text: str, end: int) -> bool:
    """Whether the group named up to `end` keeps the place: "in their prisons"."""
    return bool(KEPT_IN.search(before) and _patterns()["custody"].match(text, end))


def _can_act(text: str, start: int) -> bool:
    before = text[:start]
    if _patterns()["members"].search(before):
        return True
    return not _patterns()["not_acting"].search(before)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = read_toml("catnlp.link", "groups.toml")

    custody = either(data["theirs"]["custody"])
    theirs, bodies = either(data["theirs"]["words"]), either(data["theirs"]["bodies"])
    return {
        "again": re.compile(rf"\b(?:{either(data['again']['words'])})\b", re.I),
        "any": re.compile(
            rf"\b(?:{either([*data['any']['words'], *data['private']['words']])}"
            rf"|(?:{either(data['private']['bodies'])})"
            rf"(?!\s(?:{either(data['private']['not_before'])})\b))\b", re.I
        ),
        "crowd": re.compile(rf"\b(?:{either(data['by']['crowds'])})\b", re.I),
        "private": re.compile(
            rf"\b(?:{either([*data['by']['crowds'], *data['by']['words']])})\b", re.I
        ),
        "forbids": re.compile(
            rf"(?:[\w’-]+\s){{0,3}}?(?:{'|'.join(data['forbids']['words'])})\b", re.I
        ),
        "theirs": re.compile(rf"\b({theirs})(?:\s[\w-]+){{0,2}}?\s(?:{bodies})\b", re.I),
        "they": re.compile(rf"(?:^|; )({either(data['they']['words'])})\b", re.I),
        "captives": re.compile(rf"({either(data['captives']['words'])})\b"),
        "custody": re.compile(rf"(?:’s|'s)?(?:[ -][\w“”-]+){{0,2}}?\s(?:{custody})\b", re.I),
        "members": re.compile(
            rf"\b(?:{either(data['not_acting']['members'])})\s(?:the\s)?$", re.I
        ),
        "not_acting": re.compile(
            rf"\b(?:{either(data['not_acting']['before'])})\s(?:the\s)?$", re.I
        ),
    }  # fmt: skip
