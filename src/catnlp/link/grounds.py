"""Whether the words around a mention are enough to name a country for it.

A report on one country, or a section under the heading of one, says once for all what it speaks
of. Other documents do not: they compare, look back, quote and turn to other countries. There a
country that the sentence does not name itself needs much more, and else none is named: a gap is
seen and filled, a wrong country is not.
"""

import re
from collections.abc import Sequence
from functools import cache

from catnlp.domain import Role
from catnlp.link.attacked import is_struck
from catnlp.link.evidence import OPENING, PLACED, Clue
from catnlp.link.features import Act, Surroundings
from catnlp.link.topics import (
    is_mostly_on,
    is_of_people,
    is_only_citizen,
    is_only_one,
    is_topic,
    only_reacts,
    only_speaks,
    turned_away,
)
from catnlp.link.trials import (
    is_on_accused,
    is_tried_there,
    names_official,
    only_finds,
    only_pursues,
    tries,
)
from catnlp.link.turns import is_away
from catnlp.resources import read_toml

SURE_NAMED = 0.7  # of a country that the sentence names as the one who acts, or as the place
SURE_TITLED = 0.7  # of the one that the title names, and no other
SURE_MOSTLY = 0.8  # of the one that a document is mostly on
SURE_ELSE = 0.85  # of any other
SURE_DISPUTED = 0.9  # ... where the title names yet another
HOME_SHARE = 0.65  # of the places named: of 74 such mentions 73 stood at home
SURE_ACTOR = 0.8  # that a state does it, where the sentence does not say which
CERTAIN_ACTOR = 0.97  # ... and has no word for those who act for one
ACROSS = re.compile(r"\b(?:[Aa]cross|[Tt]hroughout|[Aa]round) the country\b|\b[Nn]ationwide\b")
ON = re.compile(r"\bon\s(?:the\s)?$")  # "on the United States’ behalf"
POLICE = re.compile(r"\b[Pp]olice\s(?:\w+ly\s)?$")  # "police shot"
LIST = re.compile(r"\b(?:in|at|near)\b.*\band\s(?:(?:in|at|near)\s)?(?:the\s)?$")


def is_grounded(
    country: str, score: float, role: Role, act: Act, clues: Sequence[Clue], around: Surroundings
) -> bool:
    """Whether `country`, the best that was found, may be named."""
    if role == "responsible" and (
        only_pursues(country, act, clues, around)
        or only_finds(country, act, clues)
        or _follows_another(country, act, clues, around)
        or is_struck(country, act.text, clues)
    ):
        return False
    if not around.is_open:
        return score >= SURE_ELSE or not _is_contested(country, role, act, clues, around)
    mine = [c for c in clues if c.country == country and not is_patient(act, c)]
    if role == "responsible":
        if _is_of_another(country, act, clues):
            return False
        beside = [c for c in clues if c.country == country and _stands_beside(act, c, clues)]
        doing = [c for c in mine if c.acts and c.manner != "speaks" and c not in beside]
        if beside and not doing:
            return False
        named = any(c.kind != "own" and _may_be_agent(act, c) for c in doing)
    else:
        named = any(c.kind in PLACED and _places(act, c, clues) for c in mine)
    if named:
        return score >= SURE_NAMED
    if country in _institutions() or _others(country, role, act, clues):
        return False
    if role == "responsible" and (
        not _shows_state(act) or _hides_doer(act) or _is_destination(act, mine)
    ):
        return False
    if role == "location" and (
        is_away(act.text)
        or only_speaks(country, mine, around)
        or _is_plotters(country, act, mine, around)
        or _patterns()["mission"].search(act.text)
        or any(tries(act, c, clues) for c in mine)
    ):
        return False
    if only_reacts(country, mine, around):
        return False
    if is_only_citizen(country, role, act, clues, around):
        return False
    if not mine and _is_general(act.text):
        return False
    if not is_topic(country, role, mine, around):
        return False
    return is_only_one(country, around) or _is_sure(country, score, role, mine, around)


def acts_at_home(country: str, act: Act, responsible: Sequence[str], around: Surroundings) -> bool:
    """Whether a state does at home what states do there ("blocked the site"), in a document that
    names hardly any other place, or in a sentence that says so."""
    if tuple(responsible) != (country,) or act.category not in _data()["domestic"]["categories"]:
        return False
    return around.shares.get(country, 0.0) >= HOME_SHARE or bool(ACROSS.search(act.text))


def _is_sure(
    country: str, score: float, role: Role, mine: Sequence[Clue], around: Surroundings
) -> bool:
    """Whether the score is enough for a country that only the words around speak of."""
    titled = [c for c in around.title if c.country == country]
    turned = not mine and turned_away(country, around)
    if any(c.country not in ("", country) for c in around.title):
        return not turned and score >= SURE_DISPUTED
    if country in around.subject and not (titled and all(map(is_of_people, titled))):
        return score >= (SURE_ELSE if turned else SURE_TITLED)
    misplaced = role == "location" and any(c.kind in PLACED for c in mine)
    if misplaced:
        return False
    if turned:
        return score >= SURE_DISPUTED
    return score >= (SURE_MOSTLY if is_mostly_on(country, around) else SURE_ELSE)


def _is_contested(
    country: str, role: Role, act: Act, clues: Sequence[Clue], around: Surroundings
) -> bool:
    """Whether only forces of others act in a sentence of a report, before the deed."""
    if role != "responsible" or country != around.reported:
        return False
    forces = [c for c in clues if c.kind == "force" and c.manner != "speaks"]
    acting = {c.country for c in clues if c.acts}
    return country not in acting and any(c.start < act.start for c in forces)


def _follows_another(country: str, act: Act, clues: Sequence[Clue], around: Surroundings) -> bool:
    """Whether a deed of force, in a sentence of a report that names nobody, comes after one on what
    another state's forces do, and not its own: "They struck 200 hospitals"."""
    forceful = act.category in _data()["forceful"]["categories"]
    return (
        forceful
        and around.after_others
        and country == around.reported
        and not any(c.acts for c in clues)
    )


def _only_claims(act: Act, clue: Clue) -> bool:
    """Whether those named say of others that they did it: "he repeated his claim of fraud"."""
    if not clue.acts or clue.end > act.start:
        return False
    between = act.text[clue.end : act.start]
    return bool(_patterns()["claims"].match(between) or _patterns()["claims_of"].search(between))


def _stands_beside(act: Act, clue: Clue, clues: Sequence[Clue]) -> bool:
    """Whether those named suffer the act, tell of it, try it, or have gone."""
    return (
        is_patient(act, clue)
        or _only_claims(act, clue)
        or tries(act, clue, clues)
        or _left(act, clue)
    )


def _left(act: Act, clue: Clue) -> bool:
    """Whether those named have gone: "with the pullout of American troops"."""
    return bool(_patterns()["left"].search(act.text[: clue.start]))


def _hides_doer(act: Act) -> bool:
    """Whether something is hit by the act, and nobody is said to do it: "was hit by rockets"."""
    return bool(_patterns()["struck"].search(act.text[: act.start]))


def _is_destination(act: Act, mine: Sequence[Clue]) -> bool:
    """Whether the sentence names the country only as where people were sent: "deported to Peru"."""
    if act.category != "forced-displacement" or not mine:
        return False
    return all(_patterns()["sent_to"].search(act.text[: c.start]) for c in mine)


def is_patient(act: Act, clue: Clue) -> bool:
    """Whether a force or its people suffer what the trigger says ("soldiers were shot"), or have
    others arrested for it."""
    if not clue.acts:
        return False
    if _patterns()["warrant"].search(act.text, clue.end, max(clue.end, act.start)):
        return True  # who has others arrested for it
    if clue.start >= act.start and _patterns()["object"].search(act.text[: clue.start]):
        return True
    if clue.kind == "ruler" and _patterns()["befell"].match(act.text, clue.end):
        return True  # "condemned Doe’s arrest"
    if clue.kind == "ruler" and clue.end <= act.start:  # "Doe founded a party, but was jailed"
        found = _patterns()["suffered"].finditer(act.text, clue.end, act.end)
        if any(match.end() >= act.start for match in found):
            return True
    passive = _patterns()["passive"].match(act.text, clue.end)
    return bool(
        passive and act.start <= passive.end() and clue.start <= act.end <= passive.end() + 1
    ) or bool(passive and act.start <= passive.end() <= act.end + 1)


def _may_be_agent(act: Act, clue: Clue) -> bool:
    """Whether the clue stands before the act, in it, or after it as its agent; of a ruler what is
    his alone ("Assad’s affairs") is none."""
    if clue.kind == "ruler" and _patterns()["possessive"].match(act.text, clue.end):
        return bool(_patterns()["possessed"].match(act.text, clue.end))
    if clue.start < act.end:
        return True
    return clue.manner == "by" and "," not in act.text[act.end : clue.start]


def _places(act: Act, clue: Clue, clues: Sequence[Clue]) -> bool:
    """Whether the place is that of the act: not where somebody speaks of it ("told reporters in
    Geneva"), nor that of something else ("repression in X and its support for Y in Z")."""
    before = act.text[: clue.start]
    if _patterns()["speech"].search(before) or _patterns()["speaker"].match(act.text, clue.end):
        return False
    if is_tried_there(act, clue):
        return False
    if _patterns()["no_place"].search(before) or clue.country in _institutions():
        return False
    if _patterns()["settled"].match(act.text, clue.end) or (
        ON.search(before) and _patterns()["possessive"].match(act.text, clue.end)
    ):
        return False
    if _patterns()["revealed"].search(act.text, act.start, max(act.start, clue.start)):
        return False
    between = act.text[act.end : clue.start]
    if _patterns()["further"].match(between) or _is_of_another_event(act, clue):
        return False
    return not (
        " and " in between
        and any(act.end <= c.start < clue.start and c.country != clue.country for c in clues)
        and not LIST.search(between)
    )


def _is_of_another_event(act: Act, clue: Clue) -> bool:
    """Whether one of both came before the other: "the bombing follows air strikes in Gaza"."""
    first, second = sorted(((act.start, act.end), (clue.start, clue.end)))
    if _patterns()["sequence"].search(act.text, first[1], max(first[1], second[0])):
        return True
    return bool(
        _patterns()["blaming"].search(act.text[: act.start])
        and _patterns()["aside"].match(act.text[act.end : clue.start])
    )


def _others(country: str, role: Role, act: Act, clues: Sequence[Clue]) -> bool:
    """Whether the sentence speaks of what another country does, or of what happens there; one
    that it only names may be the agent, but is not the place."""
    elsewhere = ("from", *PLACED) if role == "location" else ("from", "named")
    for clue in clues:
        if clue.country in ("", country):
            continue
        if clue.kind in PLACED and OPENING.match(act.text[: clue.start]):
            return True
        if clue.manner == "speaks" or clue.kind == "own":
            continue
        if role == "location" and clue.kind == "steered":
            continue  # those who act for a state mostly do so in others
        if clue.kind in elsewhere or (clue.acts and not is_patient(act, clue)):
            return True
    return False


def _is_of_another(country: str, act: Act, clues: Sequence[Clue]) -> bool:
    """Whether another people stands right before the act, or is its first word: "Russian
    interference"."""
    return any(
        c.kind == "people" and c.country != country
        and (0 <= act.start - c.end <= 1
             or (c.start == act.start and _patterns()["done"].match(act.text, c.end)))
        for c in clues
    )  # fmt: skip


def _is_plotters(country: str, act: Act, mine: Sequence[Clue], around: Surroundings) -> bool:
    """Whether the act is a plot, and the country that of those who make it."""
    if not _patterns()["plot"].search(act.text[: act.end]):
        return False
    return any(c.acts and c.country == country for c in (*mine, *around.title))


def _shows_state(act: Act) -> bool:
    """Whether a state does it: the tagger is certain, or the sentence has words for its acts or
    its people. Of a deed that somebody is accused of, its officials; police and courts are there
    in every such sentence."""
    if act.actor_score < SURE_ACTOR:
        return False
    if is_on_accused(act):
        return names_official(act.text) or bool(POLICE.search(act.text[: act.start]))
    return (
        act.actor_score >= CERTAIN_ACTOR
        or act.category in _data()["governing"]["categories"]
        or bool(_patterns()["state"].search(act.text))
    )


def _is_general(text: str) -> bool:
    """Whether a sentence speaks of the world at large, or only asks."""
    return text.rstrip("”\"’' )").endswith("?") or bool(_patterns()["general"].search(text))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.link", "grounds.toml")


@cache
def _institutions() -> frozenset[str]:
    return frozenset(_data()["institutions"]["countries"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    people = "|".join(data["people"]["words"])
    harmed = "|".join(data["patients"]["participles"])
    return {
        "general": re.compile(rf"\b(?:{'|'.join(data['general']['words'])})\b"),
        "state": re.compile(rf"\b(?:{people}|{'|'.join(data['state_only']['words'])})\b", re.I),
        "possessive": re.compile(r"(?:’s|'s|’|')\s"),
        "possessed": re.compile(
            rf"(?:’s|'s|’|')(?:\s[\w’-]+){{0,2}}?\s(?:{people}|forces)\b", re.I
        ),
        "no_place": re.compile(rf"\b(?:{'|'.join(data['no_place']['before'])})\s(?:the\s)?$", re.I),
        "speech": re.compile(
            rf"\b(?:{'|'.join(data['speech']['before'])})\b(?:\s[\w’-]+){{0,4}}?\s(?:in|at|from|on)\s"
            r"(?:the\s|[A-Z][\w’.]+,?\s)*$"
        ),
        "speaker": re.compile(
            rf",(?:\s[\w’'.-]+){{1,6}}?\s(?:{'|'.join(data['speech']['after'])})\b"
        ),
        "passive": re.compile(
            r"(?:’s|'s|’|')?(?:,?\sand\s\w+)?(?:\s(?!by\b|who\b|which\b|that\b|and\b|say|said\b|[a-z]+ed\b)[\w“”\"’'.-]+){0,8}?"
            r"\s(?:(?:was|were|is|are|been|being)\s(?:[a-z]+ly\s|also\s|then\s)*"
            rf"(?:{harmed})|died|lost\s(?:his|her|their)\s(?:life|lives))\b"
        ),
        "suffered": re.compile(
            r"\b(?:but|and)\s(?:then\s|later\s)?was\s(?:\w+ly\s)?(?:arrested|detained|jailed|"
            rf"imprisoned|exiled|ousted|deposed|overthrown|banned|{harmed})\b"
        ),
        "befell": re.compile(
            rf"(?:’s|'s|’|')\s(?:\w+\s)?(?:{'|'.join(data['befell']['words'])})\b"
        ),
        "warrant": re.compile(r"\b(?:issued|sought|requested)\b[^;.]*?\bwarrants?\b"),
        "claims": re.compile(
            r"(?:\sand\s(?:his|her|its|their)(?:\s[\w’-]+){1,3}?)?(?:\s(?:has|have|had|also|then|\w+ly))*"
            rf"\s(?:{'|'.join(data['claims']['verbs'])})\b"
        ),
        "claims_of": re.compile(
            rf"\b(?:his|her|its|their)\s(?:\w+\s){{0,2}}?(?:{'|'.join(data['claims']['nouns'])})\s"
            r"(?:of|that|about)\s(?:[\w’-]+\s){0,8}?$"
        ),
        "struck": re.compile(
            rf"\b(?:was|were|been|being)\s(?:{'|'.join(data['struck']['participles'])})\s(?:by|in)\s"
            r"(?:[\w-]+\s){0,3}$"
        ),
        "further": re.compile(
            rf"[^.;]*?\band\s(?:its|his|her|their)\s(?:{'|'.join(data['further']['nouns'])})\b"
        ),
        "sequence": re.compile(rf"\b(?:{'|'.join(data['sequence']['words'])})\b"),
        "blaming": re.compile(rf"\b(?:{'|'.join(data['sequence']['blaming'])})\b[^,;]*$"),
        "aside": re.compile(r"[^,;]*,\s(?!which\b|where\b|who\b|in\b|at\b|near\b)"),
        "mission": re.compile(
            r"\b(?:in|inside|at|into|entered|entering)\s(?:[\w’]+\s){0,4}?"
            rf"(?:{'|'.join(data['mission']['words'])})\b"
        ),
        "plot": re.compile(rf"\b(?:{'|'.join(data['plot']['words'])})\s(?:to|of|for)\s"),
        "settled": re.compile(
            rf",\swhere\s(?:[\w’]+\s){{0,4}}?(?:{'|'.join(data['settled']['words'])})\b"
        ),
        "revealed": re.compile(
            rf"\b(?:for|after|over)\s(?:{'|'.join(data['revealed']['words'])})\b"
        ),
        "sent_to": re.compile(
            rf"\b(?:{'|'.join(data['sent']['participles'])})\s(?:[\w’-]+\s){{0,3}}?to\s(?:the\s)?$"
        ),
        "left": re.compile(rf"\b(?:{'|'.join(data['left']['words'])})\s(?:of|by)\s(?:the\s)?$"),
        "done": re.compile(rf"\s(?:{'|'.join(data['people_do']['deeds'])})\b"),
        "object": re.compile(
            rf"\b(?:{'|'.join(data['patients']['verbs'])})\s(?:of\s)?"
            r"(?:(?:the|a|an|some|several|many|one|two|three|more|than|at|least|dozens|of|[\d,]+)\s)*$"
        ),
    }
