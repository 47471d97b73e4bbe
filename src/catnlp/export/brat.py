"""brat stand-off in a ZIP: the text and annotations of each document, and annotation.conf.
INCEpTION reads it too. Offsets count code points of the whole document."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import IO

from catnlp.domain import Flag
from catnlp.errors import UsageError
from catnlp.export.formats import Lookup, exporter
from catnlp.gazetteer import country_codes
from catnlp.taxonomy import taxonomy

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same bytes every time


@exporter("brat", "brat stand-off in a ZIP, with whole texts", binary=True, whole_text=True)
def write_brat(found: Iterable[Flag], stream: IO[bytes], lookup: Lookup | None = None) -> None:
    if lookup is None:
        raise UsageError("brat files carry whole documents, which are not there to be written")
    order = sorted(found, key=lambda f: (f.document_id, f.start, f.trigger_start, f.id))
    with zipfile.ZipFile(stream, "w") as archive:
        _add(archive, "annotation.conf", configuration())
        for document, group in groupby(order, key=lambda f: f.document_id):
            listed = list(group)
            text = lookup.text(document)
            stem = f"{PurePosixPath(listed[0].uri.split('#')[0]).stem}-{document[:8]}"
            _add(archive, f"{stem}.txt", text)
            _add(archive, f"{stem}.ann", "".join(_lines(listed, text)))


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode())


def _lines(found: Sequence[Flag], text: str) -> Iterator[str]:
    attribute = 0
    for number, flag in enumerate(found, 1):
        start, end = flag.start + flag.trigger_start, flag.start + flag.trigger_end
        fragments = ";".join(f"{a} {b}" for a, b in _unbroken(text, start, end))
        words = text[start:end].replace("\n", " ")
        yield f"T{number}\t{flag.category} {fragments}\t{words}\n"
        for name, value in (
            ("Status", flag.status), ("Actor", flag.actor),
            ("Country", flag.country), ("Role", flag.role),
        ):  # fmt: skip
            if not value:
                continue
            attribute += 1
            yield f"A{attribute}\t{name} T{number} {value}\n"
        yield f"#{number}\tAnnotatorNotes T{number}\t{flag.id} score {flag.score:.2f}\n"


def _unbroken(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span between line breaks: brat has no span over a break."""
    for line in text[start:end].split("\n"):
        if line:
            yield start, start + len(line)
        start += len(line) + 1


def configuration() -> str:
    """annotation.conf: our labels as entities and attributes."""
    loaded = taxonomy()
    attributes = {
        "Status": loaded.statuses,
        "Actor": loaded.actors,
        "Role": ("responsible", "location"),
        "Country": country_codes(),
    }
    lines = ["[entities]", *loaded.category_ids, "[relations]", "[events]", "[attributes]"]
    lines += [f"{name}\tArg:<ENTITY>, Value:{'|'.join(v)}" for name, v in attributes.items()]
    return "\n".join(lines) + "\n"
