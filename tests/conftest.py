"""Fixtures for all tests."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from catnlp.address import Where
from tests.postgresql import Absent, Server, running

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes; run with --slow"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and labels beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample documents that ship."""
    return Path(__file__).parents[1] / "corpora" / "samples" / "documents"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server; skips where none can be started."""
    try:
        with running() as server:
            yield server
    except Absent as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Where]:
    """Where another empty store can be made, for a test that both databases have to pass."""
    numbers = count()
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        return lambda: server.database(next(numbers))
    return lambda: tmp_path / f"store{next(numbers)}.db"


@pytest.fixture
def address(new_address: Callable[[], Where]) -> Where:
    """One of them."""
    return new_address()
