"""A quote as it was shown and as it comes back -> what the reviewer decided."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catnlp.domain import Labels, Verdict
from catnlp.review.anchor import trigger_span
from catnlp.review.shown import Shown
from catnlp.review.tasks import Row, Task

FIELDS = ("category", "status", "actor", "trigger", "start")
STATE_ACTORS = ("state", "state-aligned")
Pair = tuple[Shown, Row | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One decision on a mention, or, where it cannot be one, the problem in words."""

    where: str
    verdict: Verdict
    seen: Labels | None
    given: Labels | None
    problem: str = ""


class Unclear(Exception):
    """What a reviewer wrote can be read in more than one way."""


def changes(
    task: Task, shown: Sequence[Shown], original: Collection[Labels], *, accept_unchanged: bool
) -> Iterator[Change]:
    """Decisions on the mentions that were shown, then on those that were missed.

    `original`: what the tagger says by itself. A row that still says it, where the store was
    corrected since the export, is no decision unless a person has confirmed it.
    """
    left = [row for row in task.rows if row.verdict != "add"]
    rows = _pair(task.quote.text, shown, left)
    groups: dict[Labels, list[Pair]] = defaultdict(list)
    for flag in shown:
        groups[flag.labels].append((flag, rows.get(flag)))
    accept = task.confirmed or accept_unchanged
    for labels, pairs in groups.items():
        change = _change(task, labels, pairs, accept)
        stale = change is not None and change.verdict == "correct" and change.given in original
        if change and not (stale and not accept and not _verdicts(pairs)):
            yield change
    if not task.rejected:
        yield from _unshown(task, left)


def _pair(text: str, shown: Sequence[Shown], left: list[Row]) -> dict[Shown, Row]:
    """Rows to the flags that they were, by ever weaker signs; takes them out of `left`."""

    def touch(flag: Shown, row: Row) -> bool:
        start, end = trigger_span(flag.labels, text, flag.labels.start)
        at, words = row.start, row.trigger
        return at is not None and words is not None and at < end and start < at + len(words)

    def category(flag: Shown, row: Row) -> bool:
        return row.category in (None, flag.labels.category)

    def status(flag: Shown, row: Row) -> bool:
        return row.status in (None, flag.labels.status)

    def country(flag: Shown, row: Row) -> bool:
        return row.countries is None or flag.country in {code for _, code in row.countries}

    signs: tuple[tuple[Callable[[Shown, Row], bool], ...], ...] = (
        (lambda flag, row: bool(row.id) and row.id == flag.id,),
        (category, status, touch, country),
        (category, touch, country),
        (category, touch),
        (touch, country),
        (touch,),
        (category, country),
    )
    found: dict[Shown, Row] = {}
    for sign in signs:
        for flag in shown:
            if flag in found:
                continue
            row = next((r for r in left if all(test(flag, r) for test in sign)), None)
            if row is not None:
                found[flag] = row
                left.remove(row)
    return found


def _change(task: Task, seen: Labels, pairs: Sequence[Pair], accept: bool) -> Change | None:
    """The decision on a mention from all of its flags."""
    where = next((row.where for _, row in pairs if row is not None), task.where)
    gone = {flag.country for flag, row in pairs if _is_rejected(task, row)}
    if gone and gone >= {*seen.responsible, *seen.location}:
        return Change(where, "reject", seen, None)
    kept = [(f, row) for f, row in pairs if row is not None and f.country not in gone]
    try:
        given = _edited(seen, kept, gone)
    except Unclear as unclear:
        return Change(where, "correct", seen, None, str(unclear))
    if given != seen:
        return Change(where, "correct", seen, given)
    if "correct" in _verdicts(pairs):
        return Change(where, "correct", seen, None, "says correct, but nothing was changed")
    if "accept" in _verdicts(pairs) or (accept and kept):
        return Change(where, "accept", seen, seen)
    return None


def _verdicts(pairs: Sequence[Pair]) -> set[str]:
    return {row.verdict for _, row in pairs if row is not None} - {""}


def _is_rejected(task: Task, row: Row | None) -> bool:
    if task.rejected:
        return True
    return task.whole if row is None else row.verdict == "reject"


def _edited(seen: Labels, pairs: Sequence[tuple[Shown, Row]], gone: set[str]) -> Labels:
    values: dict[str, Any] = {}  # by the names of FIELDS
    for name in FIELDS:
        held = getattr(seen, name)
        written = {getattr(row, name) for _, row in pairs} - {None, held}
        if len(written) > 1:
            listed = " and ".join(sorted(map(str, written)))
            raise Unclear(f"flags of one mention come back with the {name} {listed}; use one")
        values[name] = written.pop() if written else held
    roles = {"responsible": set(seen.responsible) - gone, "location": set(seen.location) - gone}
    for flag, row in pairs:
        if row.countries is not None:
            usual = flag.role or _usual_role(values["actor"])
            _put_countries(roles, flag, [(role or usual, code) for role, code in row.countries])
    return replace(
        seen,
        **values,
        responsible=tuple(sorted(roles["responsible"])),
        location=tuple(sorted(roles["location"])),
    )


def _put_countries(
    roles: dict[str, set[str]], flag: Shown, written: Sequence[tuple[str, str]]
) -> None:
    """The countries written for a flag in the place of its own. A flag for a responsible state
    stands for the place, too, where that is the same country."""
    wanted = set(written)
    if wanted == {(flag.role, flag.country)}:
        return
    both = flag.role == "responsible" and flag.country in roles["location"]
    if flag.country not in {code for _, code in wanted}:
        for codes in roles.values():
            codes.discard(flag.country)
    elif flag.role:
        roles[flag.role].discard(flag.country)
    for role, code in wanted:
        roles[role].add(code)
        if both and role == "responsible" and flag.country not in {c for _, c in wanted}:
            roles["location"].add(code)


def _unshown(task: Task, left: Sequence[Row]) -> Iterator[Change]:
    """Mentions that were added, and rows whose flag is no longer there."""
    added: dict[Labels, tuple[Row, list[tuple[str, str]]]] = {}
    for row in [*left, *(r for r in task.rows if r.verdict == "add")]:
        labels = _labels(row)
        if labels is None:
            lacking = [n for n in ("category", "status", "actor") if not getattr(row, n)]
            missing = " and no ".join(lacking)
            problem = f"the added {row.category} on {row.trigger!r} has no {missing}; give it one"
            yield Change(row.where, "add", None, None, problem)
        elif task.whole or row.verdict == "add":
            added.setdefault(labels, (row, []))[1].extend(row.countries or ())
        elif row.verdict in ("accept", "reject"):
            whole = _with_countries(labels, row.countries or ())
            accepted = row.verdict == "accept"
            verdict: Verdict = "accept" if accepted else "reject"
            yield Change(row.where, verdict, whole, whole if accepted else None)
        else:
            problem = (
                f"the store has no such flag now ({row.category} on {row.trigger!r}); "
                "write a verdict: accept, reject or add"
            )
            yield Change(row.where, "correct", labels, None, problem)
    for labels, (row, countries) in added.items():
        yield Change(row.where, "add", None, _with_countries(labels, countries))


def _labels(row: Row) -> Labels | None:
    if not (row.category and row.status and row.actor and row.trigger):
        return None
    return Labels(row.category, row.status, row.actor, row.trigger, start=row.start or 0)


def _usual_role(actor: str) -> str:
    """A country without a role is responsible for what a state does, else it is the place."""
    return "responsible" if actor in STATE_ACTORS else "location"


def _with_countries(labels: Labels, countries: Sequence[tuple[str, str]]) -> Labels:
    usual = _usual_role(labels.actor)
    roles = {
        wanted: tuple(sorted({code for role, code in countries if (role or usual) == wanted}))
        for wanted in ("responsible", "location")
    }
    return replace(labels, responsible=roles["responsible"], location=roles["location"])
