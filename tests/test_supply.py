"""The lock fits pyproject.toml, and the audit says only what it knows."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SHIPPED = [extra for extra in PROJECT["optional-dependencies"] if extra != "dev"]
NAME = re.compile(r"[A-Za-z0-9._-]+")
PINNED = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ +]+)")


def canonical(requirement: str) -> str:
    name = NAME.match(requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def locked() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {canonical(name): version for name, version in PINNED.findall(lock)}


def wanted() -> list[str]:
    extras = PROJECT["optional-dependencies"]
    return [*PROJECT["dependencies"], *(name for extra in SHIPPED for name in extras[extra])]


@pytest.mark.parametrize("requirement", wanted())
def test_the_lock_has_every_package_of_every_extra_in_a_version_that_fits(requirement: str) -> None:
    version = locked().get(canonical(requirement))
    assert version, "run sh scripts/lock.sh"
    packaging = pytest.importorskip("packaging.requirements")
    assert packaging.Requirement(requirement).specifier.contains(version, prereleases=True)


def test_every_package_of_the_lock_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)[1:]
    assert len(packages) == len(locked())
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_lock_and_sbom_name_the_same_packages() -> None:
    import json

    found = json.loads((ROOT / "sbom.json").read_text(encoding="utf-8"))["components"]
    assert {canonical(part["name"]) for part in found} == set(locked())


def audit(folder: Path, said: str, code: int) -> tuple[int, str, str]:
    """Exit code and words of audit.sh where pip-audit says this, and the list that it was given."""
    tool = folder / "pip-audit"
    tool.write_text(
        f'#!/bin/sh\ncp "$2" "{folder}/asked"\ncat "{folder}/said"\nexit {code}\n', encoding="utf-8"
    )
    tool.chmod(0o755)
    (folder / "said").write_text(said, encoding="utf-8")
    done = subprocess.run(
        ["sh", str(ROOT / "scripts" / "audit.sh")], capture_output=True, text=True,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
    )  # fmt: skip
    return done.returncode, done.stdout, (folder / "asked").read_text(encoding="utf-8")


SKIPPED = "Name  Skip Reason\n----- ----\nx     Dependency not found and could not be audited: x\n"


@pytest.mark.parametrize(
    ("said", "code", "wanted"),
    [
        ("No known vulnerabilities found\n", 0, 0),
        ("Found 1 known vulnerability in 1 package\n" + SKIPPED, 1, 1),
        ("No known vulnerabilities found\n" + SKIPPED, 0, 3),
        ("ERROR:pip_audit._cli:Could not connect to the feed\n", 1, 3),
    ],
)
def test_the_audit_clears_only_what_it_looked_up(
    said: str, code: int, wanted: int, tmp_path: Path
) -> None:
    returned, printed, asked = audit(tmp_path, said, code)
    assert returned == wanted
    assert ("NOT CHECKED" in printed) == (wanted == 3)
    assert "+cpu" not in asked
    assert re.search(r"(?m)^torch==[0-9.]+ \\\n +--hash=sha256:", asked)
