"""One run at a time on a store: two would drop each other's half-read files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catnlp.address import Where
from catnlp.errors import StoreError


@contextmanager
def alone(store: Where) -> Iterator[None]:
    """Holds the store for this run; StoreError names the process that holds it already.

    A PostgreSQL server has locks of its own, an input at a time, and takes many runs at once.

    The system lets go of the lock when the process ends, however it ends.
    """
    if not isinstance(store, Path):
        yield
        return
    from filelock import FileLock, Timeout

    whole = Path(os.path.realpath(store))  # a link is another name for the same store
    path = whole.with_name(whole.name + ".lock")
    lock = FileLock(path, blocking=False)
    try:
        held = lock.acquire()
    except Timeout as error:
        raise StoreError(
            f"{store}: another run is writing to it (process {_holder(path)}); "
            "wait until it ends, or name another store"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be made ({error.strerror}); make its folder writable, "
            "or name a store elsewhere"
        ) from error
    with held:
        path.write_text(f"{os.getpid()}\n", encoding="utf-8")
        yield


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "unknown"
    except OSError:
        return "unknown"
