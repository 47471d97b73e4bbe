"""The folders depend on each other in one direction only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "catnlp"
LAYERS = [
    ["errors", "resources"],
    ["address", "remote"],
    ["arms_sales"],
    ["domain", "settings"],
    ["taxonomy", "gazetteer"],
    ["extract"],
    ["segment"],
    ["tag"],
    ["link"],
    ["sales"],
    ["store"],
    ["review"],
    ["summarize", "export"],
    ["engine"],
    ["train"],
    ["cli"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name[0] != "_"
)


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: use absolute imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_upstream(path: Path) -> None:
    for name in imported(path):
        there = f"{name}.".split(".")[1]
        if name.startswith("catnlp.") and there in RANK and there != layer(path):
            assert RANK[there] < RANK[layer(path)], f"{layer(path)} must not import {name}"


def test_every_folder_has_a_layer() -> None:
    assert {layer(path) for path in MODULES} == set(RANK)


def test_no_module_grows_beyond_400_lines() -> None:
    long = {
        str(path): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
