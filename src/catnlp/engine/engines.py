"""The engines, by the name that `--engine` takes."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from catnlp.engine.worker import Ended, Read, Task
from catnlp.errors import UsageError
from catnlp.settings import Settings


class Engine(Protocol):
    """Reads files in other processes, which stay until `close`."""

    peak_memory: float  # MiB of the largest worker seen, with its children
    machines: list[dict[str, str]]  # what the workers read with (`machines.describe`), each once

    def close(self) -> None: ...
    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Read | Ended]]:
        """Each document as it is read, and exactly one Ended for each task."""
        ...


def _local(settings: Settings, model: Path | None) -> Engine:
    from catnlp.engine.local import LocalEngine

    if settings.num_gpus or settings.ray_address:
        raise UsageError("--num-gpus and --ray-address are for --engine ray; add it")
    return LocalEngine(
        settings.worker_count, timeout=settings.timeout, memory=settings.memory, model=model
    )


def _ray(settings: Settings, model: Path | None) -> Engine:
    from catnlp.engine.ray import Cluster, RayEngine

    return RayEngine(
        settings.workers,
        timeout=settings.timeout,
        memory=settings.memory,
        model=model,
        cluster=Cluster(settings.ray_address, settings.num_gpus),
    )


ENGINES: dict[str, Callable[[Settings, Path | None], Engine]] = {"local": _local, "ray": _ray}


def make_engine(settings: Settings, model: Path | None) -> Engine:
    """The engine that the settings name; UsageError for one that does not exist."""
    if settings.engine not in ENGINES:
        raise UsageError(f"no engine {settings.engine!r}; there are: {', '.join(ENGINES)}")
    return ENGINES[settings.engine](settings, model)
