"""Two nodes of Ray on the loopback, each a process group that is ended by its own id."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class TwoNodes:
    """A running cluster: its address, what a process needs to join it, and its nodes."""

    address: str
    environment: dict[str, str]
    head: "subprocess.Popen[bytes]"
    second: "subprocess.Popen[bytes]"


def environment() -> dict[str, str]:
    """Token on; nothing reported; what is in the checkout is what the nodes import."""
    return {
        **os.environ,
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # listen on the loopback only, on Linux too
        "RAY_worker_niceness": "0",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(variables: dict[str, str], *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--block", *options,
               "--node-ip-address=127.0.0.1", "--disable-usage-stats",
               f"--object-store-memory={128 * 1024 * 1024}"]  # fmt: skip
    return subprocess.Popen(
        command, env=variables, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def end(node: "subprocess.Popen[bytes]") -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(node.pid, number)
            node.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
    node.wait()


@contextmanager
def two_nodes(folder: Path) -> Iterator[TwoNodes]:
    """One CPU each, so that two workers are on two nodes. `folder`: Ray's files; short path."""
    variables, port = environment(), free_port()
    head = start(variables, "--head", f"--port={port}", "--num-cpus=1",
                 "--include-dashboard=false", f"--temp-dir={folder}")  # fmt: skip
    address = f"127.0.0.1:{port}"
    second = None
    try:
        wait_for(port)
        second = start(variables, f"--address={address}", "--num-cpus=1")
        yield TwoNodes(address, variables, head, second)
    finally:
        for node in (second, head):
            if node is not None:
                end(node)


def wait_for(port: int, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"no head of Ray on port {port} after {seconds} s")
