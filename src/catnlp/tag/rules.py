"""Rules beside the model, kept where they measurably help.

`_named_group`: the model says "state", but the clause begins with a named group that acts
for no state ("Houthi forces broke into ..."), and no body of a state stands before the
trigger. Of the 62 training mentions that fit the pattern, 58 have a non-state actor.

`_after_group`: the same, where the group stands behind the trigger as its agent ("raped by
Houthi fighters") or as the keeper of the place ("beaten in a Houthi-run prison"). Of the 6
training mentions that fit, 5 have a non-state actor.

`_named_force`: the model says that no state acts, but a force of a named state stands right
before the trigger ("Eritrean soldiers killed ..."). Of 57 training mentions that fit, 55
have a state or state-aligned actor.

`_named_state`: the same, where a state by its bare name is the subject of what it did right
before the trigger ("Eritrea then launched raids that killed ..."). Of 46 training mentions
that fit, 44 have a state actor.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from catnlp.gazetteer import find_forces, find_places
from catnlp.gazetteer.forces import Force
from catnlp.gazetteer.places import PlaceName
from catnlp.tag.prediction import Prediction

STATE_BODY = re.compile(
    r"\b(?:governments?|authorities|police|military|army|officials?|security|state|ministry|"
    r"courts?|regime|troops|prosecutors?|laws?|soldiers|coalition|navy|air force|intelligence|"
    r"gendarm\w+|officers?|parliament|president|constitution|SAF)\b",
    re.IGNORECASE,
)
BODY = (
    "“?(?:forces|police|authorities|entities|services|militants?|fighters|courts?|officials?|"
    "leaders?|government)”?"
)
OWN_BODY = re.compile(
    r"^(?:’s|'s)?(?:[ -](?:controlled|led|affiliated|aligned|run|security))*"
    rf"(?: {BODY}(?: and {BODY})?)?"
)
NOT_ACTING = re.compile(
    r"\b(?:with|against|about|of|fight|fighting|from|to|for|support(?:ing)?|criticiz\w+)\s+(?:the\s+)?$"
)
REACH = 160  # characters between the group and the trigger


FORCE = re.compile(
    r"^(?:’s|'s)? (?:\w+ ){0,2}?(?:soldiers?|troops|army|air force|navy|police|security forces|"
    r"armed forces|forces|border guards|military(?! contractors?)|authorities|government|"
    r"gendarmes|commandos|agents|officers|warplanes|jets?|coalition)\b"
)
OTHER_CLAUSE = re.compile(r"[,;:]|\b(?:by|who|which|that|and|against)\b")
NEAR = 70  # characters between the force and the trigger


DID = re.compile(
    r"^(?: has| have| had| also| then| later| \w+ly)* (?:launched|carried out|conducted|bombed|"
    r"struck|killed|shelled|attacked|invaded|occupied|occupies|deported|detained|arrested|executed|"
    r"expelled|jailed|imprisoned|tortured|used|continued to|began|started|targeted|blocked|banned|"
    r"forced|evicted|refused|held|fired|hit)\b"
)
NO_SUBJECT = re.compile(
    r"(?:\b(?:in|inside|within|across|of|from|to|at|with|between|near|into|on|by|for|against|and|or)"
    r"\s(?:the\s)?|[,(-]\s?)$"
)
AND = re.compile(r", and $")  # of two clauses: "..., and Eritrea launched"


BY_GROUP = re.compile(r"\bby\s(?:(?:an?|the|suspected|alleged|armed|other)\s)*$")
KEPT_IN = re.compile(r"\b(?:in|at|inside)\s(?:[\w-]+\s){0,2}$")
CUSTODY = re.compile(
    r"(?:-(?:run|controlled|held))?\s(?:[\w“”’]+\s){0,3}?"
    r"(?:detention|prisons?|jails?|custody|captivity|cent(?:er|re)s?|checkpoints?|camps?)\b"
)


def correct_actor(prediction: Prediction, text: str, around: str = "") -> Prediction:
    """The prediction with the actor that a named group or force decides, where a rule fits;
    its `actor_score` is then the share in which the rule was right. The words `around` the sentence
    decide names that others have too: "RSF" is the group only where Sudan is named."""
    for was, holds, actor, right in RULES:
        if prediction.actor in was and holds(prediction, text, around):
            return replace(prediction, actor=actor, actor_score=right)
    return prediction


@lru_cache(maxsize=256)
def _places(text: str) -> tuple[PlaceName, ...]:
    """Several rules ask for the places of the same words, and all sentences for those around."""
    return tuple(find_places(text))


@lru_cache(maxsize=256)
def _forces(text: str, around: str) -> tuple[Force, ...]:
    """The forces of a sentence, beside the countries named in the words `around` it too."""
    if not find_forces(text):
        return ()
    named = {place.code for words in (text, around) for place in _places(words)}
    return tuple(find_forces(text, named))


def _named_force(prediction: Prediction, text: str, around: str) -> bool:
    if any(force.kind == "non-state" for force in _forces(text, around)):
        return False
    for place in _places(text[: prediction.start]):
        force = FORCE.match(text[place.end : prediction.start])
        if force and place.kind in ("demonym", "country"):
            between = text[place.end + force.end() : prediction.start]
            if len(between) < NEAR and not OTHER_CLAUSE.search(between):
                return True
    return False


def _named_state(prediction: Prediction, text: str, around: str) -> bool:
    for place in _places(text[: prediction.start]):
        before, did = text[: place.start], DID.match(text[place.end :])
        if place.kind != "country" or not did or place.end + did.end() > prediction.end:
            continue
        between = text[place.end + did.end() : prediction.start]
        subject = AND.search(before) or not NO_SUBJECT.search(before)
        if (
            subject
            and len(between) < NEAR
            and not OTHER_CLAUSE.search(between.replace(" that ", " "))
        ):
            return True
    return False


def _named_group(prediction: Prediction, text: str, around: str) -> bool:
    for force in _forces(text, around):
        if force.start >= prediction.start or force.kind != "non-state":
            return False
        after = OWN_BODY.sub("", text[force.end : prediction.start])
        before = text[: force.start]
        if (
            len(after) < REACH
            and not STATE_BODY.search(before)
            and not STATE_BODY.search(after)
            and not NOT_ACTING.search(before)
        ):
            return True
    return False


def _after_group(prediction: Prediction, text: str, around: str) -> bool:
    for force in _forces(text, around):
        if force.start < prediction.end:
            continue
        between = text[prediction.end : force.start]
        if force.kind != "non-state" or len(between) > NEAR or STATE_BODY.search(between):
            return False
        kept = KEPT_IN.search(between) and CUSTODY.match(text[force.end :])
        return bool(BY_GROUP.search(between) or kept)
    return False


Rule = Callable[[Prediction, str, str], bool]
RULES: tuple[tuple[tuple[str, ...], Rule, str, float], ...] = (
    # actors that the model may have given, the rule, the actor it decides, how often it is right
    (("state",), _named_group, "non-state", 0.94),
    (("state",), _after_group, "non-state", 0.83),
    (("non-state", "unknown"), _named_force, "state", 0.96),
    (("non-state", "unknown"), _named_state, "state", 0.96),
)
