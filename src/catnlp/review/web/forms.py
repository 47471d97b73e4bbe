"""What the page sends -> a decision."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from catnlp.domain import Decision, Labels, Verdict
from catnlp.errors import UsageError
from catnlp.gazetteer import country_codes
from catnlp.review.replay import labels_of
from catnlp.store.decisions import labels_of as labels_from
from catnlp.store.queue import Item
from catnlp.taxonomy import taxonomy

VERDICTS: dict[str, Verdict] = {v: v for v in ("accept", "reject", "correct", "add")}
CARRIED = ("document_id", "quote", "start", "before", "after", "uri", "title")
SOURCE = "review page"


def snapshot(item: Item) -> str:
    """What the page shows, as it goes into the form: a decision holds even where a run has
    replaced the mention meanwhile."""
    labels = labels_of(item.mention, item.links, item.quote_start)
    return json.dumps(
        {
            "document_id": item.mention.document_id,
            "quote": item.quote,
            "start": item.quote_start,
            "before": item.before,
            "after": item.after,
            "uri": item.uri,
            "title": item.title,
            "seen": asdict(labels),
        },
        ensure_ascii=False,
    )


def decision_from(form: Mapping[str, str], reviewer: str, now: datetime) -> Decision:
    """The decision that a form says; UsageError says what is wrong with it."""
    try:
        held = json.loads(form["shown"])
        seen = labels_from(json.dumps(held["seen"]))
        shown = {name: held[name] for name in CARRIED}
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError("the form is not whole; open the flag again") from error
    if seen is None:
        raise UsageError("the form is not whole; open the flag again")
    verdict = VERDICTS.get(form.get("verdict", ""))
    if verdict is None:
        raise UsageError("choose accept, reject, correct or add")
    given: Labels | None = seen
    if verdict != "accept":
        given = None if verdict == "reject" else _labels(form, shown["quote"])
    if verdict == "correct" and given == seen:
        verdict = "accept"
    return Decision(
        **shown,
        verdict=verdict,
        seen=None if verdict == "add" else seen,
        given=given,
        reviewer=reviewer,
        decided=now.isoformat("T", "seconds"),
        why=form.get("why", "").strip(),
        source=SOURCE,
    )


def _labels(form: Mapping[str, str], quote: str) -> Labels:
    known = {
        "category": taxonomy().category_ids,
        "status": taxonomy().statuses,
        "actor": taxonomy().actors,
    }
    for name, ids in known.items():
        if form.get(name) not in ids:
            raise UsageError(f"choose a {name}")
    trigger = form.get("trigger", "").strip()
    if not trigger or trigger not in quote:
        raise UsageError(f"“{trigger}” is not in the quote; copy words of it, letter for letter")
    return Labels(
        form["category"],
        form["status"],
        form["actor"],
        trigger,
        _countries(form.get("responsible", "")),
        _countries(form.get("location", "")),
        quote.index(trigger),
    )


def _countries(written: str) -> tuple[str, ...]:
    codes = written.upper().replace(",", " ").split()
    unknown = [code for code in codes if code not in country_codes()]
    if unknown:
        raise UsageError(f"{' '.join(unknown)}: write countries as three letters, such as NGA")
    return tuple(sorted(set(codes)))
