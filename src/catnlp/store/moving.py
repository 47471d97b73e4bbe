"""A store as Parquet in a folder here, or at an address that fsspec knows."""

import tempfile
from pathlib import Path

from catnlp import remote
from catnlp.errors import StoreError
from catnlp.store.parquet import MANIFEST, export_store, import_store
from catnlp.store.store import Store

Place = Path | str  # a folder here, or an address


def export_to(store: Store, place: Place) -> dict[str, int]:
    """Rows by table. An address gets the manifest last, so that half an export is none."""
    if isinstance(place, Path):
        return export_store(store, place)
    if not remote.is_empty(place):
        raise StoreError(f"{place}: is not empty; name a new folder")
    with tempfile.TemporaryDirectory(prefix="catnlp-") as temporary:
        written = export_store(store, Path(temporary))
        remote.upload(Path(temporary), place, last=MANIFEST)
    return written


def import_from(store: Store, place: Place) -> dict[str, int]:
    """Rows by table."""
    if isinstance(place, Path):
        return import_store(store, place)
    with tempfile.TemporaryDirectory(prefix="catnlp-") as temporary:
        remote.download(place, Path(temporary))
        try:
            return import_store(store, Path(temporary))
        except StoreError as error:
            raise StoreError(str(error).replace(temporary, place)) from error
