"""Actors of Ray, on this machine or a cluster, each with one supervised worker process.

What a document does (crash, hang, eat memory) is seen to by the actor, as on one machine: it
runs the local engine with one worker. What happens to actors and machines is seen to here: a
file whose actor is lost is given to another, `attempts.MOST` times in all. Ray's own retries are
off, as they have no end. Ray Data is not used: it has no limit of time for a document.
"""

import functools
import importlib
import logging
import os
import secrets
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catnlp.engine.analyze import fingerprint
from catnlp.engine.attempts import Attempt
from catnlp.engine.local import START_LIMIT, LocalEngine, Work
from catnlp.engine.pool import Pool, Slot
from catnlp.engine.worker import Ended, Read, Task, work
from catnlp.errors import CatnlpError, EngineError, ModelError, UsageError
from catnlp.settings import processors

TICK = 0.5  # seconds between looks at actors that say nothing
UNREAD = 4  # documents that an actor may be ahead of the writer
OBJECT_STORE = 512 * 1024 * 1024  # bytes of memory for documents on their way, on this machine
LOST = 3  # actors in a row that end before they are ready: something is wrong with all of them

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where Ray runs: `address` of a running cluster (`auto`, `host:6379`), "" for this machine."""

    address: str = ""
    gpus: float = 0.0  # of each worker; a share is allowed


@dataclass(frozen=True, slots=True)
class Used:
    """What an actor has used so far: memory (MiB), and what its machine reads with."""

    memory: float
    machines: list[dict[str, str]]


class Reader:
    """The actor: its state is the local engine, whose worker process holds the model."""

    def __init__(
        self,
        timeout: float,
        memory: int,
        model: Path | None,
        target: Work,
        versions: dict[str, str],
    ) -> None:
        self.wrong = _other_versions(versions, model)
        self.engine = LocalEngine(1, timeout=timeout, memory=memory, model=model, target=target)

    def ready(self) -> str:
        """Why it cannot be used, or nothing."""
        return self.wrong

    def read(self, task: Task) -> Iterator[Read | Ended | Used]:
        """What the local engine yields; before the end, what it took."""
        try:
            task.path.open("rb").close()
        except FileNotFoundError:
            yield Ended("failed", "is not there on a machine of the cluster; use a shared folder")
            return
        except OSError as error:
            yield Ended("failed", f"cannot be opened on a machine of the cluster: {error.strerror}")
            return
        for _, message in self.engine.run([task]):
            if isinstance(message, Ended):
                yield Used(self.engine.peak_memory, self.engine.machines)
            yield message


def _other_versions(wanted: dict[str, str], model: Path | None) -> str:
    found = fingerprint(model)
    differ = [f"{name} {found[name]}, not {wanted[name]}" for name in wanted
              if found[name] != wanted[name]]  # fmt: skip
    return "; ".join(differ)


@dataclass
class Hired(Slot):
    """An actor with what it is doing: `stream` gives its messages."""

    actor: Any
    stream: Any  # of ObjectRefs; while it is not ready, the one of `ready`
    since: float = field(default_factory=time.monotonic)


class RayEngine(Pool[Hired]):
    """Runs tasks on `workers` actors; `peak_memory` is the largest worker seen, in MiB.

    With `workers` 0, as many as there are processors, or GPUs where GPUs are asked for.
    """

    def __init__(
        self,
        workers: int,
        *,
        timeout: float,
        memory: int,
        model: Path | None = None,
        cluster: Cluster = Cluster(),
        target: Work | None = None,
    ) -> None:
        self.cluster = cluster
        self.peak_memory = 0.0
        self.machines: list[dict[str, str]] = []
        self._target = target or functools.partial(work, device="cuda" if cluster.gpus else "cpu")
        self._limits = (timeout, memory, model, self._target, fingerprint(model))
        self._slots: list[Hired] = []
        self._lost = 0
        self._ray = _start(cluster, workers)
        self.workers = workers or self._room()

    def _room(self) -> int:
        """How many actors the cluster can hold."""
        there = self._ray.cluster_resources()
        if self.cluster.gpus:
            return max(1, int(there.get("GPU", 0) / self.cluster.gpus))
        return max(1, int(there.get("CPU", 1)))

    def close(self) -> None:
        """Ends the actors, and Ray itself where it was started here."""
        for slot in list(self._slots):
            self._stop(slot)
        self._ray.shutdown()

    def _give(self, slot: Hired, waiting: deque[Attempt]) -> None:
        slot.attempt = waiting.popleft()
        task = Task(slot.attempt.task.uri, slot.attempt.task.path.absolute())
        slot.stream = slot.actor.read.options(
            num_returns="streaming", _generator_backpressure_num_objects=UNREAD
        ).remote(task)

    def _hire(self) -> None:
        actor = (
            self._ray.remote(Reader)
            .options(
                num_cpus=1, num_gpus=self.cluster.gpus, max_restarts=0, max_task_retries=0,
                scheduling_strategy="SPREAD",
            )
            .remote(*self._limits)
        )  # fmt: skip
        self._slots.append(Hired(actor, actor.ready.remote()))

    def _listen(self, waiting: deque[Attempt]) -> Iterator[tuple[Task, Read | Ended]]:
        streams = {slot.stream: slot for slot in self._slots if slot.attempt or not slot.ready}
        heard, _ = self._ray.wait(list(streams), num_returns=1, timeout=TICK, fetch_local=False)
        if not heard:
            self._check_node()
            if not any(slot.ready for slot in self._slots):
                self._check_start()
        for stream in heard:
            slot = streams[stream]
            try:
                yield from self._received(slot)
            except self._ray.exceptions.RayTaskError as error:
                yield from self._failed(slot, error)
            except self._ray.exceptions.RayError as error:  # the actor, its machine, its memory
                yield from self._died(slot, waiting, error)

    def _received(self, slot: Hired) -> Iterator[tuple[Task, Read | Ended]]:
        if not slot.ready:
            wrong = self._ray.get(slot.stream)
            if wrong:
                raise ModelError(f"a machine of the cluster has another version: {wrong}")
            slot.ready, self._lost = True, 0
            return
        message = self._ray.get(next(slot.stream))
        if isinstance(message, Used):
            self.peak_memory = max(self.peak_memory, message.memory)
            self.machines += [m for m in message.machines if m not in self.machines]
        else:
            yield from slot.hear(message)

    def _failed(self, slot: Hired, error: Any) -> Iterator[tuple[Task, Ended]]:
        """An error in an actor ends its file, and the run where no actor could do better."""
        attempt, cause = slot.attempt, error.cause
        if attempt is None or isinstance(cause, CatnlpError):
            raise ModelError(f"an actor failed: {cause}") from error
        self._stop(slot)
        reason = f"unexpected {type(cause).__name__} in its actor: {cause}; please report it"
        yield attempt.task, Ended("failed", reason)

    def _died(
        self, slot: Hired, waiting: deque[Attempt], error: Exception
    ) -> Iterator[tuple[Task, Ended]]:
        attempt = slot.attempt
        self._stop(slot)
        if not slot.ready:
            self._lost += 1
            if self._lost >= LOST:
                raise ModelError(f"{LOST} actors in a row ended while starting: {error}")
        elif attempt is not None and attempt.again():
            log.info("%s: its actor is lost; given to another", attempt.task.uri)
            waiting.append(attempt)
        elif attempt is not None:
            yield attempt.task, Ended("failed", f"its actor was lost {attempt.number - 1} times")

    def _check_node(self) -> None:
        """Without the raylet that this process talks to, nothing would ever be heard again."""
        mine = self._ray.get_runtime_context().get_node_id()
        if not any(node["Alive"] for node in self._ray.nodes() if node["NodeID"] == mine):
            raise EngineError(
                "Ray has ended on this machine; what was kept stays: run the same command again"
            )

    def _check_start(self) -> None:
        if time.monotonic() - self._slots[0].since > START_LIMIT:
            need = f"1 CPU and {self.cluster.gpus:g} GPU" if self.cluster.gpus else "1 CPU"
            raise UsageError(
                f"the cluster started no actor in {START_LIMIT:.0f} s; each needs {need}, "
                f"and free are {self._ray.available_resources()}"
            )

    def _stop(self, slot: Hired) -> None:
        self._slots.remove(slot)
        self._ray.kill(slot.actor)


def _start(cluster: Cluster, workers: int) -> Any:
    """Joins the cluster, or starts Ray on this machine, for this run alone."""
    if "ray" not in sys.modules:  # it reads its environment once
        for name, value in _environment(cluster).items():
            os.environ.setdefault(name, value)
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError as error:
        raise UsageError(
            "--engine ray needs Ray; install it with: pip install 'catnlp[ray]'"
        ) from error

    common = {"log_to_driver": False, "logging_level": logging.ERROR}
    if not cluster.address:
        try:
            ray.init(
                address="local",  # never one that was left over from something else
                num_cpus=workers or processors(),
                object_store_memory=OBJECT_STORE,
                include_dashboard=False,
                **common,
            )
        except Exception as error:  # of its own it has no kind for this
            raise EngineError(
                f"Ray did not start on this machine ({error}); run the same "
                "command again, or without --engine ray"
            ) from error
        return ray
    try:
        _knock(cluster.address)
        ray.init(address=cluster.address, **common)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(
            f"no cluster of Ray at {cluster.address}, or not with this token ({error}); "
            "see docs/cluster.md"
        ) from error
    return ray


def _knock(address: str) -> None:
    """OSError where nobody answers; Ray itself would try for ten minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()


def _environment(cluster: Cluster) -> dict[str, str]:
    """Ray reports nothing; on this machine alone it is not to be reached from its networks."""
    quiet = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_DEDUP_LOGS_SKIP_REGEX": "^",  # it prints what its raylet says to stdout, our data
    }
    if cluster.address:
        return quiet
    return {
        **quiet,
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # on Linux too: it listens on the loopback only
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_worker_niceness": "0",  # as the workers of the local engine
    }
