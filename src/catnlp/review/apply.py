"""Decisions put to work: kept, found in the text as it reads now, and applied."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from catnlp.domain import Decision
from catnlp.review.anchor import Anchor, Anchors
from catnlp.review.replay import replay
from catnlp.store import Store, decisions
from catnlp.store.database import Database
from catnlp.store.decisions import Outcome, Read, Reviewed


def decide(store: Store, made: Iterable[Decision]) -> list[Decision]:
    """Keeps decisions and applies them; both are on the disk when this returns."""
    with store.transaction("decisions", durable=True) as db:
        kept = [decisions.add(db, decision) for decision in made]
        _apply(db, sorted({i for d in kept for i in decisions.documents_of(db, d)}))
    return kept


def reapply(store: Store, document_ids: Iterable[str] | None = None) -> None:
    """Applies all decisions anew to these documents, or to all that they may bear on.

    Needed after a document was read again: what is read replaces what decisions had made of it.
    """
    with store.transaction() as db:
        _apply(db, decisions.decided_documents(db) if document_ids is None else document_ids)


def _apply(db: Database, document_ids: Iterable[str]) -> None:
    for document_id in document_ids:
        made = decisions.decisions_for(db, document_id)
        sentences = decisions.sentences_of(db, document_id) if made else []
        reviewed, outcomes = applied(document_id, sentences, made)
        decisions.put_reviewed(db, document_id, reviewed, outcomes)


def applied(
    document_id: str, sentences: Sequence[Read], made: Sequence[Decision]
) -> tuple[list[Reviewed], list[Outcome]]:
    """What decisions make of a document."""
    withdrawn = {d.withdraws for d in made if d.withdraws is not None}
    reviewed: list[Reviewed] = []
    outcomes: list[Outcome] = []
    anchors = Anchors(sentences)
    by_sentence: dict[str, list[tuple[Decision, Anchor]]] = defaultdict(list)
    for decision in made:
        if decision.verdict == "withdraw":
            continue
        anchor = anchors.find(decision)
        if anchor is None:
            outcomes.append(
                Outcome(decision.number, document_id, "lost", "its quote is not in the document")
            )
        else:
            by_sentence[anchor.sentence.id].append((decision, anchor))
    for group in by_sentence.values():
        found, became = replay(group[0][1].sentence, group, withdrawn)
        reviewed += found
        outcomes += became
    return reviewed, outcomes
