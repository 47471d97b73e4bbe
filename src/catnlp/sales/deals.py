"""Sales named in ordinary sentences: "Germany delivered 18 Leopard tanks to Ukraine"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catnlp.domain import ArmsSale, FieldSpan, SaleItem, Sentence, make_id
from catnlp.gazetteer import find_places
from catnlp.gazetteer.places import PlaceName
from catnlp.link.calendar import Calendar
from catnlp.sales.clauses import Clause, clauses
from catnlp.sales.dealt import NOWHEN, Dealt, dealt
from catnlp.sales.goods import goods_named
from catnlp.sales.marks import BUYER, GOODS, SELLER, STATE, any_of, data, patterns, stages
from catnlp.sales.money import Money, find_money
from catnlp.sales.services import services_of

FORCES = (
    r"(?:['’]s)?(?: (?:military|army|navy|air force|armed forces|government|forces|coast guard"
    r"|police|defen[cs]e ministry))"
)
VAGUE = re.compile(r"^[a-z -]+$|\b(?:arms|weapons?|equipment|munitions|ammunition)$")
ARMS = re.compile(r"\b(?:arms|weapons?|equipment|munitions|ammunition|engines?|parts)$", re.I)
BEFORE = 60  # characters before a frame in which a word may deny it
ENDED = ("suspended", "refused")
LEAST = 1000  # a smaller sum is one that was cut off


@dataclass(frozen=True, slots=True)
class Party:
    """A state, or what acts for it, where it stands."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that name a sale, with the buyer that they name."""

    start: int
    end: int
    buyer: Party
    done: bool  # in words that say that it took place: a class of weapons is enough


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its goods and states, and the two marked in lines of the same length."""

    text: str
    goods: Sequence[SaleItem]
    states: Sequence[Party]
    buyers: dict[int, Party]
    line: str  # goods and states
    stated: str  # states
    around: Calendar


@dataclass(frozen=True, slots=True)
class Deal:
    """A sale as a clause names it."""

    clause: Clause
    frame: Frame
    seller: Party | None
    stage: str
    dealt: Dealt | None


def read_deals(sentence: Sentence, around: Calendar = NOWHEN) -> tuple[ArmsSale, ...]:
    """The sales of weapons to states that the sentence names, one for a clause at most.

    It needs words of selling or supplying with a weapon and the state that receives it in their
    places; a seller or a value must be known.
    """
    if not any_of("stems").search(sentence.text) or not goods_named(sentence.text):
        return ()
    read = _read(sentence.text, around)
    found: list[Deal] = []
    last: Deal | None = None
    for clause in clauses(read.line):
        deal = _deal(read, clause, last)
        if deal:
            found.append(deal)
        elif last and (outcome := _outcome(read.text, clause)):
            found[-1] = replace(last, stage=outcome)
        last = deal
    kept = [deal for deal in found if deal.stage != "cancelled"]
    sales = (_sale(sentence, read, deal) for deal in _dated_together(read, kept))
    return tuple(sale for sale in sales if sale)


def _read(text: str, around: Calendar) -> Read:
    places = find_places(text)
    states = [
        Party(p.start, p.end, p.code) for p in places if p.kind in ("country", "demonym", "capital")
    ]
    ends = {state.end for state in states}
    goods = goods_named(text, ends.__contains__)
    for code, names in data()["actors"].items():
        states += [Party(*m.span(), code) for n in names for m in re.finditer(n, text)]
    buyers = {
        place.start: Party(place.start, end, place.code)
        for place in places
        if (end := _buyer_end(text, place))
    }
    stated = list(text)
    for state in states:
        stated[state.start : state.end] = STATE * (state.end - state.start)
    for buyer in buyers.values():
        stated[buyer.start : buyer.end] = BUYER * (buyer.end - buyer.start)
    line = stated.copy()
    for item in goods:
        for at in range(item.start or 0, item.end or 0):
            if line[at] != BUYER:
                line[at] = GOODS
    states.sort(key=lambda state: state.start)
    return Read(text, goods, states, buyers, "".join(line), "".join(stated), around)


def _buyer_end(text: str, place: PlaceName) -> int:
    """Where the name of a buyer ends, its forces included; 0 for a place that cannot buy."""
    if re.compile(data()["not_state"], re.I).match(text, place.end):
        return 0
    forces = re.compile(FORCES, re.I).match(text, place.end)
    if place.kind in ("country", "capital"):
        if text[place.end : place.end + 1] == "-":
            return 0
        return forces.end() if forces else place.end
    return forces.end() if place.kind == "demonym" and forces else 0


def _deal(read: Read, clause: Clause, last: Deal | None) -> Deal | None:
    """What a clause says, with what it takes from the sale of the clause before."""
    if clause.kind == "same_verb":
        return _same_verb(read, clause, last) if last else None
    frame = next((f for f in _frames(read, clause)), None)
    if frame is None:
        return None
    seller = _seller(read, clause, frame)
    if seller is None and clause.kind == "same_subject" and last:
        subject = last.frame.buyer if last.frame.buyer.start == last.frame.start else last.seller
        if subject and subject.start <= last.frame.start and subject.code != frame.buyer.code:
            seller = subject
    return Deal(
        clause, frame, seller, _stage(read.text, clause, frame),
        dealt(read.text, clause.start, clause.end, read.around),
    )  # fmt: skip


def _same_verb(read: Read, clause: Clause, last: Deal) -> Deal | None:
    """ "and 14 tanks from Britain": to the buyer of before; "to Egypt": from its seller."""
    match = re.compile(f"{GOODS}[^;]*?\\b(from|to) (?:the )?([{BUYER}{STATE}])").search(
        read.line, clause.start, clause.end
    )
    at = match.start(2) if match else -1
    other = next((s for s in read.states if s.start == at), None)
    if match is None or other is None:
        return None
    to = match[1] == "to"
    buyer, seller = (read.buyers.get(at), last.seller) if to else (last.frame.buyer, other)
    if buyer is None or (seller and seller.code == buyer.code):
        return None
    frame = Frame(clause.start, match.end(), buyer, last.frame.done)
    return Deal(
        clause, frame, seller, last.stage, dealt(read.text, clause.start, clause.end, read.around)
    )


def _frames(read: Read, clause: Clause) -> Sequence[Frame]:
    """Frames from the shortest, so that the nearest buyer is taken."""
    found = []
    for pattern in patterns("frames"):
        for match in pattern.finditer(read.line, clause.start, clause.end):
            before = read.line[max(clause.start, match.start() - BEFORE) : match.end()]
            after = re.split(r"[,;]\s", read.line[match.end() : clause.end])[0]
            buyer = read.buyers.get(match.start("to"))
            if buyer and not any_of("no_sale").search(before):
                if any_of("came_to_nothing").search(after):
                    continue
                done = any_of("done").search(match[0]) is not None
                found.append(Frame(match.start(), match.end(), buyer, done))
    return sorted(found, key=lambda frame: (frame.end - frame.start, frame.start))


def _seller(read: Read, clause: Clause, frame: Frame) -> Party | None:
    """The seller by the first pattern that one fits; none where two states act together."""
    inside = [
        s for s in read.states
        if clause.start <= s.start < clause.end and s.code != frame.buyer.code
    ]  # fmt: skip
    for pattern in patterns("sellers"):
        for state in inside:
            masked = _with_seller(read, state)
            match = pattern.search(masked, max(clause.start, state.start - 120), clause.end)
            if match and match.start("by") == state.start:
                joint = re.search(f"[{BUYER}{STATE}] and (?:the )?$", masked[: state.start])
                return None if joint else state
    military = re.compile("Foreign Military Sale").search(read.text, clause.start, clause.end)
    return Party(*military.span(), "USA") if military else None


def _with_seller(read: Read, state: Party) -> str:
    """The line with one state as seller; what follows in its name ("government") is text."""
    end = max(state.end, read.buyers[state.start].end if state.start in read.buyers else 0)
    name = SELLER * (state.end - state.start) + read.text[state.end : end]
    return read.stated[: state.start] + name + read.stated[end:]


def _stage(text: str, clause: Clause, frame: Frame) -> str:
    near = re.split(r"[,;]\s", text[clause.start : frame.start])[-1] + text[frame.start : frame.end]
    near += re.split(r"[,;]\s(?!\d{4})", text[frame.end : clause.end])[0]
    return next((stage for stage, words in stages() if words.search(near)), "")


def _outcome(text: str, clause: Clause) -> str:
    """What became of a sale, said in the clause after: "but Congress blocked it"."""
    said = text[clause.start : clause.end]
    if not any_of("same_sale").search(said):
        return ""
    if any_of("cancelled").search(said):
        return "cancelled"
    return next((s for s, words in stages() if s in ENDED and words.search(said)), "")


def _dated_together(read: Read, deals: Sequence[Deal]) -> Sequence[Deal]:
    """A date before the first or after the last of sales that share a verb is that of all."""
    found = list(deals)
    for number, deal in enumerate(deals):
        if deal.clause.kind != "same_verb" or number == 0:
            continue
        first = found[number - 1]
        held, late = first.dealt, deal.dealt
        if held and not late and held.start < first.frame.start:
            found[number] = replace(deal, dealt=held)
        elif late and not held and late.start > deal.frame.end:
            found[number - 1] = replace(first, dealt=late)
    return found


def _money(text: str, clause: Clause) -> Money | None:
    """The first sum of the clause that may be a price."""
    return next(
        (
            m
            for m in find_money(text)
            if clause.start <= m.start < clause.end
            and m.amount >= LEAST
            and not any_of("other_sum", "$").search(text[clause.start : m.start])
        ),
        None,
    )


def _is_specific(items: Sequence[SaleItem], frame: Frame) -> bool:
    """Whether a number, a type or, of what took place, a class stands; "French arms" is none."""
    return any(
        item.quantity or not (ARMS if frame.done else VAGUE).search(item.name) for item in items
    )


def _sale(sentence: Sentence, read: Read, deal: Deal) -> ArmsSale | None:
    text, at, frame, clause = sentence.text, sentence.start, deal.frame, deal.clause
    items = tuple(item for item in read.goods if frame.start <= (item.start or 0) < frame.end)
    money = _money(text, clause)
    if not (deal.seller or money) or not (money or _is_specific(items, frame)):
        return None
    spans = [FieldSpan("recipient", at + frame.buyer.start, at + frame.buyer.end)]
    if money:
        spans.append(FieldSpan("value", at + money.start, at + money.end))
    when = deal.dealt
    if when:
        spans.append(FieldSpan("date", at + when.start, at + when.end))
    span = when if when and when.until and deal.stage == "delivered" else None
    dated = when and (frame.done or not when.until)  # an approval in a span of years has no date
    return ArmsSale(
        id=make_id("sale", sentence.document_id, at + clause.start, frame.buyer.code),
        document_id=sentence.document_id,
        recipient=frame.buyer.code,
        start=sentence.start,
        end=sentence.end,
        supplier=deal.seller.code if deal.seller else "",
        stage=deal.stage,
        items=tuple(
            SaleItem(i.name, i.quantity, at + (i.start or 0), at + (i.end or 0)) for i in items
        ),
        value=money.amount if money else None,
        currency=money.currency if money else "",
        value_is_upper_estimate=bool(money and money.upper),
        date=when.date if when and dated else "",
        delivered=span.date if span else "",
        delivered_until=span.until if span else "",
        units=services_of(text[clause.start : clause.end], frame.buyer.code),
        method="rule:deal",
        spans=tuple(spans),
        quote=text,
    )
