"""The short form of scripts/torture.py: a few faults, the same ones every time."""

import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")


@pytest.fixture
def torture(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    sys.modules.pop("torture", None)
    import torture  # type: ignore[import-not-found]

    return torture


@pytest.mark.parametrize(
    "scenario",
    ["kills", pytest.param("full-disk", marks=LINUX), pytest.param("read-only", marks=LINUX),
     "clock", "two-runs"],
)  # fmt: skip
def test_nothing_is_lost_or_doubled(scenario: str, torture: object) -> None:
    ((_, well, message),) = torture.torture(  # type: ignore[attr-defined]
        files=60, kills=4, engine="local", workers=2, seed=3, only=[scenario]
    )
    if message.startswith("SKIPPED"):
        pytest.skip(message)
    assert well, message
