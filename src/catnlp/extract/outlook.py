"""Outlook messages (.msg): the message with its subject, sender and date, and its attachments."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catnlp.errors import InputError
from catnlp.extract.clean import clean
from catnlp.extract.members import SMALL_PICTURE, Budget, Member, shown

ADDRESS = re.compile(r"\s*<[^>]*>\s*$")


def open_outlook(path: Path, budget: Budget) -> Iterator[Member]:
    """The text of the message, plain before HTML; InputError where the file is damaged."""
    try:
        members = list(_members(path))
    except Exception as error:  # the library raises what it meets: struct, key, assertion errors
        raise InputError(
            f"{path}: a damaged Outlook message ({type(error).__name__}: {error}); save it again "
            "from Outlook, as .eml or text"
        ) from error
    for member in members:
        budget.take_whole(member.data)
        yield member


def _members(path: Path) -> Iterator[Member]:
    from oxmsg import Message

    message = Message.load(path.read_bytes())
    sent = message.sent_date
    published = sent.date().isoformat() if sent else ""
    text = (message.body or message.html_body or "").strip()
    if text:
        yield Member(
            "",
            text.encode(),
            title=clean(message.subject),
            publisher=clean(ADDRESS.sub("", message.sender or "").strip('" ')),
            published=published,
            key=message.message_headers.get("Message-ID", "") or str(sent or ""),
        )
    for number, attachment in enumerate(message.attachments, 1):
        yield from _attached(attachment, number, published)


def _attached(attachment: Any, number: int, published: str) -> Iterator[Member]:
    name = shown(attachment.file_name or "") or f"attachment {number}"
    data = attachment.file_bytes
    if data is None:
        yield Member(name, problem="a message or link in the message; save it as a file of its own")
    elif not ((attachment.mime_type or "").startswith("image/") and len(data) < SMALL_PICTURE):
        yield Member(name, data, published=published)
