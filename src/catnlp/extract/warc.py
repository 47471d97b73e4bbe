"""Web archives (WARC): the pages and documents that a crawler saved, each with its address."""

from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

from catnlp.extract.members import Budget, Member, shown

KEPT = frozenset({"response", "resource", "conversion"})
PARTS_OF_PAGES = ("image/", "font/", "audio/", "video/")
PARTS = frozenset({"text/css", "text/javascript", "application/javascript", "application/json",
                   "application/x-javascript", "application/wasm"})  # fmt: skip
FOUND = "200"


def open_warc(path: Path, budget: Budget) -> Iterator[Member]:
    """Records that were found; styles, scripts and pictures of pages are counted in one line."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    left_out: Counter[str] = Counter()
    try:
        with path.open("rb") as stream:
            for record in _quietly(ArchiveIterator(stream, arc2warc=True), left_out):
                if record.rec_type not in KEPT:
                    continue
                kind = _kind(record)
                if kind in PARTS or kind.startswith(PARTS_OF_PAGES):
                    left_out[kind] += 1
                elif (status := _status(record)) != FOUND:
                    left_out[f"answer {status}"] += 1
                else:
                    address = record.rec_headers.get_header("WARC-Target-URI") or ""
                    data = budget.take(
                        record.content_stream(), record.length or path.stat().st_size
                    )
                    yield Member(shown(address) or f"record {record.rec_type}", data, url=address)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError, TypeError) as error:
        problem = f"the archive is damaged ({error}); get it again from its source"
        yield Member("the rest", problem=problem)
    if left_out:
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(left_out.items()))
        yield Member("what is no document", problem=counts)


def _quietly(records: Iterator[Any], problems: Counter[str]) -> Iterator[Any]:
    """The records; what the library prints of damaged ones is counted."""
    while True:
        said = StringIO()
        with redirect_stderr(said):
            record = next(records, None)
        if said.getvalue():
            problems["damaged record"] += 1
        if record is None:
            return
        yield record


def _kind(record: Any) -> str:
    headers = getattr(record, "http_headers", None) or getattr(record, "rec_headers", None)
    stated = headers.get_header("Content-Type") if headers else ""
    return (stated or "").partition(";")[0].strip().lower()


def _status(record: Any) -> str:
    headers = getattr(record, "http_headers", None)
    return str(headers.get_statuscode()) if headers else FOUND
