import time
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing import Pipe
from pathlib import Path

import psutil
import pytest

from catnlp.domain import Analysis
from catnlp.engine.local import LocalEngine
from catnlp.engine.worker import Ended, Read, Task, serve
from catnlp.errors import ModelError
from tests.engine import targets


def run(names: list[str], workers: int = 2, **limits: float) -> dict[str, list[Read | Ended]]:
    engine = LocalEngine(
        workers,
        timeout=limits.get("timeout", 60),
        memory=int(limits.get("memory", 4096)),
        target=targets.behave,
    )
    messages: dict[str, list[Read | Ended]] = {name: [] for name in names}
    for task, message in engine.run([Task(name, Path(name)) for name in names]):
        messages[task.uri].append(message)
    return messages


def end(messages: list[Read | Ended]) -> Ended:
    (ended,) = [m for m in messages if isinstance(m, Ended)]
    return ended


def test_local_reads_every_file_once() -> None:
    names = [f"good{i}" for i in range(7)]
    found = run(names)
    assert all(end(found[name]).status == "done" for name in names)
    assert all(len(found[name]) == 2 for name in names)


def test_local_a_crash_ends_one_document() -> None:
    found = run(["good1", "crash", "good2", "good3"])
    assert end(found["crash"]).status == "failed"
    assert "SIGSEGV" in end(found["crash"]).reason
    assert all(end(found[f"good{i}"]).status == "done" for i in (1, 2, 3))


def test_local_a_worker_that_exits_half_way_is_a_failure() -> None:
    assert "exit code 3" in end(run(["half"])["half"]).reason


def test_local_a_hanging_document_is_stopped() -> None:
    found = run(["hang", "good1"], timeout=1.0)
    assert "longer than 1 s" in end(found["hang"]).reason
    assert end(found["good1"]).status == "done"


def test_local_a_document_that_eats_memory_is_stopped() -> None:
    found = run(["eat", "good1"], memory=500)
    assert "more than 500 MiB" in end(found["eat"]).reason
    assert end(found["good1"]).status == "done"


def test_local_large_documents_come_whole() -> None:
    found = run(["large1", "large2", "large3"])
    for name, messages in found.items():
        read = next(m for m in messages if isinstance(m, Read))
        assert read.analysis.document.text == targets.TEXT + " " * targets.LARGE, name
        assert end(messages).status == "done"


def test_local_a_worker_killed_in_the_middle_of_a_message_ends_one_document() -> None:
    found = run(["good1", "cut", "good2"])
    assert "crashed the reader (SIGKILL)" in end(found["cut"]).reason
    assert end(found["good1"]).status == end(found["good2"]).status == "done"


def test_local_a_worker_that_stalls_in_the_middle_of_a_message_is_stopped() -> None:
    started = time.monotonic()
    found = run(["stall", "good1"], workers=1, timeout=1.0)
    assert "longer than 1 s" in end(found["stall"]).reason
    assert end(found["good1"]).status == "done"
    assert time.monotonic() - started < 60


def test_local_a_message_that_is_none_ends_one_document() -> None:
    found = run(["noise", "good1"], workers=1)
    assert "crashed the reader" in end(found["noise"]).reason
    assert end(found["good1"]).status == "done"


@pytest.mark.parametrize("name", ["steps", "parts"])
def test_local_a_file_whose_steps_have_no_end_is_stopped(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catnlp.engine.local.FILE_LIMIT", 2)
    found = run([name, "good1"], workers=1, timeout=3.0)
    assert "longer than 2 times 3 s" in end(found[name]).reason
    assert end(found["good1"]).status == "done"


def test_local_programs_count_as_memory_of_the_worker_and_end_with_it() -> None:
    found = run(["program-eats", "good1"], memory=400)
    assert "more than 400 MiB" in end(found["program-eats"]).reason
    found = run(["program-hangs", "good1"], timeout=1.0)
    assert "longer than 1 s" in end(found["program-hangs"]).reason
    assert gone("program-")


def test_local_limits_hold_and_programs_end_while_the_run_is_busy() -> None:
    with closing(LocalEngine(1, timeout=1, memory=4096, target=targets.behave)) as engine:
        running = engine.run([Task("a", Path("then-program-hangs"))])
        assert isinstance(next(running)[1], Read)
        worker = psutil.Process(engine._slots[0].process.pid)
        time.sleep(3)  # as a store does that waits for another
        assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE
        assert gone("program-")
        assert "longer than 1 s" in end([m for _, m in running]).reason


def test_local_a_busy_run_is_no_fault_of_its_documents() -> None:
    with closing(LocalEngine(1, timeout=1, memory=4096, target=targets.behave)) as engine:
        running = engine.run([Task("a", Path("twenty"))])
        for _ in range(2):
            next(running)
            time.sleep(2)  # while it has nothing to do but wait
        assert end([m for _, m in running]).status == "done"


def test_local_programs_end_with_the_engine() -> None:
    with closing(LocalEngine(1, timeout=60, memory=4096, target=targets.behave)) as engine:
        running = engine.run([Task("a", Path("then-program-hangs"))])
        next(running)
        time.sleep(1)
        assert not gone("program-")
    assert gone("program-")


def gone(program: str) -> bool:
    time.sleep(0.3)
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cmdline()[-1:] and process.cmdline()[-1].startswith(program):
                return False
    return True


@pytest.mark.parametrize(
    ("target", "message"),
    [(targets.break_down, "no model here"), (targets.die_at_start, "exit code 7")],
)
def test_local_a_worker_that_cannot_start_ends_the_run(target: object, message: str) -> None:
    engine = LocalEngine(1, timeout=5, memory=4096, target=target)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=message):
        list(engine.run([Task("a", Path("a"))]))


class Unused:
    def analyze_file(self, path: Path, uri: str) -> Iterator[Analysis]:
        raise AssertionError("no task was sent")


def test_a_worker_ends_without_a_word_when_its_run_is_gone() -> None:
    mine, theirs = Pipe()
    theirs.send("not yet heard")  # so that closing resets the connection
    mine.close()
    serve(theirs, Unused())
