"""What a run left in a store, to set two of them side by side."""

from dataclasses import dataclass

from catnlp.store.database import Database


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A mention against a country, with the words that it is known by."""

    document_id: str
    quote: str
    quote_start: int
    trigger_start: int  # in the quote
    trigger: str
    category: str
    status: str
    actor: str
    country: str
    role: str
    score: float
    page: str
    review: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document, and the versions that read it."""

    id: str
    uri: str
    title: str
    fingerprint: str


def documents(db: Database) -> list[DocumentRow]:
    """All documents, by path."""
    found = db.execute(
        """
        SELECT d.id, d.uri, d.title, coalesce(max(i.fingerprint), '') AS fingerprint
        FROM documents d LEFT JOIN input_documents x ON x.document_id = d.id
        LEFT JOIN inputs i ON i.uri = x.input_uri GROUP BY d.id ORDER BY d.uri, d.id
        """
    )
    return [DocumentRow(*row) for row in found]


def input_states(db: Database) -> dict[str, tuple[str, str]]:
    """Status and reason of each input."""
    return {
        row["uri"]: (row["status"], row["reason"])
        for row in db.execute("SELECT uri, status, reason FROM inputs")
    }


def flags(db: Database, *, decided: bool) -> list[FlagRow]:
    """As they stand, or as the tagger alone has them; in a fixed order."""
    mentions, links, review = (
        ("current_mentions", "current_links", "m.review")
        if decided
        else ("mentions", "country_links", "''")
    )
    found = db.execute(
        f"""
        SELECT m.document_id, s.text, s.start_char, m.start_char - s.start_char,
               m.trigger_text, m.category, m.status, m.actor, c.country, c.role, m.score,
               coalesce(nullif(s.page_label, ''), CAST(s.page AS TEXT), ''), {review}
        FROM (SELECT mention_id, country, max(role) AS role FROM {links}
              GROUP BY mention_id, country) c
        JOIN {mentions} m ON m.id = c.mention_id JOIN sentences s ON s.id = m.sentence_id
        ORDER BY m.document_id, s.start_char, m.start_char, m.category, c.country, m.id
        """
    )
    return [FlagRow(*row) for row in found]
