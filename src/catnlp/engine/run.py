"""The run: inputs -> analyses -> store, one document a transaction; then the manifest."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from catnlp.domain import Document
from catnlp.engine.analyze import fingerprint
from catnlp.engine.engines import Engine, make_engine
from catnlp.engine.inputs import Input, find_inputs, inspect
from catnlp.engine.worker import Ended, Read, Task
from catnlp.errors import RefusedError
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

    def count(self, status: str) -> int:
        return sum(record.status == status for record in self.records)

    def manifest(self) -> dict[str, Any]:
        """`run.json`: versions, totals, and a record for every input."""
        return {
            "started": self.started,
            "versions": self.versions,
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
    """Reads what is new or changed into the store. Each input gets exactly one record."""
    started, clock = datetime.now(UTC), time.perf_counter()
    versions = fingerprint(model)
    version = "/".join(versions.values())
    inputs = [inspect(p, settings.max_file) for p in find_inputs(names, leave_out=leave_out)]
    records = {i.uri: Record(i.uri, i.sha256, i.size, i.status, i.reason) for i in inputs}
    todo = _to_read(inputs, records, store, version, force)
    prepared = time.perf_counter()
    through = len(inputs) - len(todo)
    peak = 0.0
    if todo:
        with closing(make_engine(settings, model)) as engine:
            for record in _read(engine, todo, records, store, version):
                through += 1
                if progress:
                    progress(_line(record), through, len(inputs))
            peak = engine.peak_memory
    store.mark_copies()
    _reapply_all(store)
    store.relink_sales(sale_window(settings))
    seconds = {"prepare": prepared - clock, "read": time.perf_counter() - prepared}
    for record in records.values():
        for stage, value in record.seconds.items():
            seconds[f"read.{stage}"] = seconds.get(f"read.{stage}", 0.0) + value
    stamp = started.isoformat(timespec="seconds")
    return Run(list(records.values()), versions, seconds, peak, stamp)


def _read(
    engine: Engine, todo: Sequence[Input], records: dict[str, Record], store: Store, version: str
) -> Iterator[Record]:
    """The record of each input as it comes to its end."""
    lost: dict[str, str] = {}  # inputs of which the store refused a document, and why
    for task, message in engine.run([Task(i.uri, i.path) for i in todo]):
        record = records[task.uri]
        if isinstance(message, Read):
            lost[task.uri] = lost.get(task.uri) or _keep(store, record, message)
            continue
        ended = Ended("failed", lost[task.uri]) if lost.get(task.uri) else message
        _end(store, record, ended, version)
        yield record


def sale_window(settings: Settings) -> Window:
    """In which years a sale and an abuse of its recipient are linked."""
    return Window(settings.sale_before, settings.sale_after, settings.sale_most)


def _to_read(
    inputs: Iterable[Input], records: dict[str, Record], store: Store, version: str, force: bool
) -> list[Input]:
    """The inputs that are new or changed; settles all others in their records."""
    todo: list[Input] = []
    first_with: dict[str, str] = {}
    good = _still_good(version)
    for item in inputs:
        record = records[item.uri]
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
                todo.append(item)
            else:
                _resume(store, record, kept)
    return todo


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
    reapply(store, [analysis.document.id])
    record.add(analysis.document, len(analysis.sentences), len(analysis.mentions))
    seconds = {**analysis.seconds, "store": time.perf_counter() - clock}
    for stage, value in seconds.items():
        record.seconds[stage] = record.seconds.get(stage, 0.0) + value
    return ""


def _end(store: Store, record: Record, ended: Ended, version: str) -> None:
    record.status, record.reason = ended.status, ended.reason.removeprefix(f"{record.uri}: ")
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
