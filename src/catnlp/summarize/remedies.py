"""Remedies apart from abuses: trials, convictions, dismissals, compensation, reforms."""

import re
from functools import cache

from catnlp.domain import Evidence
from catnlp.resources import read_toml

NEAR = r"(?:\W+(?!by\b)[\w’$-]+){0,4}?\W+"
CLOSE = r"(?:\W+[\w’$-]+){0,3}?\W+"
ADVERB = "(?: also| reportedly| allegedly| had| have| has)"
WAS = r"(?:was|were|be|been|being)\b"
STATUSES = ("affirmed", "alleged", "negated")


def is_remedy(evidence: Evidence) -> bool:
    """The sentence tells what was done against an abuse; or it denies impunity."""
    mention = evidence.mention
    if mention.status not in STATUSES:
        return False
    if mention.category == "impunity":
        return mention.status == "negated"
    return mention.status != "negated" and tells_remedy(evidence.quote)


@cache
def tells_remedy(quote: str) -> bool:
    remedy, never = _patterns()
    return bool(remedy.search(quote)) and not never.search(quote)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = read_toml("catnlp.summarize", "remedies.toml")
    who, what, victims, law = (
        rf"(?:{'|'.join(data[name])})"
        for name in ("wrongdoers", "verdicts", "victims", "authorities")
    )
    remedy = [rf"\b{who}\b{CLOSE}{WAS}{CLOSE}{what}\b", rf"\b{what}\b{NEAR}{who}\b"]
    never = [
        rf"\b{what}\b{CLOSE}{victims}\b",
        rf"\b{victims}\b{CLOSE}{WAS}{CLOSE}{what}\b",
        rf"\b(?i:{law}){ADVERB}?\W+{what}\b(?!{NEAR}{who}\b)",
        *data["never"],
    ]
    remedy += data["remedies"]
    return re.compile("|".join(remedy)), re.compile("|".join(never))
