"""Files at addresses that fsspec knows: `s3://`, `gs://`, `https://`, `memory://`, `file://`.

Nothing is fetched but what the user named: an address, or the files under it. Keys come from the
environment or the files of each service, never from the address, which is shown and kept.
"""

import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from catnlp.errors import InputError, UsageError

ADDRESS = re.compile(r"\s*[a-z][a-z0-9+.-]*://", re.IGNORECASE)
WEB = ("http", "https")  # one file each: no folders, and `?` and `*` are no patterns
SECRET = re.compile(  # names of parameters that carry one
    r"""(?ix) signature | token | secret | passw | credential | jwt | bearer | authori[sz]ation
    | (?:api|access|auth|private|account|shared|session|subscription|function)[-_.]?key
    | (?:^|[-_.]) (?:key|sig|sas|pwd|pass|pw|code|o?auth\d?) $ | sess(?:ion)?[-_.]?id"""
)
BUCKETS = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss")  # no folders; a bucket is never made
CHUNK = 1024 * 1024


def is_remote(name: str) -> bool:
    return ADDRESS.match(name) is not None


def basename(address: str) -> str:
    """The name of the file, without the query of a web address."""
    path = urlsplit(address).path if _protocol(address) in WEB else address
    return PurePosixPath(path).name or "index"


def find(address: str) -> list[str]:
    """Addresses of the files that an address, folder or pattern names, sorted.

    UsageError where there are none, or they cannot be listed.
    """
    files, path = open_filesystem(address)
    if _protocol(address) in WEB:
        return [address]
    try:
        if re.search(r"[*?\[]", path):
            found = [name for name in files.glob(path) if files.isfile(name)]
        else:
            found = [path] if files.isfile(path) else files.find(path)
    except Exception as error:  # each service has errors of its own
        raise UsageError(f"{address}: cannot be listed ({_said(error)})") from error
    if not found:
        raise UsageError(f"{address}: no file there; check the address")
    return sorted(files.unstrip_protocol(name) for name in found)


def fetch(address: str, target: Path, *, most: int) -> int:
    """Writes the file to `target`; its size. InputError where it has more than `most` bytes, of
    which no more are read, or cannot be had."""
    files, path = open_filesystem(address)
    size = 0
    try:
        with files.open(path, "rb") as source, target.open("wb") as copy:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > most:
                    return size
                copy.write(chunk)
    except Exception as error:  # each service has errors of its own
        raise InputError(f"{address}: cannot be fetched ({_said(error)})") from error
    return size


def upload(folder: Path, address: str, *, last: str) -> None:
    """Copies the files of a folder, the one that says that all are there at the end."""
    files, root = open_filesystem(address)
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    try:
        for path in sorted(found, key=lambda path: path.name == last):
            there = f"{root.rstrip('/')}/{path.relative_to(folder).as_posix()}"
            if _protocol(address) not in BUCKETS:
                files.makedirs(there.rpartition("/")[0], exist_ok=True)
            files.put_file(str(path), there)
    except Exception as error:  # each service has errors of its own
        raise UsageError(f"{address}: cannot be written ({_said(error)})") from error


def download(address: str, folder: Path) -> None:
    """Copies all files under an address."""
    files, root = open_filesystem(address)
    for file in find(address):
        name = PurePosixPath(files._strip_protocol(file)).relative_to(root.rstrip("/"))
        if ".." in name.parts:
            raise UsageError(f"{file}: a name that leaves its folder")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            files.get_file(files._strip_protocol(file), str(target))
        except Exception as error:  # each service has errors of its own
            raise UsageError(f"{file}: cannot be fetched ({_said(error)})") from error


def is_empty(address: str) -> bool:
    files, path = open_filesystem(address)
    try:
        return not files.exists(path) or not files.find(path)
    except Exception as error:  # each service has errors of its own
        raise UsageError(f"{address}: cannot be listed ({_said(error)})") from error


def open_filesystem(address: str) -> tuple[Any, str]:
    """What fsspec has for the protocol, and the path in it.

    UsageError names what is to be installed, and refuses an address with a key in it.
    """
    _check(address)
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(
            f"{_protocol(address)}:// addresses need fsspec: pip install 'catnlp[remote]'"
        ) from error
    try:
        files, path = url_to_fs(address)
    except (ImportError, ValueError) as error:  # it names the package
        raise UsageError(f"{address}: {_said(error)}") from error
    except Exception as error:  # as when a service wants keys
        raise UsageError(f"{address}: cannot be opened ({_said(error)})") from error
    return files, str(path)


def _check(address: str) -> None:
    if "::" in address:
        raise UsageError("an address in an address (`::`) is not read; name the file itself")
    try:
        parts = urlsplit(address.strip())
    except ValueError as error:
        raise UsageError(f"{_protocol(address)}://...: not an address that can be read") from error
    _, colon, port = parts.netloc.rpartition(":")  # a `/` in a password ends what is before it
    secret = "@" in parts.netloc or bool(colon and not port.isdigit())
    if secret or any(SECRET.search(name) for name in _names(address)):
        raise UsageError(
            f"{parts.scheme}://...: the address holds a user, password or key (as `?key=`), "
            "which would stand in every result; give it by the environment, or fetch the file "
            "yourself"
        )
    if parts.fragment and parts.scheme in WEB:
        raise UsageError(
            f"{parts.scheme}://...: what follows `#` is for browsers, and may hold a key; "
            "leave it out"
        )


def _names(address: str) -> list[str]:
    """Names of parameters: in the path (`;token=`), the query and behind `#`."""
    _, *after = re.split("[?&;#]", address)
    return [unquote(part.partition("=")[0]).strip() for part in after if "=" in part]


def _protocol(address: str) -> str:
    return address.partition("://")[0].strip().lower()


def _said(error: Exception) -> str:
    text = str(error).splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
