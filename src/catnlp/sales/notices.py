"""Notices of arms sales (press releases and Federal Register texts under section 36(b))."""

import re

from catnlp.domain import ArmsSale, Document, FieldSpan, SaleItem, make_id
from catnlp.extract.dates import DAY_FIRST, ISO, MONTH_FIRST, first_full_date
from catnlp.gazetteer import find_places
from catnlp.link.calendar import calendar
from catnlp.sales.contractors import read_contractors
from catnlp.sales.dealt import dealt
from catnlp.sales.items import listed_items, support_items, uncounted_weapons
from catnlp.sales.phrases import buyers, phrase
from catnlp.sales.request import SENTENCE, Request, find_requests, without_page_marks
from catnlp.sales.services import services_of
from catnlp.sales.value import total_value

BUYER = re.compile(
    r"Prospective Purchaser:|Foreign Military Sale to|(?:sale|sell)(?: of [^.]{3,60}?)? to"
    r"|[Gg]overnment of|Representative Office in the|Kingdom of|(?:has|had) requested",
    re.IGNORECASE,
)  # fmt: skip
TRANSMITTAL = re.compile(
    r"Transmittal\s+(?:No\.?|Number):?\s*(?:RSAT[\s-]+)?(?P<number>\d{2}-\w{1,4})", re.IGNORECASE
)
AMENDS = re.compile(
    r"(?:36\(b\)\(1\),?\s+AECA\s+Transmittal\s+No\.?:?"
    r"|(?:previously|originally)\s+(?:notified|reported)[^.]{0,80}?transmittal(?:\s+number|\s+no\.?)?"
    r"|certification\s+transmittal\s+number)\s*(?P<number>\d{2}-\w{1,4})",
    re.IGNORECASE,
)
TOLD = re.compile(r"Date\s+Report\s+Delivered\s+to\s+Congress:?", re.IGNORECASE)
STAGES = (  # the first that fits
    ("suspended", r"(?:has|have|is|was)\s+(?:been\s+)?suspended|has\s+paused"),
    ("refused", r"(?:disapproved|rejected)\s+(?:the|this)\s+(?:proposed|possible)?\s*sale"),
    (
        "notified",
        r"notif|certification|Transmittal\s+N|Date\s+Report\s+Delivered|36\(b\)|proposed\s+sale",
    ),
    ("approved", r"approv"),
)
PROGRAMS = (
    ("DCS", r"direct\s+commercial\s+sale|36\(c\)"),
    ("FMS", r"foreign\s+military\s+sale|36\(b\)|letter\s+of\s+offer|proposed\s+sale"),
)
DASH = re.compile(r"\s+[–—-]\s+|--|\s*[–—]\s*")
EARLIEST, HEAD, WHOLE = 1500, 3000, 40_000


def is_notice(document: Document) -> bool:
    """Whether the whole document is one notice."""
    return document.genre == "sale-notice" or (
        len(document.text) < WHOLE
        and phrase("notice").search(document.text, 0, HEAD) is not None
        and phrase("request").search(document.text, 0, 8000) is not None
    )


def read_notice(document: Document) -> ArmsSale | None:
    """The sale that a notice is about; None where it names no recipient."""
    text = without_page_marks(document.text)
    recipient, spans = _recipient(text, document.title)
    if not recipient:
        return None
    transmittal = _number(TRANSMITTAL, text, spans, "transmittal")
    amends = _number(AMENDS, text, spans, "amends")
    request, items = wanted(text)
    money = total_value(text)
    if money:
        spans.append(FieldSpan("value", money.start, money.end))
    return ArmsSale(
        id=make_id("sale", document.id, recipient, transmittal or request.start),
        document_id=document.id,
        recipient=recipient,
        start=request.begin,
        end=request.end,
        supplier="USA",
        program=_first(PROGRAMS, text, spans, "program") or "FMS",
        stage=_first(STAGES, text, spans, "stage") or "notified",
        items=items,
        other_items=support_items(text[request.other : request.end], request.other),
        value=money.amount if money else None,
        currency=money.currency if money else "",
        value_is_upper_estimate=bool(money and ("estimated" in text.lower() or money.upper)),
        date=_reported(document, text, request, spans) or _date(document, text, spans),
        transmittal=transmittal,
        amends=amends if amends != transmittal else "",
        title=_title(document, text, spans),
        contractors=read_contractors(text),
        units=services_of(_of_the_sale(text, request), recipient),
        method="rule:notice",
        spans=tuple(spans),
        quote=document.text[request.begin : request.end].strip(),
    )


def _of_the_sale(text: str, request: Request) -> str:
    """The list, and the sentences that speak of the sale or of what is sold; a force that the
    text names elsewhere ("border guards shot at migrants") gets nothing."""
    kept = [text[request.begin : request.end]]
    for line in text.split("\n"):
        kept += [said for said in SENTENCE.split(line) if phrase("of_sale").search(said)]
    return ". ".join(kept)


def wanted(text: str) -> tuple[Request, tuple[SaleItem, ...]]:
    """What is asked for, with the list it stands in: what an amended case comes to, where that
    is said, else the longest list. Items of an older case do not count."""
    lists = [(request, _asked_for(text, request)) for request in find_requests(text)]
    best, items = max(lists, key=lambda held: (_counted(held[1]), len(held[1]), held[0].start))
    heading = phrase("heading").search(text, best.start, best.other)
    for lead in phrase("renewed").finditer(text, heading.end() if heading else 0):
        end = SENTENCE.search(text, lead.end())
        stop = end.start() if end else len(text)
        if renewed := listed_items(text[lead.end() : stop], lead.end()):
            return Request(lead.start(), lead.end(), *_rest(best, stop)), renewed
    return best, items


def _rest(request: Request, stop: int) -> tuple[int, int]:
    """The list of what is not major defense equipment, where it comes after `stop`."""
    return (request.other, request.end) if request.other >= stop else (stop, stop)


def _counted(items: tuple[SaleItem, ...]) -> int:
    return sum(item.quantity is not None for item in items)


def _asked_for(text: str, request: Request) -> tuple[SaleItem, ...]:
    """The items of the list under its heading, where it has one; else of all its sentences."""
    heading = phrase("heading").search(text, request.start, request.other)
    if heading and (listed := _stated(text, heading.end(), request.other)):
        return listed
    return _stated(text, request.start, request.other)


def _stated(text: str, at: int, until: int) -> tuple[SaleItem, ...]:
    found: list[SaleItem] = []
    loose: list[SaleItem] = []
    for mark in (*SENTENCE.finditer(text, at, until), None):
        stop = mark.start() + 1 if mark else until
        sentence = text[at:stop]
        if not phrase("restated").search(re.sub(r"\([^()]*\)", "", sentence)):
            found += listed_items(sentence, at)
            loose += uncounted_weapons(sentence, at)
        at = stop
    return tuple(found or loose)


def _recipient(text: str, title: str) -> tuple[str, list[FieldSpan]]:
    """The first state that is named as buyer; else one of the title."""
    for name, code in buyers().items():
        at = text.find(name, 0, HEAD)
        if at >= 0:
            return code, [FieldSpan("recipient", at, at + len(name))]
    for match in BUYER.finditer(text):
        start = match.start() - (40 if match[0].lower().endswith("requested") else 0)
        start = max(0, start)
        for place in find_places(text[start : match.end() + 60]):
            if place.kind == "country" and place.code != "USA":
                return place.code, [FieldSpan("recipient", start + place.start, start + place.end)]
    named = [p.code for p in find_places(title) if p.kind == "country" and p.code != "USA"]
    return (named[0], []) if named else ("", [])


def _number(pattern: re.Pattern[str], text: str, spans: list[FieldSpan], name: str) -> str:
    match = pattern.search(text)
    if match is None:
        return ""
    spans.append(FieldSpan(name, match.start("number"), match.end("number")))
    return match["number"]


def _first(table: tuple[tuple[str, str], ...], text: str, spans: list[FieldSpan], name: str) -> str:
    """The first entry whose words stand in the text."""
    for value, words in table:
        match = re.search(words, text, re.IGNORECASE)
        if match:
            spans.append(FieldSpan(name, match.start(), match.end()))
            return value
    return ""


def _reported(document: Document, text: str, request: Request, spans: list[FieldSpan]) -> str:
    """When a report of a notice says that it was: "approved in September a possible sale"."""
    if document.genre == "sale-notice" or TOLD.search(text) or TRANSMITTAL.search(text):
        return ""
    begin = text.rfind("\n", 0, request.begin) + 1
    for mark in SENTENCE.finditer(text, begin, request.begin):
        begin = mark.end()
    around = calendar(document.title, document.genre, document.published)
    when = dealt(text, begin, request.start, around)
    if when is None or when.until or len(when.date) < 7:
        return ""
    spans.append(FieldSpan("date", when.start, when.end))
    return when.date


def _date(document: Document, text: str, spans: list[FieldSpan]) -> str:
    """When Congress was told, where the notice says it; else the date of its head."""
    told = TOLD.search(text)
    start, stop = (told.end(), told.end() + 40) if told else (0, EARLIEST)
    dates = [m for p in (MONTH_FIRST, DAY_FIRST, ISO) for m in p.finditer(text, start, stop)]
    if told or not document.published:
        for match in sorted(dates, key=lambda m: m.start()):
            if stated := first_full_date(match[0]):
                spans.append(FieldSpan("date", match.start(), match.end()))
                return stated
    return document.published


def _title(document: Document, text: str, spans: list[FieldSpan]) -> str:
    """What stands after the dash in "Spain - F-100 Frigate Mid-Life Upgrade"."""
    for match in re.finditer(r"^[^\n]{6,160}$", text, re.MULTILINE):
        parts = DASH.split(match[0], maxsplit=1)
        named = [p for p in find_places(parts[0]) if p.kind == "country"]
        if len(parts) == 2 and named and len(parts[0]) < 60 and not parts[1].endswith("."):
            at = match.end() - len(parts[1])
            spans.append(FieldSpan("title", at, match.end()))
            return parts[1].strip()
    return ""
