"""What is asked of a store."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from catnlp.domain import CountryLink, EventDate, Evidence, MentionUnit, SaleLink, Unread
from catnlp.store.copies import WHOLE, Place, repeated_in
from catnlp.store.database import Database
from catnlp.store.queue import NO_COUNTRY
from catnlp.store.rows import Origin, Reading, country_link_of, mention_of, sale_link_of

LINKED = "SELECT DISTINCT mention_id FROM current_links WHERE country = ?"
UNLINKED = """
    SELECT id FROM mentions m
    WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = m.id)
      AND NOT EXISTS (SELECT 1 FROM country_links c WHERE c.mention_id = m.id)
    UNION ALL
    SELECT id FROM reviewed m WHERE review != 'rejected'
      AND NOT EXISTS (SELECT 1 FROM reviewed_links c WHERE c.mention_id = m.id)
"""


def evidence(
    db: Database, country: str, min_score: float, statuses: Sequence[str]
) -> Iterator[Evidence]:
    """Mentions linked to a country, or to none, each with all its links."""
    told, values = (UNLINKED, []) if country == NO_COUNTRY else (LINKED, [country])
    links: dict[str, list[CountryLink]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM current_links WHERE mention_id IN ({told}) ORDER BY role DESC, country",
        values,
    ):
        links[row["mention_id"]].append(country_link_of(row))
    sales: dict[str, list[SaleLink]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM current_sale_links WHERE mention_id IN ({told}) ORDER BY sale_id",
        values,
    ):
        sales[row["mention_id"]].append(sale_link_of(row))
    units: dict[str, list[MentionUnit]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM mention_units WHERE mention_id IN ({told}) ORDER BY start_char",
        values,
    ):
        units[row["mention_id"]].append(MentionUnit(*row))
    dates = {
        row["mention_id"]: EventDate(*row)
        for row in db.execute(f"SELECT * FROM event_dates WHERE mention_id IN ({told})", values)
    }
    repeated = repeated_in(
        db, f"SELECT document_id FROM current_mentions WHERE id IN ({told})", values
    )
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
        WHERE m.id IN ({told}) AND m.score >= ?{_one_of(statuses)}
        ORDER BY d.published, d.title, m.document_id, quote_start, m.start_char, m.category, m.id
        """,
        [*values, min_score, *statuses],
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
            also_in=tuple(
                dict.fromkeys(
                    title
                    for place in (row["paragraph"], WHOLE)
                    for title in repeated.get(Place(row["document_id"], place), ())
                )
            ),
        )


def unlinked(db: Database, min_score: float, statuses: Sequence[str]) -> dict[str, int]:
    found = db.execute(
        f"""
        SELECT category, count(*) FROM current_mentions m
        WHERE id IN ({UNLINKED}) AND score >= ?{_one_of(statuses)}
        GROUP BY category ORDER BY category
        """,
        [min_score, *statuses],
    )
    return {row[0]: row[1] for row in found}


def _one_of(statuses: Sequence[str]) -> str:
    return f" AND m.status IN ({','.join('?' * len(statuses))})" if statuses else ""


def rejected(db: Database, country: str) -> dict[str, int]:
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


def readings(db: Database, uri: str) -> list[Reading]:
    """Mentions as they were tagged, whatever reviewers decided since."""
    found = db.execute(
        """
        SELECT d.warnings,
               (SELECT count(*) FROM sentences s WHERE s.document_id = d.id) AS sentences,
               (SELECT count(*) FROM mentions m WHERE m.document_id = d.id) AS mentions
        FROM input_documents i JOIN documents d ON d.id = i.document_id
        WHERE i.input_uri = ? ORDER BY d.uri, d.id
        """,
        (uri,),
    )
    return [Reading(tuple(json.loads(row[0])), row[1], row[2]) for row in found]


def unread(db: Database) -> list[Unread]:
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


def extent(db: Database, country: str | None) -> tuple[int, int]:
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
               (SELECT count(*) FROM sentences WHERE document_id IN (SELECT document_id FROM mine))
        """,
        (country, country),
    ).fetchone()
    return row[0], row[1]


def documents_on(db: Database, country: str) -> list[Origin]:
    found = db.execute(
        f"""
        WITH mine AS (SELECT DISTINCT document_id FROM current_mentions WHERE id IN ({LINKED}))
        SELECT d.id, d.title, d.published, d.genre,
               CASE WHEN replace(d.subject_countries, ?, '') = d.subject_countries THEN 0 ELSE 1 END
               AS about,
               (SELECT count(*) FROM sentences s WHERE s.document_id = d.id) AS sentences
        FROM documents d WHERE d.id IN (SELECT document_id FROM mine)
        ORDER BY d.published, d.title, d.id
        """,
        (country, country),
    )
    return [Origin(**row) for row in found]


def sections(db: Database, document_id: str) -> dict[tuple[str, ...], int]:
    found = db.execute(
        "SELECT section, count(*) AS n FROM sentences WHERE document_id = ? GROUP BY section",
        (document_id,),
    )
    return {tuple(json.loads(row["section"])): row["n"] for row in found}


def matrix(db: Database, min_score: float) -> list[tuple[str, str, str, int]]:
    """All that the tagger found, less what decisions took away, and what they made of it: the
    views say the same, but take three times as long."""
    wanted = "WHERE c.role = 'responsible' AND m.score >= ?"
    found = db.execute(
        f"""
        SELECT country, category, status, CAST(sum(n) AS INTEGER) FROM (
            SELECT c.country AS country, m.category AS category, m.status AS status, count(*) AS n
            FROM country_links c JOIN mentions m ON m.id = c.mention_id {wanted} GROUP BY 1, 2, 3
            UNION ALL
            SELECT c.country, m.category, m.status, -1
            FROM reviewed r CROSS JOIN mentions m CROSS JOIN country_links c {wanted}
              AND m.id = r.id AND c.mention_id = m.id
            UNION ALL
            SELECT c.country, m.category, m.status, 1
            FROM reviewed_links c JOIN reviewed m ON m.id = c.mention_id {wanted}
              AND m.review != 'rejected'
        ) AS told GROUP BY 1, 2, 3 HAVING sum(n) > 0 ORDER BY 1, 2, 3
        """,
        (min_score,) * 3,
    )
    return [tuple(row) for row in found]


def totals(db: Database) -> dict[str, tuple[int, int]]:
    documents = db.execute(
        """
        SELECT country, count(*) FROM (
            SELECT DISTINCT c.country, m.document_id
            FROM current_links c JOIN current_mentions m ON m.id = c.mention_id
            UNION SELECT recipient, document_id FROM sales WHERE recipient != ''
        ) AS named GROUP BY country
        """
    )
    counted = dict(documents.fetchall())
    sales = dict(
        db.execute("SELECT recipient, count(*) FROM sale_records GROUP BY recipient").fetchall()
    )
    return {code: (counted.get(code, 0), sales.get(code, 0)) for code in {**counted, **sales}}
