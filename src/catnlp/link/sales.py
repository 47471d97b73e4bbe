"""Arms sales of a document, and the mentions that bear on them."""

from collections.abc import Sequence

from catnlp.domain import ArmsSale, CountryLink, Document, Mention, SaleLink, Sentence
from catnlp.link.deals import read_deal
from catnlp.link.items import weapon_pattern
from catnlp.link.notices import is_notice, read_notice

LINKED_STATUSES = ("affirmed", "alleged", "hypothetical")


def find_sales(document: Document, sentences: Sequence[Sentence]) -> tuple[ArmsSale, ...]:
    """The sale of a notice, or the sales that sentences of another document name."""
    if is_notice(document):
        sale = read_notice(document)
        return (sale,) if sale else ()
    return tuple(sale for s in sentences if (sale := read_deal(s)) is not None)


def link_sales(
    mentions: Sequence[Mention],
    links: Sequence[CountryLink],
    sales: Sequence[ArmsSale],
    sentences: Sequence[Sentence],
) -> tuple[SaleLink, ...]:
    """Mentions against the recipient of a sale of the same document.

    `stated`: the mention's sentence names a weapon of that sale; `same-recipient`: the
    document speaks of both. Standing in one sentence is no reason by itself.
    """
    if not sales:
        return ()
    text_of = {sentence.id: sentence.text for sentence in sentences}
    against: dict[str, set[str]] = {}
    for link in links:
        if link.role == "responsible":
            against.setdefault(link.mention_id, set()).add(link.country)
    found = []
    for mention in mentions:
        if mention.status not in LINKED_STATUSES:
            continue
        for sale in sales:
            if sale.recipient in against.get(mention.id, ()):
                found.append(_link(mention, sale, text_of[mention.sentence_id]))
    return tuple(found)


def _link(mention: Mention, sale: ArmsSale, text: str) -> SaleLink:
    named = {m[0].lower().rstrip("s") for m in weapon_pattern().finditer(text)}
    for item in sale.items:
        shared = [word for word in named if len(word) > 3 and word in item.name.lower()]
        if shared:
            reason = f"the sentence names {shared[0]}, the sale {item.name}"
            return SaleLink(mention.id, sale.id, "stated", 0.7, reason)
    return SaleLink(
        mention.id, sale.id, "same-recipient", 0.4, "the same document names a sale to this state"
    )
