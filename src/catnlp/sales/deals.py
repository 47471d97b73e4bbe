"""Sales named in ordinary sentences: "Germany delivered 18 Leopard tanks to Ukraine"."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from catnlp.domain import ArmsSale, FieldSpan, SaleItem, Sentence, make_id
from catnlp.gazetteer import find_places
from catnlp.gazetteer.places import PlaceName
from catnlp.sales.items import goods_named
from catnlp.sales.money import Money, find_money
from catnlp.sales.services import services_of

GOODS, BUYER, SELLER = "\ue000", "\ue001", "\ue002"
GAP = rf"[^;{BUYER}]{{0,90}}"
FORCES = r"(?: (?:military|army|navy|air force|armed forces|government|forces|coast guard|police))"
STAGES = {  # the first that fits, from what a reader must not miss to what is only asked for
    "suspended": r"suspend\w*|halt(?:ed|s)?|froze|frozen|blocked|paused|on hold",
    "refused": r"refus(?:ed|es) to (?:sell|approve)|rejected the (?:sale|deal)"
    r"|denied the (?:sale|licen[cs]e)",
    "delivered": r"deliver(?:ed|s)|transferred|supplied|shipped|donated|sent|provided|received"
    r"|took delivery|gave",
    "approved": r"approve[sd]|authori[sz]e[sd]|cleared|licen[cs]ed|determination approving",
    "signed": r"signed|agreed|sold|sells|bought|purchased|order(?:ed|s)|awarded|acquired",
    "notified": r"notified",
    "requested": r"requested|wants to buy|plans to buy|seeks|proposed|possible|potential",
}
YEAR = re.compile(
    r"\b(?:in|since|during|of|by|,)\s+(?:[a-z]+\s+|[A-Z][a-z]+\s+)?((?:19|20)\d{2})\b"
)
VAGUE = re.compile(r"^[a-z -]+$|\b(?:arms|weapons?|equipment|munitions|ammunition)$")
CLAUSE = 60  # characters before a frame in which a word may deny it
LEAST = 1000  # a smaller sum is one that was cut off
SAME = 220  # characters around a frame in which its value and stage stand


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that name a sale, with the buyer that they name."""

    start: int
    end: int
    buyer: PlaceName


def read_deal(sentence: Sentence) -> ArmsSale | None:
    """The sale of weapons to a state that the sentence names, or None.

    It needs words of selling or supplying with a weapon and the state that receives it in their
    places; a seller or a value must be known.
    """
    text = sentence.text
    goods = goods_named(text)
    if not goods:
        return None
    places = find_places(text)
    frame = next(_frames(text, goods, places), None)
    if frame is None:
        return None
    items = tuple(item for item in goods if frame.start <= (item.start or 0) < frame.end)
    money = next(iter(_money(text, frame)), None)
    seller = _seller(text, frame, places)
    if not (seller or money) or not (money or _is_specific(items)):
        return None
    return _sale(sentence, frame, items, money, seller)


def _frames(text: str, goods: Sequence[SaleItem], places: Sequence[PlaceName]) -> Iterator[Frame]:
    """Frames from the shortest, so that the nearest buyer is taken."""
    found = []
    masked = list(text)
    buyers = {}
    for place in places:
        end = _buyer_end(text, place)
        if end:
            buyers[place.start] = place
            masked[place.start : end] = BUYER * (end - place.start)
    for item in goods:
        for at in range(item.start or 0, item.end or 0):
            if masked[at] != BUYER:
                masked[at] = GOODS
    line = "".join(masked)
    for pattern in _patterns("frames"):
        for match in pattern.finditer(line):
            before = line[max(0, match.start() - CLAUSE) : match.end()]
            buyer = buyers.get(match.start("to"))
            if buyer and not _no_sale().search(before):
                found.append(Frame(match.start(), match.end(), buyer))
    yield from sorted(found, key=lambda frame: (frame.end - frame.start, frame.start))


def _buyer_end(text: str, place: PlaceName) -> int:
    """Where the name of a buyer ends; 0 for a place that cannot buy."""
    if place.kind in ("country", "capital"):
        return 0 if text[place.end : place.end + 1] == "-" else place.end
    forces = re.compile(FORCES, re.I).match(text, place.end)
    return forces.end() if place.kind == "demonym" and forces else 0


def _seller(text: str, frame: Frame, places: Sequence[PlaceName]) -> str:
    named = [
        (p.start, p.end, p.code) for p in places if p.kind in ("country", "demonym", "capital")
    ]
    for code, names in _data()["actors"].items():
        named += [(m.start(), m.end(), code) for n in names for m in re.finditer(n, text)]
    for start, end, code in sorted(named):
        if code == frame.buyer.code:
            continue
        masked = text[:start] + SELLER + text[end:]
        for pattern in _patterns("sellers"):
            match = pattern.search(masked, max(0, start - 12))
            if match and match.start("by") == start:
                return code
    return "USA" if re.search(r"Foreign Military Sale", text) else ""


def _money(text: str, frame: Frame) -> list[Money]:
    start, end = max(0, frame.start - SAME), frame.end + SAME
    return [m for m in find_money(text) if start <= m.start < end and m.amount >= LEAST]


def _is_specific(items: Sequence[SaleItem]) -> bool:
    """Whether a number or a type stands; "French arms" names no sale."""
    return any(item.quantity or not VAGUE.search(item.name) for item in items)


def _sale(
    sentence: Sentence, frame: Frame, items: tuple[SaleItem, ...], money: Money | None, seller: str
) -> ArmsSale:
    text, at = sentence.text, sentence.start
    near = re.split(r"[,;]\s", text[max(0, frame.start - SAME) : frame.start])[-1]
    near += text[frame.start : frame.end]
    spans = [FieldSpan("recipient", at + frame.buyer.start, at + frame.buyer.end)]
    if money:
        spans.append(FieldSpan("value", at + money.start, at + money.end))
    year = YEAR.search(text)
    return ArmsSale(
        id=make_id("sale", sentence.document_id, sentence.start, frame.buyer.code),
        document_id=sentence.document_id,
        recipient=frame.buyer.code,
        start=sentence.start,
        end=sentence.end,
        supplier=seller,
        stage=next(
            (s for s, words in STAGES.items() if re.search(rf"\b(?:{words})\b", near, re.I)), ""
        ),
        items=tuple(
            SaleItem(i.name, i.quantity, at + (i.start or 0), at + (i.end or 0)) for i in items
        ),
        value=money.amount if money else None,
        currency=money.currency if money else "",
        value_is_upper_estimate=bool(money and money.upper),
        date=year[1] if year else "",
        units=services_of(text, frame.buyer.code),
        method="rule:deal",
        spans=tuple(spans),
        quote=text,
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("catnlp.sales").joinpath("deals.toml").read_text("utf-8"))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions with their marks put in: letters of goods, buyer and seller."""
    marks = {
        "G": f"{GOODS}+",
        "P": f"(?:the )?(?:Government of (?:the )?|Kingdom of |neighbou?ring )?{BUYER}+",
        "S": SELLER,
    }
    found = []
    for text in _data()[name]:
        text = text.replace("(?P<to>P)", f"{marks['P'].removesuffix(BUYER + '+')}(?P<to>{BUYER}+)")
        text = re.sub(r"(?<![\w<\\])([GS])(?!\w)", lambda m: marks[m[1]], text)
        found.append(re.compile(text.replace("~?", f"{GAP}?").replace("~", GAP), re.IGNORECASE))
    return tuple(found)


@cache
def _no_sale() -> re.Pattern[str]:
    return re.compile("|".join(_data()["no_sale"]), re.IGNORECASE)
