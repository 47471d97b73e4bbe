"""What the user named -> the files to read, and what was left out and why."""

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catnlp.errors import UsageError

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; `reason` says why it is not read, where it is not."""

    uri: str
    path: Path
    size: int = 0
    sha256: str = ""
    status: str = ""  # "", skipped or failed
    reason: str = ""


def find_inputs(names: Iterable[str], *, leave_out: Path | None = None) -> list[Path]:
    """Files of the paths, folders and globs given, each once, in a fixed order.

    UsageError names a path that does not exist, or a folder without a file.
    """
    found: dict[str, Path] = {}
    for name in names:
        files = list(_expand(name, leave_out))
        if not files:
            raise UsageError(f"{name}: no file in this folder; name files or another folder")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _expand(name: str, leave_out: Path | None) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(f for f in folders if not _same(Path(folder, f), leave_out))
            yield from (Path(folder, file) for file in sorted(files))
    elif path.exists() or path.is_symlink():
        yield path
    elif matches := sorted(glob.glob(name, recursive=True)):
        for match in matches:
            yield from _expand(match, leave_out)
    else:
        raise UsageError(f"{name}: no such file or folder, and no file matches it as a pattern")


def _same(folder: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and folder.resolve() == other.resolve()


def inspect(path: Path, max_mib: int) -> Input:
    """Size and hash of a file, or the reason why it cannot be read at all."""
    uri = path.as_posix()
    if path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini"):
        return Input(uri, path, status="skipped", reason="hidden file of the system")
    try:
        if not path.is_file():
            return Input(uri, path, status="failed", reason=_not_a_file(path))
        size = path.stat().st_size
        if size > max_mib * MIB:
            found = f"{size / MIB:,.0f} MiB, the limit is {max_mib} MiB"
            reason = f"too large: {found}; split it, or raise the limit with --max-file"
            return Input(uri, path, size, status="failed", reason=reason)
        return Input(uri, path, size, _sha256(path))
    except OSError as error:
        reason = f"cannot be opened: {error.strerror}; check its permissions"
        return Input(uri, path, status="failed", reason=reason)


def _not_a_file(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "a link to a file that does not exist"
    return "not a regular file (device, pipe or socket)"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
