"""A store to review, and a server on it, for tests."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catnlp.store import InputRow, open_store
from tests.analyses import analysis


def fill(path: Path, flags: int) -> None:
    """A store with so many flags, 50 a document, with a harmless sentence between any two."""
    with open_store(path) as store:
        for number in range(-(-flags // 50)):
            quotes = []
            for n in range(min(50, flags - 50 * number)):
                quotes.append(("It was a quiet day.", "", "", ""))
                quotes.append(
                    (f"Police in town {number}-{n} beat detainees – again.", "beat detainees",
                     "torture-ill-treatment", "affirmed")
                )  # fmt: skip
            name = f"doc{number:03}"
            store.begin_input(name, name, 1)
            country = ("TGO", "GHA")[number % 2]
            store.put(analysis(name, tuple(quotes), country, title=f"Report {number}"), name)
            store.finish_input(InputRow(name, name, 1, "done", documents=1))


@contextmanager
def served(path: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address to open, and the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "catnlp", "review", "serve", str(path), "--reviewer", "Ann"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        found = re.search(r"http\S+", process.stderr.readline())
        assert found, "the server printed no address"
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait()
        process.stderr.close()  # type: ignore[union-attr]
