"""Mails and mailboxes: the message with its subject and date, and what is attached to it."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import cast

from catnlp.errors import InputError
from catnlp.extract.clean import clean
from catnlp.extract.members import SMALL_PICTURE, Budget, Member, shown

FROM_LINE = re.compile(rb"(?m)^From [^\n]*\n")
HEADER_ERRORS = (ValueError, IndexError, TypeError, LookupError, AttributeError)


def open_mail(path: Path, budget: Budget) -> Iterator[Member]:
    yield from members_of(path.read_bytes(), budget)


def open_mailbox(path: Path, budget: Budget) -> Iterator[Member]:
    """A message each; how a mail looks is known to the reader of mails."""
    messages = [text for text in FROM_LINE.split(path.read_bytes()) if text.strip()]
    for number, message in enumerate(messages, 1):
        budget.members -= 1
        if budget.members < 0:
            raise InputError(f"{path}: more messages than may be read at once; split it")
        yield Member(f"message {number}", message)


def members_of(data: bytes, budget: Budget) -> Iterator[Member]:
    message = parsed(data)
    body = body_of(message)
    described = {
        "title": header(message, "Subject"),
        "publisher": _sender(message),
        "published": _date(message),
        "key": header(message, "Message-ID") or header(message, "Date"),
    }
    if body is not None:
        text = content(body)
        if text.strip():
            yield Member("", text, **described)
    for number, part in enumerate(_attached(message, body), 1):
        budget.members -= 1
        if budget.members < 0:
            raise InputError("more attachments than may be read at once")
        name = shown(_file_name(part)) or f"attachment {number}"
        inside = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inside, list) and inside:
            yield Member(f"{name}.eml", cast(EmailMessage, inside[0]).as_bytes())
            continue
        data = content(part)
        if part.get_content_maintype() == "image" and len(data) < SMALL_PICTURE:
            continue
        yield Member(name, data, published=described["published"])


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def body_of(message: EmailMessage) -> EmailMessage | None:
    """The part that is the text: plain before HTML."""
    try:
        return cast(EmailMessage | None, message.get_body(("plain", "html")))
    except HEADER_ERRORS:
        return None


def content(part: EmailMessage) -> bytes:
    """The bytes of a part; text as UTF-8, whatever its encoding."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("") if part.get_content_maintype() == "text" else ""
    if charset and charset.lower() not in ("utf-8", "us-ascii"):
        try:
            return data.decode(charset, "replace").encode()
        except LookupError:
            return data
    return data


def header(message: EmailMessage, name: str) -> str:
    """A header in one line; empty where it is broken."""
    try:
        return clean(str(message.get(name, "")))
    except HEADER_ERRORS:
        return ""


def _attached(message: EmailMessage, body: EmailMessage | None) -> Iterator[EmailMessage]:
    """Parts that are neither the text nor another form of it; attached mails as a whole."""
    if message.get_content_type() == "message/rfc822":
        yield message
        return
    parts = message.get_payload()
    if not message.is_multipart() or not isinstance(parts, list):
        if message is not body and not (body is not None and _is_other_form(message)):
            yield message
        return
    for part in parts:
        yield from _attached(cast(EmailMessage, part), body)


def _is_other_form(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and not _file_name(part)


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename("") or ""
    except HEADER_ERRORS:
        return ""


def _sender(message: EmailMessage) -> str:
    name, address = parseaddr(header(message, "From"))
    return name or address


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except HEADER_ERRORS:
        return ""
