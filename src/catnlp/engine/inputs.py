"""What the user named -> the files to read, and what was left out and why."""

import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from catnlp import remote
from catnlp.errors import InputError, UsageError
from catnlp.extract.names import printable

MIB = 1024 * 1024
HIDDEN = "hidden file of the system"

Source = Path | str  # a file here, or the address of one elsewhere


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; `reason` says why it is not read, where it is not."""

    uri: str  # its name, as it is shown and stored
    path: Path  # of its bytes; a copy where the input is an address
    size: int = 0
    sha256: str = ""
    status: str = ""  # "", skipped or failed
    reason: str = ""


def find_inputs(names: Iterable[str], *, leave_out: Path | None = None) -> list[Source]:
    """Files of the paths, folders, globs and addresses given, each once, in a fixed order.

    UsageError names a path that does not exist, or a folder without a file.
    """
    found: dict[str, Source] = {}
    for name in names:
        if remote.is_remote(name):
            found.update((address, address) for address in remote.find(name))
            continue
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


def fetch(address: str, max_mib: int, folder: Path) -> Input:
    """As `inspect`, of a copy in `folder` that has the same name, which readers look at."""
    path = Path(tempfile.mkdtemp(dir=folder), remote.basename(address))
    uri = printable(address)
    if _is_hidden(path.name):
        return Input(uri, path, status="skipped", reason=HIDDEN)
    try:
        size = remote.fetch(address, path, most=max_mib * MIB)
    except InputError as error:
        return Input(uri, path, status="failed", reason=printable(str(error)))
    if size > max_mib * MIB:
        reason = f"too large: more than {max_mib} MiB; split it, or raise the limit with --max-file"
        return Input(uri, path, size, status="failed", reason=reason)
    return replace(inspect(path, max_mib), uri=uri)


def discard(uri: str, path: Path) -> None:
    """Deletes the copy of an input that was fetched."""
    if remote.is_remote(uri):
        shutil.rmtree(path.parent, ignore_errors=True)


def inspect(path: Path, max_mib: int) -> Input:
    """Size and hash of a file, or the reason why it cannot be read at all."""
    uri = printable(path.as_posix())
    if _is_hidden(path.name):
        return Input(uri, path, status="skipped", reason=HIDDEN)
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


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in ("Thumbs.db", "desktop.ini")


def _not_a_file(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "a link to a file that does not exist"
    return "not a regular file (device, pipe or socket)"


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
