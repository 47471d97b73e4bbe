"""Decisions of reviewers, and what they make of the mentions of a document."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from catnlp.domain import CountryLink, Decision, Labels, Mention
from catnlp.store.database import Database, Row
from catnlp.store.rows import country_link_of, mention_of
from catnlp.store.tallies import tally

COLUMNS = (
    "document_id", "quote", "start_char", "verdict", "seen", "given", "reviewer", "decided", "why",
    "source", "before", "after", "uri", "title", "withdraws",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as the tagger left it, with its mentions and their links."""

    id: str
    document_id: str
    start: int
    text: str
    before: str
    after: str
    mentions: tuple[tuple[Mention, tuple[CountryLink, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A mention as a decision leaves it; it stands in the place of the one with its id."""

    mention: Mention
    links: tuple[CountryLink, ...]
    review: str  # accepted, rejected, corrected, added
    decision: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A mention as it stands; `review` is accepted, corrected, added, or empty."""

    mention: Mention
    links: tuple[CountryLink, ...]
    review: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision in the document as it reads now."""

    decision: int
    document_id: str
    outcome: str
    detail: str = ""


def add(db: Database, decision: Decision) -> Decision:
    """Keeps it; returns it with its number."""
    values = (
        decision.document_id, decision.quote, decision.start, decision.verdict,
        _labels_json(decision.seen), _labels_json(decision.given), decision.reviewer,
        decision.decided, decision.why, decision.source, decision.before, decision.after,
        decision.uri, decision.title, decision.withdraws,
    )  # fmt: skip
    number = db.execute(
        f"INSERT INTO decisions ({', '.join(COLUMNS)}) VALUES ({','.join('?' * len(COLUMNS))})"
        " RETURNING number",
        values,
    ).fetchone()[0]
    return replace(decision, number=number)


def all_decisions(db: Database) -> Iterator[Decision]:
    """In the order in which they were made."""
    for row in db.execute("SELECT * FROM decisions ORDER BY number"):
        yield decision_of(row)


def decision(db: Database, number: int) -> Decision | None:
    row = db.execute("SELECT * FROM decisions WHERE number = ?", (number,)).fetchone()
    return decision_of(row) if row else None


def decided_mention(db: Database, number: int) -> str | None:
    """Id of the mention that a decision stands on."""
    row = db.execute(
        "SELECT id FROM reviewed WHERE decision = ? ORDER BY review = 'rejected', id", (number,)
    ).fetchone()
    return str(row[0]) if row else None


def decisions_for(db: Database, document_id: str) -> list[Decision]:
    """Those on this content, and those on content that is gone but had its path or its title."""
    found = db.execute(
        """
        SELECT DISTINCT x.* FROM decisions x JOIN documents d ON d.id = ?
        WHERE x.document_id = d.id
           OR (x.document_id NOT IN (SELECT id FROM documents)
               AND (x.uri = d.uri
                    OR (x.title = d.title AND x.title != ''
                        AND x.uri NOT IN (SELECT uri FROM documents))))
        ORDER BY x.decided, x.number
        """,
        (document_id,),
    )
    return [decision_of(row) for row in found]


def documents_of(db: Database, decision: Decision) -> list[str]:
    """Documents of the store that a decision bears on: its own, or those that took its place."""
    own = db.execute("SELECT id FROM documents WHERE id = ?", (decision.document_id,)).fetchall()
    same_path = db.execute("SELECT id FROM documents WHERE uri = ?", (decision.uri,)).fetchall()
    same_title = db.execute(
        "SELECT id FROM documents WHERE title = ? AND title != '' ORDER BY id", (decision.title,)
    ).fetchall()
    return [row[0] for row in own or same_path or same_title]


def decided_documents(db: Database) -> list[str]:
    """Ids of the documents in the store that a decision bears on, may bear on, or bore on."""
    found = db.execute(
        """
        SELECT document_id FROM outcomes
        UNION
        SELECT id FROM documents WHERE id IN (SELECT document_id FROM decisions)
        UNION
        SELECT d.id FROM decisions x JOIN documents d ON x.uri = d.uri OR x.title = d.title
        WHERE x.document_id NOT IN (SELECT id FROM documents)
        ORDER BY 1
        """
    )
    return [row[0] for row in found]


def sentences_of(db: Database, document_id: str) -> list[Read]:
    """The sentences of a document with what the tagger, not a reviewer, says of them."""
    links: dict[str, list[CountryLink]] = defaultdict(list)
    for row in db.execute(
        "SELECT c.* FROM country_links c JOIN mentions m ON m.id = c.mention_id"
        " WHERE m.document_id = ? ORDER BY role DESC, country",
        (document_id,),
    ):
        links[row["mention_id"]].append(country_link_of(row))
    mentions: dict[str, list[tuple[Mention, tuple[CountryLink, ...]]]] = defaultdict(list)
    for row in db.execute(
        "SELECT * FROM mentions WHERE document_id = ? ORDER BY start_char, category, id",
        (document_id,),
    ):
        mentions[row["sentence_id"]].append((mention_of(row), tuple(links[row["id"]])))
    rows = db.execute(
        "SELECT id, start_char, text FROM sentences WHERE document_id = ? ORDER BY start_char",
        (document_id,),
    ).fetchall()
    texts = ["", *(row["text"] for row in rows), ""]
    return [
        Read(row["id"], document_id, row["start_char"], row["text"], texts[n], texts[n + 2],
             tuple(mentions[row["id"]]))
        for n, row in enumerate(rows)
    ]  # fmt: skip


def mentions_of(db: Database, sentence_id: str) -> list[tuple[Mention, tuple[CountryLink, ...]]]:
    """The mentions of a sentence as they stand, decisions applied."""
    return [(each.mention, each.links) for each in _standing(db, "s.id = ?", (sentence_id,))]


def standing(db: Database, document_id: str, start: int, end: int) -> list[Standing]:
    """The mentions of the sentence at that place, decisions applied."""
    place = "s.document_id = ? AND s.start_char = ? AND s.end_char = ?"
    return _standing(db, place, (document_id, start, end))


def _standing(db: Database, sentence: str, values: Sequence[str | int]) -> list[Standing]:
    found = db.execute(
        "SELECT m.* FROM current_mentions m JOIN sentences s ON s.id = m.sentence_id"
        f" WHERE {sentence} ORDER BY m.start_char, m.category, m.id",
        values,
    ).fetchall()
    return [Standing(mention_of(row), tuple(_links(db, row["id"])), row["review"]) for row in found]


def _links(db: Database, mention_id: str) -> Iterator[CountryLink]:
    for row in db.execute(
        "SELECT * FROM current_links WHERE mention_id = ? ORDER BY role DESC, country",
        (mention_id,),
    ):
        yield country_link_of(row)


def decided_sentences(db: Database) -> Sequence[Row]:
    """Sentences with a decided mention, by document and place, with the document's title."""
    return db.execute(
        "SELECT s.id, s.document_id, s.start_char, s.section, s.text, d.title"
        " FROM sentences s JOIN documents d ON d.id = s.document_id"
        " WHERE s.id IN (SELECT sentence_id FROM reviewed) ORDER BY s.document_id, s.start_char"
    ).fetchall()


def undecided_in(db: Database, sentence_id: str) -> int:
    """Mentions of a sentence that nobody has decided on."""
    found = db.execute(
        "SELECT count(*) FROM all_mentions WHERE sentence_id = ? AND review = ''", (sentence_id,)
    ).fetchone()
    return int(found[0])


def neighbours(db: Database, sentence_id: str) -> tuple[str, str]:
    """The sentences before and after one; empty at either end of its document."""
    sql = """
        SELECT o.text FROM sentences s JOIN sentences o ON o.document_id = s.document_id
             AND o.start_char {} s.start_char WHERE s.id = ? ORDER BY o.start_char {} LIMIT 1
    """
    before, after = (
        db.execute(sql.format(*side), (sentence_id,)).fetchone()
        for side in (("<", "DESC"), (">", "ASC"))
    )
    return before[0] if before else "", after[0] if after else ""


def put_reviewed(
    db: Database,
    document_id: str,
    reviewed: Iterable[Reviewed],
    outcomes: Iterable[Outcome],
) -> None:
    """Replaces what decisions had made of the document before."""
    changed = db.execute("DELETE FROM reviewed WHERE document_id = ?", (document_id,)).rowcount > 0
    db.execute("DELETE FROM outcomes WHERE document_id = ?", (document_id,))
    for item in reviewed:
        changed = True
        m = item.mention
        db.execute(
            f"INSERT INTO reviewed VALUES ({','.join('?' * 15)})",
            (m.id, m.document_id, m.sentence_id, m.start, m.end, m.trigger, m.category, m.status,
             m.actor, m.score, m.method, item.review, item.decision, m.status_score, m.actor_score),
        )  # fmt: skip
        db.executemany(
            "INSERT INTO reviewed_links VALUES (?,?,?,?,?)",
            [(m.id, x.country, x.role, x.score, x.reason) for x in item.links],
        )
    db.executemany(
        "INSERT INTO outcomes VALUES (?,?,?,?)",
        [(o.decision, o.document_id, o.outcome, o.detail) for o in outcomes],
    )
    if changed:
        tally(db, document_id)


def outcomes(db: Database) -> dict[int, list[Outcome]]:
    """By number of the decision; a decision that bears on no document of the store is absent."""
    found: dict[int, list[Outcome]] = defaultdict(list)
    for row in db.execute("SELECT * FROM outcomes ORDER BY decision, document_id"):
        found[row["decision"]].append(Outcome(*row))
    return found


def decision_of(row: Row) -> Decision:
    values: dict[str, Any] = {name: row[name] for name in COLUMNS}
    values["start"] = values.pop("start_char")
    return Decision(
        **{**values, "seen": labels_of(row["seen"]), "given": labels_of(row["given"])},
        number=row["number"],
    )


def labels_of(text: str) -> Labels | None:
    values = json.loads(text)
    if values is None:
        return None
    values["responsible"] = tuple(values["responsible"])
    values["location"] = tuple(values["location"])
    return Labels(**values)


def _labels_json(labels: Labels | None) -> str:
    plain = None if labels is None else asdict(labels)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
