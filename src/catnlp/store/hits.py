"""Sentences that are asked for: the best evidence against a country, and those with some words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from catnlp.store.database import Database, Row
from catnlp.store.queries import LINKED
from catnlp.store.rows import Hit
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
HIT = "s.text, s.section, s.paragraph, s.page, s.page_label, d.title, d.published, d.uri"


def top(db: Database, country: str, category: str | None, limit: int) -> Iterator[Hit]:
    against, values = _against(country, category, " AND c.role = 'responsible'")
    found = db.execute(
        f"""
        SELECT {HIT} FROM ({against} ORDER BY score DESC, id LIMIT ?) AS best
        JOIN sentences s ON s.id = best.sentence_id JOIN documents d ON d.id = s.document_id
        ORDER BY best.score DESC, best.id
        """,
        [*values, limit],
    )
    return map(_hit, found)


def _against(country: str, category: str | None, role: str = "") -> tuple[str, list[str]]:
    """Mentions linked to a country, decisions applied, found by the country's index: a server
    would read all mentions of the views for it. One with two roles is there twice."""
    of = f"{role} AND m.category = ?" if category else role
    values = [country, category] if category else [country]
    sql = f"""
        SELECT m.id AS id, m.sentence_id AS sentence_id, m.score AS score
        FROM country_links c JOIN mentions m ON m.id = c.mention_id
        WHERE c.country = ?{of} AND m.id NOT IN (SELECT id FROM reviewed)
        UNION ALL
        SELECT m.id, m.sentence_id, m.score
        FROM reviewed_links c JOIN reviewed m ON m.id = c.mention_id
        WHERE c.country = ?{of} AND m.review != 'rejected'
    """
    return sql, [*values, *values]


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
        if country and db.full_text.has:
            surest = _surest_against(db, words, _against(country, category), limit)
        else:
            surest = _surest(db, query, tagged, limit)
        found = {key: _row_of(db, key) for key in surest}
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


def _surest_against(
    db: Database, words: str, against: tuple[str, list[str]], limit: int
) -> list[str]:
    """The same of a country, where the database can tell which sentences have the words."""
    mentions, values = against
    rows = db.execute(
        f"""
        SELECT s.id FROM ({mentions}) AS sure JOIN sentences s ON s.id = sure.sentence_id
        WHERE {db.full_text.has} ORDER BY sure.score DESC, sure.id
        """,
        [*values, words],
    )
    return list(islice(dict.fromkeys(identity for (identity,) in rows), limit))


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
