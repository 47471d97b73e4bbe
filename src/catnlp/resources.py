"""The data files that ship with the package."""

import tomllib
from importlib.resources import files
from typing import Any


def read_toml(package: str, name: str) -> dict[str, Any]:
    """Read anew at every call, so that a caller may change it; who asks often keeps it."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
