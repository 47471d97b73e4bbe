"""The run: inputs -> analyses -> store, one document a transaction; then the manifest."""

import logging
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from catnlp.domain import Document
from catnlp.engine.analyze import fingerprint
from catnlp.engine.engines import Engine, make_engine
from catnlp.engine.inputs import Input, Source, discard, fetch, find_inputs, inspect
from catnlp.engine.machines import Machine, earlier, mixed
from catnlp.engine.worker import Ended, Read, Task
from catnlp.errors import RefusedError
from catnlp.extract.names import printable
from catnlp.extract.programs import absent, missed
from catnlp.review import reapply
from catnlp.review.log import state
from catnlp.sales.links import Window
from catnlp.settings import Settings
from catnlp.store import InputRow, Store

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]  # what just ended, files through, files in all


@dataclass
class Record:
    """What the manifest says of one input."""

    uri: str
    sha256: str
    size: int
    status: str = "failed"
    reason: str = ""
    reader: str = ""
    documents: int = 0
    pages: int = 0
    words: int = 0
    sentences: int = 0
    mentions: int = 0
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    resumed: bool = False  # kept from an earlier run, nothing was read again

    def add(self, document: Document, sentences: int, mentions: int) -> None:
        self.reader = document.reader
        self.documents += 1
        self.pages += len(document.pages)
        self.words += len(document.text.split())
        self.sentences += sentences
        self.mentions += mentions
        self.warnings += document.warnings


@dataclass
class Run:
    """One run over inputs, and what came of each."""

    records: list[Record]
    versions: dict[str, str]
    seconds: dict[str, float]
    peak_memory_mib: float
    started: str
    machines: list[Machine]  # of this run, and of earlier ones that it resumes

    def count(self, status: str) -> int:
        return sum(record.status == status for record in self.records)

    def manifest(self) -> dict[str, Any]:
        """`run.json`: versions, totals, and a record for every input."""
        return {
            "started": self.started,
            "versions": self.versions,
            "machines": self.machines,
            "seconds": {stage: round(s, 2) for stage, s in self.seconds.items()},
            "peak_worker_memory_mib": round(self.peak_memory_mib),
            "totals": {
                **{status: self.count(status) for status in ("done", "skipped", "failed")},
                **{
                    name: sum(getattr(record, name) for record in self.records)
                    for name in ("documents", "pages", "words", "sentences", "mentions")
                },
            },
            "inputs": [_plain(record) for record in self.records],
        }


def _plain(record: Record) -> dict[str, Any]:
    plain = {name: getattr(record, name) for name in Record.__dataclass_fields__}
    plain["seconds"] = {stage: round(s, 3) for stage, s in record.seconds.items()}
    return plain


def run(
    names: Sequence[str],
    store: Store,
    settings: Settings,
    *,
    model: Path | None = None,
    force: bool = False,
    leave_out: Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Reads what is new or changed into the store. Each input gets exactly one record.

    `leave_out` is the folder of the results, which are no inputs.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    versions = fingerprint(model)
    version = "/".join(versions.values())
    sources = find_inputs(names, leave_out=leave_out)
    records: dict[str, Record] = {}
    prepared, engine = 0.0, None
    elsewhere: list[Input] = []  # what another run reads now
    with ExitStack() as stack:
        inputs = _told_apart(stack.enter_context(_inspected(sources, settings.max_file)))
        stack.callback(store.release)
        for group, wait in _groups(inputs, elsewhere):
            free = _free(store, elsewhere, wait=wait)
            todo = _to_read(group, records, store, version, force, free)
            first = next(todo, None)
            prepared = prepared or time.perf_counter()
            if first is None:
                continue
            engine = engine or stack.enter_context(closing(make_engine(settings, model)))
            for record, reading in _read(engine, chain([first], todo), records, store, version):
                if progress:
                    through = len(records) - reading - len(elsewhere)
                    progress(_line(record), through, len(sources))
    peak = engine.peak_memory if engine else 0.0
    machines = all_machines(engine.machines if engine else [], records, leave_out)
    store.mark_copies()
    _reapply_all(store)
    store.relink_sales(sale_window(settings))
    seconds = {"prepare": prepared - clock, "read": time.perf_counter() - prepared}
    for record in records.values():
        for stage, value in record.seconds.items():
            seconds[f"read.{stage}"] = seconds.get(f"read.{stage}", 0.0) + value
    stamp = started.isoformat(timespec="seconds")
    return Run(list(records.values()), versions, seconds, peak, stamp, machines)


def all_machines(
    machines: list[Machine], records: dict[str, Record], out: Path | None
) -> list[Machine]:
    """Those of this run after those whose readings were kept; a warning where they differ."""
    if any(record.resumed for record in records.values()):
        before = earlier(out)
        machines = before + [machine for machine in machines if machine not in before]
    if warning := mixed(machines):
        log.warning(warning)
    return machines


def _told_apart(inputs: Iterable[Input]) -> Iterator[Input]:
    """Each under a name of its own; names that are not UTF-8 may be shown in the same way."""
    seen: set[str] = set()
    for item in inputs:
        while item.uri in seen:
            item = replace(item, uri=f"{item.uri} (another)")
        seen.add(item.uri)
        yield item


def _groups(
    inputs: Iterable[Input], elsewhere: list[Input]
) -> Iterator[tuple[Iterable[Input], bool]]:
    """All inputs; then those that another run read, waiting for it: one by one, since who waits
    holds nothing."""
    yield inputs, False
    while elsewhere:
        yield [elsewhere.pop(0)], True


def _free(store: Store, elsewhere: list[Input], *, wait: bool) -> Callable[[Input], bool]:
    """Whether no other run reads an input, so that this one may; puts it `elsewhere` if not."""

    def free(item: Input) -> bool:
        if store.hold(item.uri, wait=wait):
            return True
        elsewhere.append(item)
        return False

    return free


@contextmanager
def _inspected(sources: Sequence[Source], max_mib: int) -> Iterator[Iterator[Input]]:
    """The inputs one by one, as they are asked for; copies of what is elsewhere do not outlive
    it."""
    with ExitStack() as stack:
        folder = Path()
        if any(isinstance(source, str) for source in sources):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="catnlp-")))
        yield (
            fetch(source, max_mib, folder) if isinstance(source, str) else inspect(source, max_mib)
            for source in sources
        )


def _read(
    engine: Engine, todo: Iterable[Input], records: dict[str, Record], store: Store, version: str
) -> Iterator[tuple[Record, int]]:
    """The record of each input as it comes to its end, and how many are with the engine."""
    lost: dict[str, str] = {}  # inputs of which the store refused a document, and why
    kept: dict[str, set[str]] = defaultdict(set)  # ids of documents; an archive has some twice
    reading: set[str] = set()

    def tasks() -> Iterator[Task]:
        for item in todo:
            reading.add(item.uri)
            yield Task(item.uri, item.path)

    for task, message in engine.run(tasks()):
        record = records[task.uri]
        if isinstance(message, Read):
            lost[task.uri] = lost.get(task.uri) or _keep(store, record, message, kept[task.uri])
            continue
        discard(task.uri, task.path)
        ended = Ended("failed", lost[task.uri]) if lost.get(task.uri) else message
        _end(store, record, ended, version, path=task.path)
        reading.remove(task.uri)
        kept.pop(task.uri, None)
        yield record, len(reading)


def sale_window(settings: Settings) -> Window:
    """In which years a sale and an abuse of its recipient are linked."""
    return Window(settings.sale_before, settings.sale_after, settings.sale_most)


def _to_read(
    inputs: Iterable[Input],
    records: dict[str, Record],
    store: Store,
    version: str,
    force: bool,
    free: Callable[[Input], bool],
) -> Iterator[Input]:
    """The inputs that are new or changed, each as the engine has room for it; settles all others
    in their records, but for those that are not free."""
    first_with: dict[str, str] = {}
    good = [] if force else _still_good(version)
    for item in inputs:
        record = Record(item.uri, item.sha256, item.size, item.status, item.reason)
        records[item.uri] = record
        first = first_with.setdefault(item.sha256, item.uri)
        try:
            if item.status:
                _end(store, record, Ended(item.status, item.reason), version)
            elif first != item.uri:
                _end(store, record, Ended("skipped", f"the same bytes as {first}"), version)
            elif kept := _finished(store, item, good):
                _resume(store, record, kept)
            elif not free(item):
                continue
            elif kept := _finished(store, item, good):  # by another run, until now
                store.release(item.uri)
                _resume(store, record, kept)
            else:
                store.begin_input(item.uri, item.sha256, item.size)
                yield item
                continue
        except RefusedError as error:
            store.release(item.uri)
            record.status, record.reason = "failed", str(error)
        discard(item.uri, item.path)


def _finished(store: Store, item: Input, good: Iterable[str]) -> InputRow | None:
    found = (store.finished(item.uri, item.sha256, each) for each in good)
    return next(filter(None, found), None)


def _still_good(version: str) -> list[str]:
    """Versions whose readings stand: not those that lacked a program which is there now."""
    lacking = absent()
    counts = range(len(lacking) + 1)
    return [_without(version, names) for count in counts for names in combinations(lacking, count)]


def _without(version: str, programs: Sequence[str]) -> str:
    return "/".join([version, *(f"without {name}" for name in programs)])


def _resume(store: Store, record: Record, kept: InputRow) -> None:
    record.resumed = True
    for name in ("status", "reason", "reader", "documents", "pages", "words"):
        setattr(record, name, getattr(kept, name))
    for reading in store.readings(record.uri):
        record.sentences += reading.sentences
        record.mentions += reading.mentions
        record.warnings += reading.warnings


def _keep(store: Store, record: Record, message: Read, kept: set[str]) -> str:
    """Puts a document into the store; why it could not, or nothing. One that came before counts
    once."""
    clock = time.perf_counter()
    analysis = message.analysis
    try:
        store.put(analysis, record.uri)
    except RefusedError as error:
        return str(error)
    except UnicodeError as error:  # half a character, which no reader should let through
        return f"its text cannot be stored ({error}); please report it"
    reapply(store, [analysis.document.id])
    if analysis.document.id not in kept:
        kept.add(analysis.document.id)
        record.add(analysis.document, len(analysis.sentences), len(analysis.mentions))
    seconds = {**analysis.seconds, "store": time.perf_counter() - clock}
    for stage, value in seconds.items():
        record.seconds[stage] = record.seconds.get(stage, 0.0) + value
    return ""


def _end(
    store: Store, record: Record, ended: Ended, version: str, *, path: Path | None = None
) -> None:
    """`path` is where the input was read; what it is called is said in its place."""
    reason = ended.reason.replace(str(path), record.uri) if path else ended.reason
    reason = printable(reason).removeprefix(f"{record.uri}: ")
    row = InputRow(
        uri=record.uri,
        sha256=record.sha256,
        size=record.size,
        status=ended.status,
        reason=reason,
        reader=record.reader,
        fingerprint=_without(version, missed(record.warnings)),
        documents=record.documents,
        pages=record.pages,
        words=record.words,
    )
    try:
        row = store.finish_input(row)
    except RefusedError as error:  # of its name or of the reason
        row = replace(row, status="failed", reason=row.reason or str(error))
        with suppress(RefusedError):  # where it is the name that cannot be stored
            store.finish_input(replace(row, reason="its reason cannot be stored; see run.json"))
    record.status, record.reason = row.status, row.reason
    store.release(record.uri)
    for warning in record.warnings:
        log.info("%s: %s", record.uri, warning)


def _reapply_all(store: Store) -> None:
    """Also where a text was moved into a file that was kept; says what a person should look at."""
    reapply(store)
    decisions, problems = state(store)
    if problems:
        log.warning(
            "%d of %d decisions of reviewers are in conflict or not found again; "
            "see `catnlp review log STORE --conflicts`",
            problems,
            decisions,
        )
    elif decisions:
        log.info("%d decisions of reviewers applied", decisions)


def _line(record: Record) -> str:
    what = f"{record.words:,} words, {record.mentions:,} mentions"
    return f"{record.uri}: {record.status}, {record.reason or what}"
