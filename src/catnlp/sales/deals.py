"""Sales named in ordinary sentences: "Germany delivered 18 tanks to Ukraine"."""

import re

from catnlp.domain import ArmsSale, Sentence, make_id
from catnlp.gazetteer import find_places
from catnlp.gazetteer.places import PlaceName
from catnlp.sales.items import counted_items, named_items, weapon_pattern
from catnlp.sales.money import find_money

STAGES = {  # the first that fits, from the end of a sale to its beginning
    "suspended": r"suspend\w*|halt\w*|froze|frozen|blocked|paused",
    "refused": r"refus\w+|rejected|denied|banned",
    "delivered": r"deliver(?:ed|s|y|ies)|transferred|supplied|shipped|donated|sent|provided",
    "signed": r"signed|contract(?:ed|s)?|agreed|sold|bought|purchased|ordered|awarded",
    "approved": r"approv\w+|authori[sz]ed|cleared|licen[cs]ed",
    "notified": r"notified",
    "requested": r"requested|wants to buy|plans to buy|seeks",
}
ACT = re.compile(
    r"\b(?:(?:arms|weapons|possible|proposed|potential|military|missile|fighter|tank|helicopter)"
    r"\s+(?:sales?|deals?|transfers?|exports?)|sales? of|sold|sells?|sell|deliver(?:ed|y|ies|s)?|"
    r"suppl(?:y|ied|ies)|export(?:ed|s)?|transferred|shipped|donated|purchas(?:e|ed|ing)|bought|"
    r"buy|ordered|provided|sent)\b",
    re.IGNORECASE,
)
TO = re.compile(r"\b(?:to|for)\s+(?:the\s+)?(?:Government of\s+(?:the\s+)?|Kingdom of\s+)?$", re.I)
BUYS = re.compile(
    r"^(?:’s|'s)?\s+(?:[\w-]+\s+){0,4}?(?:purchas|bought|buys?\b|ordered|requested|acquir)", re.I
)
SELLS = re.compile(
    r"^(?:’s|'s)?\s+(?:[\w-]+\s+){0,4}?(?:sold|sells?\b|deliver|suppl|export|transferred|shipped|"
    r"donated|approv|provided|sent\b|authori[sz]ed|sales?\b)", re.I
)  # fmt: skip
BY = re.compile(r"\b(?:by|from)\s+(?:the\s+)?$", re.I)
NOT_A_SALE = re.compile(
    r"\b(?:never|not|no)\s+(?:\w+\s+)?(?:sold|deliver|suppl|export|bought|sell)", re.I
)


def read_deal(sentence: Sentence) -> ArmsSale | None:
    """The sale of weapons to a state that the sentence names, or None.

    It needs an act of selling or supplying, a weapon, and a recipient said to receive.
    """
    text = sentence.text
    if not ACT.search(text) or not weapon_pattern().search(text) or NOT_A_SALE.search(text):
        return None
    places = [p for p in find_places(text) if p.kind in ("country", "demonym")]
    recipient = _recipient(text, places)
    if recipient is None:
        return None
    supplier = _supplier(text, places, recipient.code)
    money = find_money(text)
    items = counted_items(text, sentence.start) or tuple(named_items(text, sentence.start))
    if not items or not (supplier or money):
        return None
    return ArmsSale(
        id=make_id("sale", sentence.document_id, sentence.start, recipient.code),
        document_id=sentence.document_id,
        recipient=recipient.code,
        start=sentence.start,
        end=sentence.end,
        supplier=supplier,
        program="",
        stage=next(
            (s for s, words in STAGES.items() if re.search(rf"\b(?:{words})\b", text, re.I)), ""
        ),
        items=items,
        value=money[0].amount if money else None,
        currency=money[0].currency if money else "",
        value_is_upper_estimate=bool(money and money[0].upper),
        date=_year(text),
        method="rule:deal",
        quote=text,
    )


def _recipient(text: str, places: list[PlaceName]) -> PlaceName | None:
    for place in places:
        before, after = (
            text[max(0, place.start - 40) : place.start],
            text[place.end : place.end + 80],
        )
        if place.kind == "country" and TO.search(before) and ACT.search(text[: place.start]):
            return place
        if BUYS.match(after):
            return place
    return None


def _supplier(text: str, places: list[PlaceName], recipient: str) -> str:
    for place in places:
        before, after = (
            text[max(0, place.start - 20) : place.start],
            text[place.end : place.end + 80],
        )
        if place.code != recipient and (SELLS.match(after) or BY.search(before)):
            return place.code
    return ""


def _year(text: str) -> str:
    match = re.search(r"\b(?:in|since|during|of|,)\s+(?:\w+\s+)?((?:19|20)\d{2})\b", text)
    return match[1] if match else ""
