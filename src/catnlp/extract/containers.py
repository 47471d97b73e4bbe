"""Files that hold files: mails, mailboxes and archives. Names in them are never used as paths."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from catnlp.domain import Document
from catnlp.errors import InputError
from catnlp.extract import sniff
from catnlp.extract.archives import open_compressed, open_tar, open_zip
from catnlp.extract.mail import open_mail, open_mailbox
from catnlp.extract.members import Budget, Member
from catnlp.extract.names import printable
from catnlp.extract.outlook import open_outlook
from catnlp.extract.warc import open_warc

CONTAINERS: dict[str, Callable[[Path, Budget], Iterator[Member]]] = {
    sniff.ZIP: open_zip,
    sniff.TAR: open_tar,
    **dict.fromkeys(sniff.COMPRESSED, open_compressed),
    sniff.MAIL: open_mail,
    sniff.MAILBOX: open_mailbox,
    sniff.OUTLOOK: open_outlook,
    sniff.WARC: open_warc,
}
MOST_DEEP = 4  # containers in containers
NAME_CHARS = 120


@dataclass(frozen=True, slots=True)
class Within:
    """How deep a file stands in containers, and what may still be unpacked."""

    depth: int = 0
    budget: Budget = field(default_factory=Budget)


def contained(path: Path, uri: str, media_type: str, within: Within) -> Iterator[Document]:
    """The documents of all members; what cannot be read is a warning on the last of them."""
    if within.depth >= MOST_DEEP:
        raise InputError(f"{path}: {MOST_DEEP} containers in each other; unpack it by hand")
    problems: list[str] = []
    held: Document | None = None
    for member in CONTAINERS[media_type](path, within.budget):
        if member.problem:
            problems.append(f"{member.name} left out: {member.problem}")
            continue
        for document in _documents(member, uri, within, problems):
            if held is not None:
                yield held
            held = document
    if held is None:
        found = "; ".join(problems[:3]) or "it is empty"
        raise InputError(f"{path}: no document in it that can be read: {found}")
    yield replace(held, warnings=(*held.warnings, *problems))


def _documents(member: Member, uri: str, within: Within, problems: list[str]) -> Iterator[Document]:
    """The documents of a member, laid down in a folder of its own under a harmless name."""
    from catnlp.extract.documents import extract

    deeper = Within(within.depth + 1, within.budget)
    name = f"{uri}#member={member.name}" if member.name else uri
    with TemporaryDirectory(prefix="catnlp-") as folder:
        file = Path(folder) / _harmless(member.name)
        file.write_bytes(member.data)
        try:
            for document in extract(file, name, within=deeper):
                yield _described(document, member)
        except InputError as error:
            reason = str(error).replace(f"{file}: ", "").replace(str(file), member.name)
            problems.append(f"{member.name or 'the message'} left out: {reason}")


def _harmless(name: str) -> str:
    """A file name without folders, leading dots and signs."""
    last = name.rpartition("/")[2]
    return re.sub(r"[^\w.-]+", "_", last)[-NAME_CHARS:].lstrip(".") or "member"


def _described(document: Document, member: Member) -> Document:
    """With what the mail says: of the message always, of an attachment where it says nothing."""
    identity = document.id
    if member.key:
        identity = hashlib.sha256(f"{member.key}\x1f{document.id}".encode()).hexdigest()
    return replace(
        document,
        id=identity,
        title=member.title or document.title,
        publisher=member.publisher or document.publisher,
        published=(document.published if member.name else "") or member.published,
        url=document.url or printable(member.url),
    )
