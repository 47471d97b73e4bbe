"""Near-duplicates in a store: documents, and paragraphs carried from one to another.

Reports on different countries share formulas; a sentence on one state never counts as a copy
of the same words on another.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catnlp.store.database import Database
from catnlp.store.likeness import Copy, find_copies

DOCUMENT_LIKE, PARAGRAPH_LIKE = 0.7, 0.8  # share of word triples in common
FEWEST_WORDS = 15  # of a paragraph that is worth comparing
IN_MEMORY = 64  # documents
WHOLE = 0  # in place of the number of a paragraph
ORDER = "ORDER BY published = '', published, title, id"  # who repeats whom: dated first


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, numbered from 1 as in Evidence; 0 for the whole document."""

    document_id: str
    paragraph: int


def mark_copies(db: Database) -> int:
    """Writes the table `copies` anew, for all that the store holds; returns their number."""
    documents = _Documents(db)
    rows = [*_rows(documents.whole(), DOCUMENT_LIKE, documents),
            *_rows(documents.paragraphs(), PARAGRAPH_LIKE, documents)]  # fmt: skip
    db.execute("DELETE FROM copies")
    db.executemany("INSERT INTO copies VALUES (?, ?, ?, ?, ?)", rows)
    return len(rows)


def originals(db: Database) -> dict[Place, Place]:
    """For each document and paragraph that repeats another: the one that it repeats."""
    return {
        Place(row[0], row[1]): Place(row[2], row[3])
        for row in db.execute(
            "SELECT document_id, paragraph, original_id, original_paragraph FROM copies"
        )
    }


def first_with(known: Mapping[Place, Place], document_id: str, paragraph: int) -> Place | None:
    """Where a paragraph, or all of its document, stood before, of those in `originals`."""
    return known.get(Place(document_id, paragraph)) or known.get(Place(document_id, WHOLE))


def repeated_in(
    db: Database, documents: str = "", values: Sequence[str] = ()
) -> dict[Place, list[str]]:
    """For each text that others repeat: the titles of the documents with the copies. `documents`
    is a SELECT of the ids of those that are asked for, with its values; without it, all."""
    of = f" WHERE original_id IN ({documents})" if documents else ""
    found: dict[Place, list[str]] = defaultdict(list)
    for row in db.execute(
        "SELECT original_id, original_paragraph, title FROM copies"
        f" JOIN documents ON id = document_id{of} ORDER BY title, id",
        values,
    ):
        titles = found[Place(row[0], row[1])]
        if row[2] not in titles:
            titles.append(row[2])
    return dict(found)


class _Documents:
    """Texts of the store by place, a few documents in memory at a time."""

    def __init__(self, db: Database) -> None:
        self._db = db
        rows = db.execute(f"SELECT id, subject_countries FROM documents {ORDER}").fetchall()
        self.ids = [row[0] for row in rows]
        self._subjects = {row[0]: frozenset(row[1].split()) for row in rows}
        self._lines = lru_cache(maxsize=IN_MEMORY)(self._read)

    def whole(self) -> list[Place]:
        return [Place(identity, WHOLE) for identity in self.ids]

    def paragraphs(self) -> list[Place]:
        return [
            Place(identity, number)
            for identity in self.ids
            for number, text in enumerate(self._lines(identity), 1)
            if text.count(" ") >= FEWEST_WORDS
        ]

    def comparable(self, place: Place, other: Place) -> bool:
        """On the same country, or on none in particular."""
        mine, theirs = self._subjects[place.document_id], self._subjects[other.document_id]
        return mine == theirs or not mine or not theirs

    def text(self, place: Place) -> str:
        lines = self._lines(place.document_id)
        return "\n".join(lines) if place.paragraph == WHOLE else lines[place.paragraph - 1]

    def _read(self, identity: str) -> list[str]:
        """A block is a line of the text."""
        row = self._db.execute("SELECT text FROM documents WHERE id = ?", (identity,)).fetchone()
        return zlib.decompress(row[0]).decode().split("\n")


def _rows(
    places: list[Place], least: float, documents: _Documents
) -> Iterable[tuple[str, int, str, int, float]]:
    """Copies within one document are none."""
    copies: Iterable[Copy] = find_copies(
        (documents.text(place) for place in places),
        lambda place: documents.text(places[place]),
        least=least,
        comparable=lambda place, other: documents.comparable(places[place], places[other]),
    )
    for copy in copies:
        mine, other = places[copy.place], places[copy.original]
        if mine.document_id != other.document_id:
            yield (*_key(mine), *_key(other), copy.likeness)


def _key(place: Place) -> tuple[str, int]:
    return place.document_id, place.paragraph
