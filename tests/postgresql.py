"""A PostgreSQL server of our own for tests: in a temporary folder, on loopback, gone afterwards."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catnlp.address import Address
from catnlp.store.postgresql_schema import SCHEMA

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/bin", "/usr/local/bin")
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
USER = "owner"


class Absent(Exception):
    """No server can be started here, and why."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl, the newest version first."""
    on_path = shutil.which("initdb")
    found = [Path(on_path)] if on_path else []
    for place in PLACES:
        found += sorted(Path("/").glob(f"{place[1:]}/initdb"), reverse=True)
    if not found:
        raise Absent("PostgreSQL is not installed (Debian: apt install postgresql)")
    return found[0].resolve().parent


@dataclass
class Server:
    """A running one."""

    port: int
    password: str
    databases: int = 0  # made so far; making one takes long, so that they are emptied instead

    def address(self, database: str, user: str = USER, password: str = "") -> Address:
        return Address(
            f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"
        )

    def database(self, number: int) -> Address:
        """An empty one, whatever an earlier test left in it."""
        name = f"store{number}"
        if number < self.databases:
            self.execute(
                "postgres",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            self.execute(name, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        else:
            self.execute("postgres", f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
            self.databases = number + 1
        return self.address(name)

    def execute(self, database: str, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.address(database).url, autocommit=True) as db:
            db.execute(sql.encode())


@contextmanager
def running(settings: tuple[str, ...] = SETTINGS) -> Iterator[Server]:
    """Absent where it cannot be had."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise Absent("psycopg is not installed (extra: postgres)") from error
    folder, programs = Path(tempfile.mkdtemp(prefix="catnlp-pg-")), binaries()
    server = Server(_free_port(), secrets.token_hex(12))
    user = _user()
    try:
        (folder / "password").write_text(server.password)
        if user:
            for path in (folder, folder / "password"):
                shutil.chown(path, user, pwd.getpwnam(user).pw_gid)
        data = str(folder / "data")
        _call(user, programs / "initdb", "-D", data, "-U", USER, "-E", "UTF8", "--locale=C.UTF-8",
              "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--no-sync")  # fmt: skip
        options = ["listen_addresses=127.0.0.1", f"port={server.port}",
                   f"unix_socket_directories={folder}", *settings]  # fmt: skip
        _call(user, programs / "pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o",
              " ".join(f"-c {option}" for option in options), "start")  # fmt: skip
        try:
            yield server
        finally:
            _call(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _call(user: str | None, *command: Path | str) -> None:
    done = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise Absent(f"{command[0]} failed: {done.stdout[-400:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
