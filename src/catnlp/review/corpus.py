"""Decided sentences in the annotation schema, to train and to score with."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catnlp.domain import CountryLink, Mention
from catnlp.review.replay import labels_of
from catnlp.store import Store, decisions
from catnlp.store.database import Database, Row


@dataclass
class Corpus:
    """Sentences whose every mention is decided, and how many were left out."""

    sentences: list[dict[str, Any]] = field(default_factory=list)
    undecided: int = 0  # the tagger's word on another mention in it nobody has looked at

    def lines(self) -> Iterator[str]:
        for sentence in self.sentences:
            yield json.dumps(sentence, ensure_ascii=False) + "\n"


def to_corpus(store: Store) -> Corpus:
    """Sentences that reviewers decided on, with what they left standing; in a fixed order.

    A sentence with a mention that nobody looked at is left out: the tagger would be taught
    its own guess.
    """
    found = Corpus()
    with store.snapshot() as db:
        for row in decisions.decided_sentences(db):
            mentions = decisions.mentions_of(db, row["id"])
            if decisions.undecided_in(db, row["id"]):
                found.undecided += 1
            else:
                found.sentences.append(_sentence(db, row, mentions))
    return found


def _sentence(
    db: Database,
    row: Row,
    mentions: list[tuple[Mention, tuple[CountryLink, ...]]],
) -> dict[str, Any]:
    before, after = decisions.neighbours(db, row["id"])
    return {
        "id": row["id"],
        "source": "review",
        "document": row["document_id"],
        "title": row["title"],
        "section": json.loads(row["section"]),
        "prev": before,
        "text": row["text"],
        "next": after,
        "mentions": [_mention(m, links, row["start_char"]) for m, links in mentions],
    }


def _mention(mention: Mention, links: tuple[CountryLink, ...], start: int) -> dict[str, Any]:
    labels = labels_of(mention, links, start)
    return {
        "category": labels.category,
        "trigger": labels.trigger,
        "start": labels.start,
        "end": labels.start + len(labels.trigger),
        "status": labels.status,
        "actor": labels.actor,
        "responsible": list(labels.responsible),
        "location": list(labels.location),
    }
