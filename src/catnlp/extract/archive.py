"""Zip-based formats, opened with a limit on what they unpack to."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from catnlp.errors import InputError


def read_members(path: Path, *, names: tuple[str, ...], max_bytes: int) -> Mapping[str, bytes]:
    """The named members that are there, refused if the archive unpacks to more than allowed."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > max_bytes:
                raise InputError(
                    f"{path}: unpacks to {unpacked / 1e6:.0f} MB, more than the limit of "
                    f"{max_bytes / 1e6:.0f} MB; split the document or raise the limit"
                )
            present = set(archive.namelist())
            return {name: archive.read(name) for name in names if name in present}
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise InputError(
            f"{path}: a damaged or protected zip container ({error}); "
            "open it in its program and save it again"
        ) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise InputError(
            f"{path}: a damaged zip container ({error}); open it in its program and save it again"
        ) from error
