"""Dates of a sentence that are not those of an event: of a law, a report, what a source said;
and numbers that only look like a year."""

import re
from functools import cache

from catnlp.link.points import either, words

CLAUSE = 60  # characters before a date in which the words about it stand
WORD = r"[\w’'().&/-]+"
SOURCE = rf"(?:,?\s(?![a-z]\w*ed\b|that\b|and\b){WORD}){{1,7}}?"

LET_GO = (
    r"(?:released|freed)(?!\s(?:an?|the|its|his|her|their|new)\s(?:[\w-]+\s){0,2}?"
    r"(?:reports?|statements?|videos?|footage|list|data|findings|documents?|photos?)\b)"
)
ACTIVE = (
    r"(?<!\bwere)(?<!\bwas)(?<!\bbeen)(?<!\bbe)(?<!\bwere\s)(?<!\bwas\s)(?<!\bbeen\s)(?<!\bbe\s)"
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    documents, said = either(words("documents")), either(words("said"))
    return {
        "before_document": re.compile(
            r"(?:\s(?!(?:the|an?|that|which|who|were|was|is|are|had|has|have|to|by|\w+ed)\b)[\w’'&/–-]+)"
            rf"{{0,6}}?\s{documents}\b",
            re.I,
        ),
        "determiner": re.compile(r"(?:\b(?:the|an?|its|their|his|her|this|under)|[’']s?)\s$", re.I),
        "after_document": re.compile(
            rf"\b{documents}\s(?:(?:no\.?|number)\s[\w./-]+\s)?(?:of|from|in|dated)?\s*\(?$", re.I
        ),
        "compared": re.compile(
            rf"\b{either(words('compared'))}\s(?:from|to|with|over|than|since)\s$", re.I
        ),
        "numbered": re.compile(
            rf"(?:\b{either(words('numbered'))}\.?\s(?:no\.?\s|number\s)?|§\s?)$", re.I
        ),
        "counted": re.compile(rf"\s(?:[a-z-]+\s)?{either(words('counted'))}\b"),
        "counting": re.compile(rf"\b(?:at\s)?{either(words('counting'))}\s$", re.I),
        "time": re.compile(r"\b(?:in|since|until|during|by|from|of|between|to|and)\s$", re.I),
        "opens": re.compile(r"(?:^|[;:.(“\"]|\b(?:and|but|while|that),?)\s*$", re.I),
        "then_said": re.compile(
            rf"(?:{SOURCE}|(?:,?\s(?:[A-ZÀ-Þ]{WORD}|{either(words('sources'))})){{1,20}}?){ACTIVE}"
            rf"\s(?:also\s)?{said}\b"
        ),
        "said_then": re.compile(
            rf"(?:{ACTIVE}\b{said}\s(?:(?:in|on)\s)?|\b{either(words('told_at'))}\s(?:(?:in|on)\s)?"
            r"|\b(?:told|met)\s(?:[A-Z][\w’'-]+\s){1,4}(?:(?:in|on)\s)?)$"
        ),
        "office": re.compile(
            rf"\b{either(words('offices'))}\b[^,;.]{{0,40}}\s$|\bturned\s\d+\s(?:on\s)?$"
        ),
        "since": re.compile(r"\bsince\s(?!then\b)\w[^,;.]{2,60}\s$"),
        "until": re.compile(r"\buntil\s\w[^,;.]{4,80}\s$"),
        "let_go": re.compile(
            rf"\b(?:{LET_GO}|release\sof)(?:,?\s(?![a-z]\w*ed\b|who\b|that\b){WORD}){{0,7}}\s$"
        ),
        "then_let_go": re.compile(rf",?{SOURCE}\s(?:{LET_GO}|ordered\sthe\srelease)\b"),
        "bound": re.compile(r"(?:after|following|before|since|between|from|until|prior)\b", re.I),
        "to_come": re.compile(rf"\b{either(words('to_come'))}\b[^;,.]{{0,40}}$", re.I),
    }


def is_count(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, built like a year, counts or numbers something."""
    before, told = text[max(0, start - CLAUSE) : start], _patterns()
    if told["numbered"].search(before):
        return True
    if told["time"].search(told["counting"].sub("", before)):
        return False
    return bool(told["counted"].match(text, end) or told["counting"].search(before))


def is_of_document(text: str, start: int, end: int) -> bool:
    """Whether the date says which law, agreement or report is meant, or what is compared."""
    before, told = text[max(0, start - CLAUSE) : start], _patterns()
    if told["after_document"].search(before) or told["compared"].search(before):
        return True
    return bool(told["determiner"].search(before) and told["before_document"].match(text, end))


def is_of_source(text: str, start: int, end: int) -> bool:
    """Whether a source said something then: "In April observers reported", "said in April"."""
    before, told = text[max(0, start - CLAUSE) : start], _patterns()
    if told["opens"].search(before) and told["then_said"].match(text, end):
        return True
    return bool(told["said_then"].search(before) and not told["bound"].match(text, start))


def is_of_office(text: str, start: int) -> bool:
    """Whether the date says since when somebody governs, or how old somebody is: "who has ruled
    since 1982", "who turned 40 on May 3"."""
    return bool(_patterns()["office"].search(text[max(0, start - CLAUSE) : start]))


def opens_span(text: str, start: int) -> bool:
    """Whether something goes on since what happened at the date: "since it invaded on May 3"."""
    return _bound("since", text, start) is not None


def ends_span(text: str, start: int, end: int) -> bool:
    """Whether something ended at the date: "until he came to court on May 3", "released in May"."""
    if _bound("until", text, start) or _bound("let_go", text, start):
        return True
    then = _patterns()["then_let_go"].match(text, end)
    return then is not None and _bound("opens", text, start) is not None


def is_in_bound(text: str, trigger: int, start: int) -> bool:
    """Whether the trigger is what happened at a date that opens or ends a span: "since the coup of
    2015", "until he was arrested on May 4"."""
    bound = _bound("since", text, start) or _bound("until", text, start)
    return bound is not None and bound.start() <= trigger < start


def _bound(name: str, text: str, start: int) -> re.Match[str] | None:
    """The words right before a date that begin or end a span with it."""
    return _patterns()[name].search(text, max(0, start - 2 * CLAUSE), start)


def is_to_come(text: str, start: int) -> bool:
    """Whether the words before a date tell of what is still to happen."""
    return bool(_patterns()["to_come"].search(text[max(0, start - CLAUSE) : start]))
