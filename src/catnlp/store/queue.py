"""Mentions as a reviewer goes through them."""

import json
from dataclasses import dataclass

from catnlp.domain import CountryLink, Mention
from catnlp.store.database import Database
from catnlp.store.decisions import decision_of, neighbours
from catnlp.store.rows import country_link_of, mention_of

NO_COUNTRY = "none"
WHY_NO_COUNTRY = "no words were found that show for sure which state answers, or where it was"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which mentions are gone through; an empty field lets everything through."""

    country: str = ""  # `none`: linked to no country
    category: str = ""
    status: str = ""
    review: str = ""  # undecided, decided: which of them are listed
    order: str = "place"  # of the documents; doubt: the least sure first


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the queue."""

    id: str
    review: str  # empty: nobody has decided yet


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that stands on a mention."""

    number: int
    reviewer: str
    decided: str
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """A mention with all that a reviewer needs to decide on it."""

    mention: Mention
    links: tuple[CountryLink, ...]
    review: str
    decided: Decided | None
    quote: str
    quote_start: int
    before: str
    after: str
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    page_label: str
    title: str
    publisher: str
    published: str
    uri: str
    url: str
    media_type: str


ORDERS = {
    "place": "d.published DESC, d.title, m.document_id, m.start_char, m.category, m.id",
    "doubt": "m.score, m.id",
}


def entries(db: Database, wanted: QueueFilter) -> list[Entry]:
    """All that the filter lets through, in order, decided or not. Mentions of no country only
    where they are asked for."""
    linked = "SELECT 1 FROM all_links l WHERE l.mention_id = m.id"
    where, values = [], []
    if wanted.country == NO_COUNTRY:
        where.append(f"NOT EXISTS ({linked})")
    elif wanted.country:
        where.append("m.id IN (SELECT mention_id FROM all_links WHERE country = ?)")
        values.append(wanted.country)
    else:
        where.append(f"EXISTS ({linked})")
    for column in ("category", "status"):
        value = getattr(wanted, column)
        if value:
            where.append(f"m.{column} = ?")
            values.append(value)
    found = db.execute(
        "SELECT m.id, m.review FROM all_mentions m JOIN documents d ON d.id = m.document_id"
        f" WHERE {' AND '.join(where)} ORDER BY {ORDERS[wanted.order]}",
        values,
    )
    return [Entry(*row) for row in found]


def countries(db: Database) -> list[tuple[str, int]]:
    """Countries with the number of mentions linked to them."""
    found = db.execute(
        "SELECT country, count(DISTINCT mention_id) FROM all_links GROUP BY country ORDER BY 1"
    )
    return [(row[0], row[1]) for row in found]


def item(db: Database, mention_id: str) -> Item | None:
    """None where the mention is gone, as after a run with another model."""
    row = db.execute(
        """
        SELECT m.*, s.text, s.start_char AS quote_start, s.section, s.paragraph, s.page,
               s.page_label, d.title, d.publisher, d.published, d.uri, d.url, d.media_type
        FROM all_mentions m JOIN sentences s ON s.id = m.sentence_id
        JOIN documents d ON d.id = m.document_id WHERE m.id = ?
        """,
        (mention_id,),
    ).fetchone()
    if row is None:
        return None
    before, after = neighbours(db, row["sentence_id"])
    links = db.execute(
        "SELECT * FROM all_links WHERE mention_id = ? ORDER BY role DESC, country", (mention_id,)
    )
    return Item(
        mention=mention_of(row),
        links=tuple(country_link_of(link) for link in links),
        review=row["review"],
        decided=_decided(db, row["decision"]),
        quote=row["text"],
        quote_start=row["quote_start"],
        before=before,
        after=after,
        section=tuple(json.loads(row["section"])),
        paragraph=row["paragraph"],
        page=row["page"],
        page_label=row["page_label"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        uri=row["uri"],
        url=row["url"],
        media_type=row["media_type"],
    )


def beside(db: Database, item: Item) -> list[tuple[Mention, str]]:
    """The other mentions of its sentence, with what was decided on them."""
    found = db.execute(
        "SELECT * FROM all_mentions WHERE sentence_id = ? AND id != ?"
        " ORDER BY start_char, category, id",
        (item.mention.sentence_id, item.mention.id),
    )
    return [(mention_of(row), row["review"]) for row in found]


def _decided(db: Database, number: int | None) -> Decided | None:
    row = db.execute("SELECT * FROM decisions WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    decision = decision_of(row)
    return Decided(decision.number, decision.reviewer, decision.decided, decision.why)
