from collections.abc import Iterator
from multiprocessing import Pipe
from pathlib import Path

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
