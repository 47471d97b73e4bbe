"""Web pages that a browser saved as one file (MHTML)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract.draft import Draft
from catnlp.extract.encoding import decode_html
from catnlp.extract.html import draft_of_html
from catnlp.extract.mail import content, header, parsed


def read_mhtml(path: Path) -> Iterator[Draft]:
    """The page itself; its pictures, styles and frames stay in the file."""
    message = parsed(path.read_bytes())
    address = header(message, "Snapshot-Content-Location")
    for part in message.walk():
        if part.get_content_type() == "text/html":
            draft = draft_of_html(path, decode_html(content(part)))
            yield replace(
                draft,
                title=draft.title or header(message, "Subject"),
                url=draft.url or address or header(part, "Content-Location"),
            )
            return
    raise InputError(f"{path}: a saved web page without HTML in it; save the page again")
