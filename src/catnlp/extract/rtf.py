"""Rich Text: its plain text in paragraphs."""

from collections.abc import Iterator
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract.draft import Draft
from catnlp.extract.plain import draft_of_text


def read_rtf(path: Path) -> Iterator[Draft]:
    """Objects and pictures in it are left out; fields and macros are never run."""
    from striprtf.striprtf import rtf_to_text

    source = path.read_bytes().decode("latin-1")
    try:
        text = rtf_to_text(source, errors="ignore")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, RecursionError) as error:
        raise InputError(
            f"{path}: a damaged Rich Text document ({error}); open it and save it again"
        ) from error
    yield draft_of_text(text.replace("\n", "\n\n"), markdown=False)
