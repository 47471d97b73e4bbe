"""The run: inputs -> analyses -> store, one document a transaction; then the manifest."""

import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
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
    peak = 0.0
    machines: list[Machine] = []
    with _inspected(sources, settings.max_file) as inputs:
        todo = _to_read(inputs, records, store, version, force)
        first = next(todo, None)
        prepared = time.perf_counter()
        if first is not None:
            with closing(make_engine(settings, model)) as engine:
                todo = chain([first], todo)
                for record, reading in _read(engine, todo, records, store, version):
                    if progress:
                        progress(_line(record), len(records) - reading, len(sources))
                peak, machines = engine.peak_memory, engine.machines
    machines = all_machines(machines, records, leave_out)
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
    reading: set[str] = set()

    def tasks() -> Iterator[Task]:
        for item in todo:
            reading.add(item.uri)
            yield Task(item.uri, item.path)

    for task, message in engine.run(tasks()):
        record = records[task.uri]
        if isinstance(message, Read):
            lost[task.uri] = lost.get(task.uri) or _keep(store, record, message)
            continue
        discard(task.uri, task.path)
        ended = Ended("failed", lost[task.uri]) if lost.get(task.uri) else message
        _end(store, record, ended, version, path=task.path)
        reading.remove(task.uri)
        yield record, len(reading)


def sale_window(settings: Settings) -> Window:
    """In which years a sale and an abuse of its recipient are linked."""
    return Window(settings.sale_before, settings.sale_after, settings.sale_most)


def _to_read(
    inputs: Iterable[Input], records: dict[str, Record], store: Store, version: str, force: bool
) -> Iterator[Input]:
    """The inputs that are new or changed, each as the engine has room for it; settles all others
    in their records."""
    first_with: dict[str, str] = {}
    good = _still_good(version)
    for item in inputs:
        while item.uri in records:  # another name that is shown in the same way
            item = replace(item, uri=f"{item.uri} (another)")
        record = Record(item.uri, item.sha256, item.size, item.status, item.reason)
        records[item.uri] = record
        if item.status:
            _end(store, record, Ended(item.status, item.reason), version)
        elif item.sha256 in first_with:
            reason = f"the same bytes as {first_with[item.sha256]}"
            _end(store, record, Ended("skipped", reason), version)
        else:
            first_with[item.sha256] = item.uri
            found = (store.finished(item.uri, item.sha256, each) for each in good)
            kept = None if force else next(filter(None, found), None)
            if kept is None:
                store.begin_input(item.uri, item.sha256, item.size)
                yield item
                continue
            _resume(store, record, kept)
        discard(item.uri, item.path)


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


def _keep(store: Store, record: Record, message: Read) -> str:
    """Puts a document into the store; why it could not, or nothing."""
    clock = time.perf_counter()
    analysis = message.analysis
    try:
        store.put(analysis, record.uri)
    except RefusedError as error:
        return str(error)
    except UnicodeError as error:  # half a character, which no reader should let through
        return f"its text cannot be stored ({error}); please report it"
    reapply(store, [analysis.document.id])
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
    record.status, record.reason = ended.status, reason
    store.finish_input(
        InputRow(
            uri=record.uri,
            sha256=record.sha256,
            size=record.size,
            status=record.status,
            reason=record.reason,
            reader=record.reader,
            fingerprint=_without(version, missed(record.warnings)),
            documents=record.documents,
            pages=record.pages,
            words=record.words,
        )
    )
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
