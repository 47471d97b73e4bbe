"""What is asked of a store."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from catnlp.domain import CountryLink, EventDate, Evidence, MentionUnit, SaleLink, Unread
from catnlp.store.rows import Hit, Origin, country_link_of, mention_of, sale_link_of

LINKED = "SELECT DISTINCT mention_id FROM current_links WHERE country = ?"


def evidence(db: sqlite3.Connection, country: str, min_score: float) -> Iterator[Evidence]:
    """Mentions linked to a country, each with all its links."""
    links: dict[str, list[CountryLink]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM current_links WHERE mention_id IN ({LINKED}) ORDER BY role DESC, country",
        (country,),
    ):
        links[row["mention_id"]].append(country_link_of(row))
    sales: dict[str, list[SaleLink]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM current_sale_links WHERE mention_id IN ({LINKED}) ORDER BY sale_id",
        (country,),
    ):
        sales[row["mention_id"]].append(sale_link_of(row))
    units: dict[str, list[MentionUnit]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM mention_units WHERE mention_id IN ({LINKED}) ORDER BY start_char",
        (country,),
    ):
        units[row["mention_id"]].append(MentionUnit(*row))
    dates = {
        row["mention_id"]: EventDate(*row)
        for row in db.execute(
            f"SELECT * FROM event_dates WHERE mention_id IN ({LINKED})", (country,)
        )
    }
    found = db.execute(
        f"""
        SELECT m.*, s.text AS quote, s.section, s.paragraph, s.page, s.page_label,
               s.start_char AS quote_start, s.end_char AS quote_end,
               d.title, d.publisher, d.published, d.genre, d.uri, d.url,
               coalesce(p.quality, 'text') AS quality
        FROM current_mentions m
        JOIN sentences s ON s.id = m.sentence_id
        JOIN documents d ON d.id = m.document_id
        LEFT JOIN pages p ON p.document_id = d.id AND p.number = s.page
        WHERE m.id IN ({LINKED}) AND m.score >= ?
        ORDER BY d.published, d.title, m.document_id, quote_start, m.start_char, m.category, m.id
        """,
        (country, min_score),
    )
    for row in found:
        yield Evidence(
            mention=mention_of(row),
            quote=row["quote"],
            quote_start=row["quote_start"],
            quote_end=row["quote_end"],
            document_title=row["title"],
            publisher=row["publisher"],
            published=row["published"],
            genre=row["genre"],
            uri=row["uri"],
            url=row["url"],
            section=tuple(json.loads(row["section"])),
            paragraph=row["paragraph"],
            page=row["page"],
            page_label=row["page_label"],
            page_quality=row["quality"],
            links=tuple(links[row["id"]]),
            sale_links=tuple(sales[row["id"]]),
            review=row["review"],
            units=tuple(units[row["id"]]),
            when=dates.get(row["id"]),
        )


def rejected(db: sqlite3.Connection, country: str) -> dict[str, int]:
    """Mentions linked to a country that reviewers rejected, by category."""
    found = db.execute(
        """
        SELECT category, count(*) FROM reviewed
        WHERE review = 'rejected' AND id IN (SELECT mention_id FROM all_links WHERE country = ?)
        GROUP BY category ORDER BY category
        """,
        (country,),
    )
    return {row[0]: row[1] for row in found}


def unread(db: sqlite3.Connection) -> list[Unread]:
    result = [
        Unread(row["uri"], row["reason"])
        for row in db.execute(
            "SELECT uri, reason FROM inputs WHERE status IN ('failed', 'skipped') ORDER BY uri"
        )
    ]
    for row in db.execute(
        "SELECT uri, warnings FROM documents WHERE warnings != '[]' ORDER BY uri"
    ):
        result += [Unread(row["uri"], warning) for warning in json.loads(row["warnings"])]
    return result


def extent(db: sqlite3.Connection, country: str | None) -> tuple[int, int]:
    if country is None:
        row = db.execute(
            "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM sentences)"
        ).fetchone()
        return row[0], row[1]
    row = db.execute(
        f"""
        WITH mine AS (SELECT DISTINCT document_id FROM current_mentions WHERE id IN ({LINKED})
                      UNION SELECT document_id FROM sales WHERE recipient = ?)
        SELECT (SELECT count(*) FROM mine),
               (SELECT count(*) FROM sentences WHERE document_id IN mine)
        """,
        (country, country),
    ).fetchone()
    return row[0], row[1]


def documents_on(db: sqlite3.Connection, country: str) -> list[Origin]:
    found = db.execute(
        f"""
        WITH mine AS (SELECT DISTINCT document_id FROM current_mentions WHERE id IN ({LINKED}))
        SELECT d.id, d.title, d.published,
               instr(d.subject_countries, ?) > 0 AS about,
               (SELECT count(*) FROM sentences s WHERE s.document_id = d.id) AS sentences
        FROM documents d WHERE d.id IN mine ORDER BY d.published, d.title, d.id
        """,
        (country, country),
    )
    return [Origin(**row) for row in found]


def matrix(db: sqlite3.Connection, min_score: float) -> list[tuple[str, str, str, int]]:
    found = db.execute(
        """
        SELECT c.country, m.category, m.status, count(*)
        FROM current_links c JOIN current_mentions m ON m.id = c.mention_id
        WHERE c.role = 'responsible' AND m.score >= ?
        GROUP BY c.country, m.category, m.status ORDER BY 1, 2, 3
        """,
        (min_score,),
    )
    return [tuple(row) for row in found]


def totals(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    documents = db.execute(
        """
        SELECT country, count(*) FROM (
            SELECT DISTINCT c.country, m.document_id
            FROM current_links c JOIN current_mentions m ON m.id = c.mention_id
            UNION SELECT recipient, document_id FROM sales WHERE recipient != ''
        ) GROUP BY country
        """
    )
    counted = dict(documents.fetchall())
    sales = dict(
        db.execute("SELECT recipient, count(*) FROM sale_records GROUP BY recipient").fetchall()
    )
    return {code: (counted.get(code, 0), sales.get(code, 0)) for code in {**counted, **sales}}


def search(
    db: sqlite3.Connection, query: str, country: str | None, category: str | None, limit: int
) -> Iterator[Hit]:
    """Each word is quoted, so that no character of it is read as an operator."""
    words = " ".join('"' + word.replace('"', '""') + '"' for word in query.split())
    if not words:
        return
    sql = """
        SELECT s.*, d.title, d.published, d.uri FROM sentences_fts f
        JOIN sentences s ON s.rowid = f.rowid JOIN documents d ON d.id = s.document_id
        WHERE sentences_fts MATCH ?
    """
    values: list[str | int] = [words]
    if country:
        sql += """ AND s.id IN (SELECT sentence_id FROM current_mentions m JOIN current_links c
                   ON c.mention_id = m.id WHERE c.country = ?)"""
        values.append(country)
    if category:
        sql += " AND s.id IN (SELECT sentence_id FROM current_mentions WHERE category = ?)"
        values.append(category)
    for row in db.execute(sql + " ORDER BY bm25(sentences_fts), s.id LIMIT ?", [*values, limit]):
        yield Hit(
            row["text"], row["title"], row["published"], row["uri"],
            tuple(json.loads(row["section"])), row["paragraph"], row["page"], row["page_label"],
        )  # fmt: skip
