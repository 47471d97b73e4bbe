"""Two runs side by side: flags that came, went or changed, and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from catnlp.review.anchor import letters
from catnlp.store import Store, runs
from catnlp.store.database import Database
from catnlp.store.runs import DocumentRow, FlagRow

VERSIONS = ("catnlp", "model", "taxonomy")  # the parts of a fingerprint, in its order
FIELDS = ("category", "status", "actor", "country", "role", "trigger")
Place = tuple[str, str]  # document, letters of the quote
Key = Callable[[FlagRow], object]
SIGNS: tuple[Key, ...] = (  # by which a flag is found again, the surest first
    lambda f: tuple(getattr(f, name) for name in FIELDS),
    lambda f: (f.category, f.country, f.status),
    lambda f: (f.category, f.country),
    lambda f: (f.trigger_start, f.country),
    lambda f: (f.category, f.trigger_start),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A flag that is not the same in both runs. Causes: input, decision, model, taxonomy, catnlp;
    `unexplained` where input and versions are the same."""

    kind: Literal["came", "went", "changed"]
    before: FlagRow | None
    after: FlagRow | None
    causes: tuple[str, ...]
    uri: str
    title: str
    detail: str = ""  # what became of the input

    @property
    def flag(self) -> FlagRow:
        """The newer of the two."""
        flag = self.after or self.before
        if flag is None:
            raise ValueError("a difference without a flag")
        return flag

    def changed(self) -> dict[str, tuple[str, str]]:
        """Fields that differ, with their value before and after."""
        if self.before is None or self.after is None:
            return {}
        pairs = {n: (getattr(self.before, n), getattr(self.after, n)) for n in FIELDS}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True)
class _Side:
    """One run; its documents go by the names that they have in the first."""

    documents: Mapping[str, DocumentRow]
    inputs: Mapping[str, tuple[str, str]]
    flags: Mapping[Place, list[FlagRow]]
    tagged: Mapping[Place, list[FlagRow]]  # by the tagger alone


def diff(first: Store, second: Store) -> Iterator[Difference]:
    """In the order of the documents, then of the quotes."""
    with first.snapshot() as db:
        a = _side(db, {})
    with second.snapshot() as db:
        b = _side(db, _names(a.documents, runs.documents(db)))
    for place in sorted({*a.flags, *b.flags}, key=lambda place: _order(a, b, place)):
        for before, after in _matched(a.flags.get(place, []), b.flags.get(place, [])):
            if before is None or after is None or SIGNS[0](before) != SIGNS[0](after):
                yield _difference(a, b, place, before, after)


def _names(first: Mapping[str, DocumentRow], second: Iterable[DocumentRow]) -> dict[str, str]:
    """Documents whose content changed go by the id that the same path had before."""
    listed = list(second)
    there = {document.id for document in listed}
    old = {d.uri: d.id for d in first.values() if d.id not in there}
    return {d.id: old[d.uri] for d in listed if d.id not in first and d.uri in old}


def _side(db: Database, names: Mapping[str, str]) -> _Side:
    return _Side(
        {names.get(d.id, d.id): d for d in runs.documents(db)},
        runs.input_states(db),
        _by_place(runs.flags(db, decided=True), names),
        _by_place(runs.flags(db, decided=False), names),
    )


def _by_place(flags: Iterable[FlagRow], names: Mapping[str, str]) -> dict[Place, list[FlagRow]]:
    found: dict[Place, list[FlagRow]] = defaultdict(list)
    for flag in flags:
        found[names.get(flag.document_id, flag.document_id), letters(flag.quote)].append(flag)
    return found


def _order(a: _Side, b: _Side, place: Place) -> tuple[str, str, int, str]:
    document = a.documents.get(place[0]) or b.documents[place[0]]
    flag = (b.flags.get(place) or a.flags[place])[0]
    return document.uri, place[0], flag.quote_start, place[1]


def _matched(
    first: list[FlagRow], second: list[FlagRow]
) -> Iterator[tuple[FlagRow | None, FlagRow | None]]:
    left, right = list(first), list(second)
    for sign in SIGNS:
        for before in list(left):
            after = next((f for f in right if sign(f) == sign(before)), None)
            if after is not None:
                left.remove(before)
                right.remove(after)
                yield before, after
    yield from ((flag, None) for flag in left)
    yield from ((None, flag) for flag in right)


def _difference(
    a: _Side, b: _Side, place: Place, before: FlagRow | None, after: FlagRow | None
) -> Difference:
    old, new = a.documents.get(place[0]), b.documents.get(place[0])
    document = new or old
    if document is None:
        raise ValueError(f"flag of a document that is in neither run: {place[0]}")
    kind: Literal["came", "went", "changed"] = (
        "came" if before is None else "went" if after is None else "changed"
    )
    other = b if new is None else a
    status, reason = other.inputs.get(document.uri.partition("#")[0], ("", ""))
    detail = "" if old and new else f"{status}: {reason}" if status else "not an input"
    if old and new and old.id != new.id:
        detail = "its content changed"
    return Difference(
        kind, before, after, _causes(a, b, place, old, new), document.uri, document.title, detail
    )


def _causes(
    a: _Side, b: _Side, place: Place, old: DocumentRow | None, new: DocumentRow | None
) -> tuple[str, ...]:
    if old is None or new is None:
        return ("input",)
    causes = ["input"] if old.id != new.id else []
    tagged = [_said(side.tagged.get(place, [])) for side in (a, b)]
    stand = [_said(side.flags.get(place, [])) for side in (a, b)]
    if tagged[0] != tagged[1]:
        parts = [d.fingerprint.split("/") for d in (old, new)]
        causes += [n for n, x, y in zip(VERSIONS, *parts, strict=False) if x != y]
    if any(tags != flags for tags, flags in zip(tagged, stand, strict=True)):
        causes.append("decision")
    return tuple(causes) or ("unexplained",)


def _said(flags: Iterable[FlagRow]) -> list[object]:
    return sorted((tuple(getattr(f, name) for name in FIELDS) for f in flags), key=repr)
