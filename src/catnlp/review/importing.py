"""Files that come back from labelling tools -> decisions in the store."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from catnlp.domain import Decision, Labels
from catnlp.errors import InputError
from catnlp.review.anchor import letters
from catnlp.review.apply import decide
from catnlp.review.compare import Change, changes
from catnlp.review.formats.doccano import read_doccano
from catnlp.review.formats.flags import read_flags
from catnlp.review.formats.label_studio import read_label_studio
from catnlp.review.formats.prodigy import read_prodigy
from catnlp.review.formats.records import Located, Record, read_records
from catnlp.review.log import read_log
from catnlp.review.seen import Seen
from catnlp.review.shown import Shown, shown_flags
from catnlp.review.tasks import Quote, Task
from catnlp.store import Store, decisions


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision in a file, before it is kept."""

    quote: Quote
    change: Change
    reviewer: str = ""
    decided: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is read."""

    now: datetime
    reviewer: str = ""  # of what does not say who decided
    accept_unchanged: bool = False  # also where the tool does not say that somebody looked


@dataclass
class Imported:
    """What came of a file."""

    kept: list[Decision] = field(default_factory=list)
    repeated: int = 0  # the store had them
    problems: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Counts in words."""
        verdicts = Counter(d.verdict for d in self.kept)
        listed = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
        return (
            f"{len(self.kept)} decisions kept{f' ({listed})' if listed else ''}, "
            f"{self.repeated} known already, {len(self.problems)} not understood"
        )


Format = Callable[[Iterable[Located], Seen, Options], Iterator[Proposal]]


def _tasks(reader: Callable[[Iterable[Located]], Iterator[Task]]) -> Format:
    def read(records: Iterable[Located], seen: Seen, options: Options) -> Iterator[Proposal]:
        for task in reader(records):
            sentence = seen.sentence(task.quote)
            original = seen.original(sentence) if sentence else []
            shown = _shown(task, seen.labels(sentence) if sentence else [], original)
            found = changes(task, shown, original, accept_unchanged=options.accept_unchanged)
            for change in (*found, *_unknown(task, shown)):
                yield Proposal(task.quote, change, task.reviewer, task.decided, task.why)

    return read


def _shown(task: Task, current: Sequence[Labels], original: Sequence[Labels]) -> list[Shown]:
    """The flags that the reviewer saw: as the file says; else those of the store that it names,
    which may have been decided on since; else those of the store."""
    if task.seen is not None:
        flags = list(shown_flags(task.quote, task.seen))
        return [f for f in flags if task.flags is None or f.id in task.flags]
    now = list(shown_flags(task.quote, current))
    ids = {flag.id for flag in now}
    earlier = [flag for flag in shown_flags(task.quote, original) if flag.id not in ids]
    if task.flags is not None:
        return [flag for flag in now + earlier if flag.id in task.flags]
    named = {row.id for row in task.rows}
    return now + [flag for flag in earlier if flag.id in named]


def _unknown(task: Task, shown: Sequence[Shown]) -> Iterator[Change]:
    """Flags that were shown, do not come back and are not in the store: what they said is lost."""
    known = {flag.id for flag in shown} | {row.id for row in task.rows}
    missing = [flag for flag in task.flags or () if flag not in known]
    back = max(0, len(task.rows) - len(shown))  # came back without their id, and are kept as added
    for flag in missing[back:]:
        problem = (
            f"{flag} was rejected, but the store no longer has it and the file does not say "
            "what it was; import it into the store that it was exported from"
        )
        yield Change(task.where, "reject", None, None, problem)


def _log(records: Iterable[Located], seen: Seen, options: Options) -> Iterator[Proposal]:
    for where, d in read_log(records):
        quote = Quote(d.quote, d.document_id, d.start, d.before, d.after, d.uri, d.title)
        change = Change(where, d.verdict, d.seen, d.given)
        yield Proposal(quote, change, d.reviewer, d.decided, d.why)


FORMATS: dict[str, Format] = {
    "label-studio": _tasks(read_label_studio),
    "doccano": _tasks(read_doccano),
    "prodigy": _tasks(read_prodigy),
    "flags": _tasks(read_flags),
    "decisions": _log,
}
MARKS = (  # fields by which a record is known, in the order in which they are looked for
    ("decisions", ("seen", "given", "verdict")),
    ("prodigy", ("answer",)),
    ("label-studio", ("annotations",)),
    ("label-studio", ("completions",)),
    ("label-studio", ("annotation_id",)),
    ("flags", ("quote", "trigger", "country")),
    ("doccano", ("label",)),
    ("doccano", ("labels",)),
    ("doccano", ("entities",)),
)


def format_of(record: Record, path: Path) -> str:
    """The format that has such records."""
    for name, marks in MARKS:
        if all(mark in record for mark in marks):
            return name
    raise InputError(
        f"{path}: of no known format; its fields are {', '.join(sorted(record)[:12])}. "
        f"Name it with --format: {', '.join(FORMATS)}"
    )


def import_file(
    store: Store, path: Path, options: Options, *, format_name: str | None = None
) -> Imported:
    """Keeps and applies the decisions in a file; the same ones are kept once."""
    records = read_records(path)
    done = Imported()
    if not records:
        return done
    name = format_name or format_of(records[0][1], path)
    with store.snapshot() as db:
        seen = Seen(db)
        known = {_key(d, timed) for d in decisions.all_decisions(db) for timed in (True, False)}
        found = list(FORMATS[name](records, seen, options))
        made: list[Decision] = []
        for proposal in found:
            decision = _decision(proposal, seen, options, name, done.problems)
            if decision is None:
                continue
            key = _key(decision, bool(proposal.decided))
            done.repeated += key in known
            if key not in known:
                known.add(key)
                made.append(decision)
    done.kept = decide(store, sorted(made, key=lambda d: d.decided))
    return done


def _key(d: Decision, timed: bool) -> tuple[object, ...]:
    """A correction that is read a second time is shown, and so seen, as it was corrected."""
    when = d.decided if timed else ""
    said = d.given or ("not", d.seen)
    return d.document_id, letters(d.quote), said, d.reviewer, when


def _decision(
    proposal: Proposal, seen: Seen, options: Options, source: str, problems: list[str]
) -> Decision | None:
    reviewer = proposal.reviewer or options.reviewer
    problem = proposal.change.problem
    if not reviewer:
        problem = problem or "nobody says who decided; name the reviewer with --reviewer"
    decided = _utc(proposal.decided) if proposal.decided else options.now.isoformat("T", "seconds")
    if decided is None:
        problem = problem or f"{proposal.decided!r} is no ISO 8601 time"
    if problem or decided is None:
        problems.append(f"{proposal.change.where}: {problem}")
        return None
    quote = proposal.quote
    sentence = seen.sentence(quote)
    return Decision(
        document_id=quote.document_id,
        quote=quote.text,
        start=quote.start,
        verdict=proposal.change.verdict,
        seen=proposal.change.seen,
        given=proposal.change.given,
        reviewer=reviewer,
        decided=decided,
        why=proposal.why,
        source=source,
        before=quote.before or (sentence.before if sentence else ""),
        after=quote.after or (sentence.after if sentence else ""),
        uri=quote.uri,
        title=quote.title,
    )


def _utc(written: str) -> str | None:
    """An ISO 8601 time in UTC, so that times can be compared; without a zone it is taken as UTC."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat("T", "seconds")


__all__ = ["FORMATS", "Imported", "Options", "import_file"]
