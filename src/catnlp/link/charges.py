"""Dates of an arrest, a charge or a trial, which are not those of what somebody is accused of."""

import re
from functools import cache

from catnlp.link.points import either, words
from catnlp.link.trials import deeds

BEFORE = 60  # characters before a date that may hold the verb: "was arrested on Friday for"
REACH = 60  # characters from what names the charge to the trigger
AGE = re.compile(r",\s(?:ages?|aged)\s(?:\d+|[a-z]+),")  # "a girl, age 10, in 2021"
OTHER = re.compile(r"[,;:]|\b(?:and|but|who|which|after|when|while|was|were)\b")


def is_of_charge(text: str, start: int, end: int, trigger: int, category: str) -> bool:
    """Whether the date `text[start:end]` is when somebody was held or tried for what begins at
    `trigger`: "was arrested on Friday on a charge of bribery".

    Only for categories of deeds: an arrest for what somebody wrote is itself the abuse.
    """
    if trigger < end or (category not in deeds() and category not in words("other_deeds")):
        return False
    charges = list(_charge().finditer(text, max(0, start - BEFORE), trigger))
    if not charges or charges[-1].end() < end:
        return False
    named = charges[-1].end()
    return trigger - named <= REACH and is_one_clause(text, named, trigger)


def is_one_clause(text: str, start: int, end: int) -> bool:
    """Whether nothing in `text[start:end]` begins another clause."""
    return not OTHER.search(AGE.sub("", text[start:end]))


@cache
def _charge() -> re.Pattern[str]:
    gap = r"(?:\s[\w’'-]+,?){0,10}?"
    return re.compile(
        rf"\b(?:charged{gap}\swith|{either(words('found'))}{gap}\sof"
        r"|(?:charges?|counts?|suspicion)\sof|in\sconnection\swith"
        rf"|{either(words('held'))}{gap}\sfor(?=\s(?:the|his|her|their|alleged|allegedly|[a-z]+ing)\b))",
        re.I,
    )
