"""What is asked of a store."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from catnlp.domain import CountryLink, EventDate, Evidence, MentionUnit, SaleLink, Unread
from catnlp.store.copies import WHOLE, Place, repeated_in
from catnlp.store.database import Database, Row
from catnlp.store.queue import NO_COUNTRY
from catnlp.store.rows import Hit, Origin, Reading, country_link_of, mention_of, sale_link_of
from catnlp.store.words import has, runs

SUREST = 20_000  # mentions that are looked at for common words, the surest of all
PAGE = 1_000  # of them at a time
FIRST = """(
    SELECT * FROM (
        SELECT id, sentence_id, score FROM mentions m
        WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = m.id)
        ORDER BY score DESC, id LIMIT ?
    ) AS tagged
    UNION ALL SELECT id, sentence_id, score FROM reviewed WHERE review != 'rejected'
) AS told"""  # as current_mentions, of which PostgreSQL would sort all
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
        SELECT d.id, d.title, d.published,
               CASE WHEN replace(d.subject_countries, ?, '') = d.subject_countries THEN 0 ELSE 1 END
               AS about,
               (SELECT count(*) FROM sentences s WHERE s.document_id = d.id) AS sentences
        FROM documents d WHERE d.id IN (SELECT document_id FROM mine)
        ORDER BY d.published, d.title, d.id
        """,
        (country, country),
    )
    return [Origin(**row) for row in found]


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


HIT = "s.text, s.section, s.paragraph, s.page, s.page_label, d.title, d.published, d.uri"


def top(db: Database, country: str, category: str | None, limit: int) -> Iterator[Hit]:
    of = " AND m.category = ?" if category else ""
    values = [country, category] if category else [country]
    found = db.execute(
        f"""
        SELECT {HIT} FROM (
            SELECT m.id AS id, m.sentence_id AS sentence_id, m.score AS score
            FROM country_links c JOIN mentions m ON m.id = c.mention_id
            WHERE c.country = ? AND c.role = 'responsible'{of}
              AND m.id NOT IN (SELECT id FROM reviewed)
            UNION ALL
            SELECT m.id, m.sentence_id, m.score
            FROM reviewed_links c JOIN reviewed m ON m.id = c.mention_id
            WHERE c.country = ? AND c.role = 'responsible'{of} AND m.review != 'rejected'
            ORDER BY score DESC, id LIMIT ?
        ) AS best
        JOIN sentences s ON s.id = best.sentence_id JOIN documents d ON d.id = s.document_id
        ORDER BY best.score DESC, best.id
        """,
        [*values, *values, limit],
    )
    return map(_hit, found)


def search(
    db: Database, query: str, country: str | None, category: str | None, limit: int
) -> Iterator[Hit]:
    """The best first. To rank 100,000 sentences takes longer than a reader waits, and says little
    where all have the same word: of common words those with the surest mentions come first."""
    words = db.words(query)
    if not words:
        return iter(())
    tagged = _tagged(country, category)
    found: dict[str, Row] = {}
    if _is_common(db, words):
        found = {key: _row_of(db, key) for key in _surest(db, query, tagged, limit)}
        if tagged.sql and len(found) < limit:  # all there are: each was looked at
            return map(_hit, found.values())
    if len(found) < limit:
        for row in _best(db, words, tagged, limit):
            found.setdefault(row["id"], row)
    return map(_hit, islice(found.values(), limit))


def _is_common(db: Database, words: str) -> bool:
    text = db.full_text
    matches = f"{text.matches} LIMIT {text.common + 1}"
    counted = db.execute(f"SELECT count(*) FROM ({matches}) AS hits", [words]).fetchone()
    return bool(counted[0] > text.common)


def _best(db: Database, words: str, tagged: "Tagged", limit: int) -> Iterator[Row]:
    """By rank. Rows of sentences are looked up for the best hits alone."""
    text = db.full_text
    hits = text.hits + (text.among.format(tagged.sql) if tagged.sql else "")
    found = db.execute(
        f"""
        WITH hits AS MATERIALIZED ({hits})
        SELECT {HIT}, s.id FROM hits
        JOIN sentences s ON s.{text.key} = hits.sentence JOIN documents d ON d.id = s.document_id
        WHERE hits.rank <= (
            SELECT max(rank) FROM (SELECT rank FROM hits ORDER BY rank LIMIT ?) AS best)
        ORDER BY hits.rank, s.id LIMIT ?
        """,
        [words, *tagged.values, limit, limit],
    )
    return iter(found)


def _surest(db: Database, query: str, tagged: "Tagged", limit: int) -> list[str]:
    """Sentences with the words, by their surest mention: of those tagged so, or of the first
    that are the surest of all."""
    wanted, found, seen = runs(query), dict[str, None](), 0
    while tagged.sql or seen < SUREST:
        mentions = f"current_mentions {tagged.where}" if tagged.sql else FIRST
        rows = db.execute(
            f"""
            SELECT s.id, s.text FROM (
                SELECT id, sentence_id, score FROM {mentions}
                ORDER BY score DESC, id LIMIT ? OFFSET ?
            ) AS sure JOIN sentences s ON s.id = sure.sentence_id
            ORDER BY sure.score DESC, sure.id
            """,
            [*(tagged.values if tagged.sql else [seen + PAGE]), PAGE, seen],
        ).fetchall()
        seen += PAGE
        for identity, text in rows:
            if identity not in found and has(text, wanted):
                found[identity] = None
                if len(found) == limit:
                    return list(found)
        if len(rows) < PAGE:
            break
    return list(found)


def _row_of(db: Database, sentence_id: str) -> Row:
    found: Row = db.execute(
        f"SELECT {HIT} FROM sentences s JOIN documents d ON d.id = s.document_id WHERE s.id = ?",
        (sentence_id,),
    ).fetchone()
    return found


@dataclass(frozen=True, slots=True)
class Tagged:
    """Mentions against a country, of a category."""

    where: str
    values: list[str]

    @property
    def sql(self) -> str:
        """Their sentences; nothing where all are meant."""
        return self.where and f"SELECT sentence_id FROM current_mentions {self.where}"


def _tagged(country: str | None, category: str | None) -> Tagged:
    tests, values = [], []
    if country:
        tests.append(f"id IN ({LINKED})")
        values.append(country)
    if category:
        tests.append("category = ?")
        values.append(category)
    return Tagged("WHERE " + " AND ".join(tests) if tests else "", values)


def _hit(row: Row) -> Hit:
    return Hit(
        row["text"], row["title"], row["published"], row["uri"],
        tuple(json.loads(row["section"])), row["paragraph"], row["page"], row["page_label"],
    )  # fmt: skip
