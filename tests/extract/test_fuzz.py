"""Damaged files end in a document or a clear failure; benchmarks/fuzz.py does it at length."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_damaged_files_end_clearly(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    sys.modules.pop("fuzz", None)
    import fuzz  # type: ignore[import-not-found]

    broken = [found for found in fuzz.fuzz(20, first, 60, tmp_path) if found[2]]
    assert broken == []
