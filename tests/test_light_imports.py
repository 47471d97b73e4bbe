"""The command line and the domain start without the heavy packages."""

import subprocess
import sys
import time

import pytest

HEAVY = {"spacy", "torch", "transformers", "pdfplumber", "lxml", "pycountry", "jinja2", "flask"}


@pytest.mark.parametrize("module", ["catnlp", "catnlp.cli", "catnlp.domain", "catnlp.taxonomy"])
def test_imports_are_light(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.split())


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "catnlp", "--help"], capture_output=True, text=True, check=True
        )
        times.append(time.perf_counter() - started)
    assert "Commands, in the order of the flow" in done.stdout
    assert min(times) < 1.0  # a fraction of a second alone; generous for a busy machine
