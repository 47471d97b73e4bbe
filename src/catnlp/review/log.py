"""All decisions with what became of them, as JSON lines; they can be read back elsewhere."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields

from catnlp.domain import Decision
from catnlp.errors import InputError
from catnlp.review.formats.records import Located, Record
from catnlp.review.replay import describe
from catnlp.store import Store, decisions
from catnlp.store.decisions import Outcome

NAMES = tuple(f.name for f in fields(Decision) if f.name not in ("number", "withdraws"))


def log(store: Store) -> list[tuple[Decision, tuple[Outcome, ...]]]:
    """In the order they were kept; one without an outcome is on a document not in the store."""
    with store.snapshot() as db:
        became = decisions.outcomes(db)
        return [(d, tuple(became.get(d.number, ()))) for d in decisions.all_decisions(db)]


def is_problem(decision: Decision, became: Iterable[Outcome]) -> bool:
    """Whether a person should look: reviewers disagree, or the quote is nowhere to be found."""
    found = {o.outcome for o in became}
    if decision.verdict == "withdraw":
        return False
    return "conflict" in found or not found - {"lost"}


def state(store: Store) -> tuple[int, int]:
    """How many decisions the store holds, and how many of them a person should look at."""
    kept = [item for item in log(store) if item[0].verdict != "withdraw"]
    return len(kept), sum(is_problem(*item) for item in kept)


def log_line(decision: Decision, became: Iterable[Outcome]) -> str:
    """One JSON object, keys sorted."""
    outcomes = [
        {"document_id": o.document_id, "outcome": o.outcome, "detail": o.detail} for o in became
    ]
    record = {**asdict(decision), "outcomes": outcomes}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def log_text(decision: Decision, became: Iterable[Outcome]) -> str:
    """A decision in a few lines for a person."""
    d = decision
    labels = d.given or d.seen
    said = describe(labels) if labels else f"takes back decision {d.withdraws}"
    if d.verdict == "correct" and d.seen:
        said = f"{describe(d.seen)} -> {said}"
    lines = [f"{d.number}. {d.decided} {d.reviewer}: {d.verdict}: {said}", f"   “{d.quote}”"]
    if d.why:
        lines.append(f"   why: {d.why}")
    outcomes = [f"{o.outcome}{f' ({o.detail})' if o.detail else ''}" for o in became]
    missing = "" if d.verdict == "withdraw" else "its document is not in the store"
    lines += [f"   {line}" for line in outcomes or [missing] if line]
    return "\n".join(lines)


def read_log(records: Iterable[Located]) -> Iterator[tuple[str, Decision]]:
    """The decisions that stand; those that were withdrawn are left where they are."""
    listed = list(records)
    withdrawn = {record.get("withdraws") for _, record in listed} - {None}
    for where, record in listed:
        if record["verdict"] != "withdraw" and record.get("number") not in withdrawn:
            yield where, _decision(record, where)


def _decision(record: Record, where: str) -> Decision:
    try:
        values = {name: record[name] for name in NAMES}
        for name in ("seen", "given"):
            values[name] = decisions.labels_of(json.dumps(values[name]))
        return Decision(**values)
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{where}: not a decision as `catnlp review log` writes it "
            f"({type(error).__name__}: {error})"
        ) from error
