"""What a user can set: option > environment variable > file > default."""

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from catnlp.errors import UsageError

PREFIX = "CATNLP_"
FILE = "catnlp.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """One value for each thing that can be set; `catnlp.toml` has the same names."""

    engine: str = "local"  # or ray
    ray_address: str = ""  # of a running cluster; "": Ray on this machine
    num_gpus: float = 0.0  # for one worker of Ray
    workers: int = 0  # 0: one for each core
    timeout: float = 300.0  # seconds for one document
    memory: int = 4096  # MiB of resident memory for one worker
    max_file: int = 1024  # MiB of one input file
    min_score: float = 0.0  # mentions below are stored, but not shown or exported
    quotes: int = 5  # strongest quotes of a category on a country page
    sale_before: float = 3.0  # years before an arms sale in which an abuse of the recipient counts
    sale_after: float = 5.0  # years after its delivery
    sale_most: int = 3  # sales that a mention is linked to for state and time alone

    @property
    def worker_count(self) -> int:
        return self.workers or processors()


def processors() -> int:
    """That this process may use."""
    mine = getattr(os, "sched_getaffinity", None)  # not on macOS
    return len(mine(0)) if mine else os.cpu_count() or 1


def load_settings(**options: Any) -> Settings:
    """Settings from ./catnlp.toml, CATNLP_* and the options that are not None."""
    kinds = {field.name: type(getattr(Settings(), field.name)) for field in fields(Settings)}
    values = _from_file(Path(FILE))
    for name in kinds:
        if PREFIX + name.upper() in os.environ:
            values[name] = os.environ[PREFIX + name.upper()]
    values.update({name: value for name, value in options.items() if value is not None})
    unknown = sorted(set(values) - set(kinds))
    if unknown:
        known = ", ".join(kinds)
        raise UsageError(f"unknown setting {', '.join(unknown)}; there are: {known}")
    try:
        return replace(Settings(), **{name: kinds[name](value) for name, value in values.items()})
    except (TypeError, ValueError) as error:
        raise UsageError(f"a setting has a wrong value: {error}") from error


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
