"""Notices of arms sales (press releases and Federal Register texts under section 36(b))."""

import re

from catnlp.domain import ArmsSale, Document, make_id
from catnlp.extract.dates import first_full_date
from catnlp.gazetteer import find_places
from catnlp.link.items import listed_items
from catnlp.link.money import Money, find_money

IS_NOTICE = re.compile(
    r"Foreign Military Sale|Arms Sales? Notification|36\(b\)\(\d\)|Prospective Purchaser"
    r"|Direct Commercial Sale", re.IGNORECASE
)  # fmt: skip
REQUEST = re.compile(
    r"(?:has|had|have) requested (?:to buy|the (?:possible )?(?:sale|purchase) of|to purchase)"
    r"|possible sale of|potential sale of|Description and Quantity or Quantities of[^:]*:"
    r"|Foreign Military Sale to [^.]{3,80}? of ", re.IGNORECASE
)  # fmt: skip
BUYER = re.compile(
    r"Prospective Purchaser:|Foreign Military Sale to|(?:sale|sell) to|[Gg]overnment of"
    r"|Representative Office in the|Kingdom of", re.IGNORECASE
)  # fmt: skip
TRANSMITTAL = re.compile(r"Transmittal\s+(?:No\.?|Number):?\s*(\d{2}-\w{1,4})", re.IGNORECASE)
COST = re.compile(
    r"(?:estimated|total|overall)\s+(?:[\w$]+\s+){0,4}?(?:cost|value)|TOTAL", re.IGNORECASE
)
EARLIER = re.compile(r"original(?:ly)?|previous(?:ly)?|earlier|increase of|constituted", re.I)
CONTRACTORS = re.compile(
    r"principal contractors?(?:\(s\))?\s+(?:will be|is|are|for this \w+ (?:is|are|will be))[:\s]+"
    r"(?P<names>.+?)(?=\.\s+(?:At|There|The|Implementation|Any|Funding|If)\b|\.\s*$|\n)",
    re.IGNORECASE | re.DOTALL,
)
AND_NEXT = r"(?<=[A-Z]{2}),?\s+and\s+(?=[A-Z][^,;]*,\s+(?:located\s+)?in\s)"  # after a state
DELIVERED = re.compile(r"Date Report Delivered to Congress:?\s*([^\n]{6,30})", re.IGNORECASE)
NO_CONTRACTOR = re.compile(r"no (?:prime|principal) contractor|determined|not known|various", re.I)
PROGRAMS = {"FMS": "foreign military sale", "DCS": "direct commercial sale"}


def is_notice(document: Document) -> bool:
    """Whether the whole document is one notice."""
    head = document.text[:3000]
    return document.genre == "sale-notice" or (
        len(document.text) < 40_000
        and bool(IS_NOTICE.search(head))
        and bool(REQUEST.search(document.text[:8000]))
    )


def read_notice(document: Document) -> ArmsSale | None:
    """The sale that a notice is about; None where it names no recipient."""
    text = document.text
    recipient = _recipient(document)
    if not recipient:
        return None
    begin, start, body = _request(text)
    value = _value(text)
    transmittal = TRANSMITTAL.search(text)
    low = text.lower()
    return ArmsSale(
        id=make_id("sale", document.id, recipient, transmittal[1] if transmittal else start),
        document_id=document.id,
        recipient=recipient,
        start=begin,
        end=start + len(body),
        supplier="USA",
        program=next((code for code, words in PROGRAMS.items() if words in low), "FMS"),
        stage="notified" if "notif" in low or transmittal else "approved",
        items=listed_items(body, start),
        value=value.amount if value else None,
        currency=value.currency if value else "",
        value_is_upper_estimate=bool(value and value.upper),
        date=_date(document),
        transmittal=transmittal[1] if transmittal else "",
        contractors=_contractors(text),
        method="rule:notice",
    )


def _request(text: str) -> tuple[int, int, str]:
    """Where the request begins, where its list begins, and the list: the one with items, or
    the first."""
    requests = []
    for match in REQUEST.finditer(text):
        stop = text.find("\n", match.end())
        body = text[match.end() : stop if stop > 0 else len(text)]
        requests.append((match.start(), match.end(), body))
        if listed_items(body):
            return requests[-1]
    return requests[0] if requests else (0, 0, text)


def _recipient(document: Document) -> str:
    for match in BUYER.finditer(document.text):
        window = document.text[match.start() : match.end() + 60]
        for place in find_places(window):
            if place.kind == "country" and place.code != "USA":
                return place.code
    named = [p.code for p in find_places(document.title) if p.kind == "country"]
    return next((code for code in named if code != "USA"), "")


def _date(document: Document) -> str:
    """When Congress was told, where the notice says it; else the date of the document."""
    delivered = DELIVERED.search(document.text)
    told = first_full_date(delivered[1]) if delivered else ""
    return told or document.published or first_full_date(document.text[:1500])


def _value(text: str) -> Money | None:
    """The estimated total; sums that are said to be earlier or of a part do not count."""
    found = []
    for money in find_money(text):
        before = text[max(0, money.start - 70) : money.start]
        if COST.search(before) and not EARLIER.search(before):
            found.append(money)
    totals = [m for m in found if "total" in text[max(0, m.start - 70) : m.start].lower()]
    chosen = totals or found
    return chosen[-1] if chosen and totals else (chosen[0] if chosen else None)


def _contractors(text: str) -> tuple[str, ...]:
    match = CONTRACTORS.search(text)
    if match is None or NO_CONTRACTOR.search(match["names"]):
        return ()
    separator = ";" if ";" in match["names"] else AND_NEXT
    names = (re.sub(r"^and\s+", "", n.strip()) for n in re.split(separator, match["names"]))
    return tuple(" ".join(name.split()).strip(" ,.") for name in names if name.strip(" ,."))
