"""zip, tar and single compressed files, opened in memory and within limits."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from catnlp.errors import InputError
from catnlp.extract import sniff
from catnlp.extract.members import Budget, Member, is_system_file, shown

DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
    RuntimeError, NotImplementedError, ValueError, IndexError, KeyError,
)  # fmt: skip
AGAIN = "get the archive again from its source"
OPENERS: dict[str, type[gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile]] = {
    "application/gzip": gzip.GzipFile,
    "application/x-bzip2": bz2.BZ2File,
    "application/x-xz": lzma.LZMAFile,
}


def open_zip(path: Path, budget: Budget) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGED as error:
        raise InputError(f"{path}: a damaged zip archive ({error}); {AGAIN}") from error
    with archive:
        for info in archive.infolist():
            if info.is_dir() or is_system_file(info.filename):
                continue
            try:
                if info.flag_bits & 1:
                    raise InputError("it is protected by a password; unpack it by hand")
                with archive.open(info) as stream:
                    yield Member(shown(info.filename), budget.take(stream, info.compress_size))
            except InputError as error:
                yield Member(shown(info.filename), problem=str(error))
            except DAMAGED as error:
                yield Member(shown(info.filename), problem=f"damaged ({error})")


def open_tar(path: Path, budget: Budget) -> Iterator[Member]:
    """Regular files only: links, devices and pipes in it are never followed."""
    packed = path.stat().st_size
    try:
        with tarfile.open(path, "r:*") as archive:
            for info in archive:
                if info.isdir() or is_system_file(info.name):
                    continue
                if not info.isfile():
                    yield Member(
                        shown(info.name), problem="a link or device, which is not followed"
                    )
                    continue
                stream = archive.extractfile(info)
                if stream is None:
                    continue
                try:
                    yield Member(shown(info.name), budget.take(stream, packed))
                except InputError as error:
                    yield Member(shown(info.name), problem=str(error))
    except DAMAGED as error:
        yield Member("the rest", problem=f"the archive is damaged ({error}); {AGAIN}")


def open_compressed(path: Path, budget: Budget) -> Iterator[Member]:
    """A compressed tar, or one compressed file."""
    try:
        if tarfile.is_tarfile(path):
            yield from open_tar(path, budget)
            return
        with OPENERS[sniff.sniff(path)](path) as stream:
            data = budget.take(cast(IO[bytes], stream), path.stat().st_size)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    except DAMAGED as error:
        raise InputError(f"{path}: a damaged compressed file ({error}); {AGAIN}") from error
    yield Member(shown(path.stem), data)
