"""Small Outlook messages: an OLE file (MS-CFB) with the properties of MS-OXMSG."""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT, BYTES, NUMBER, TIME = 0x001F, 0x0102, 0x0003, 0x0040
SUBJECT, BODY, SENDER, SENDER_ADDRESS, SENT = 0x0037, 0x1000, 0x0C1A, 0x0C1F, 0x0039
DATA, METHOD, FILE_NAME = 0x3701, 0x3705, 0x3707


@dataclass
class Entry:
    """A storage with its children, or a stream with its bytes."""

    name: str
    data: bytes | None = None
    children: list["Entry"] = field(default_factory=list)
    number: int = 0
    right: int = FREE  # its next sibling


def write_message(
    path: Path, subject: str, body: str, attachments: dict[str, bytes] | None = None
) -> Path:
    path.write_bytes(message(subject, body, attachments))
    return path


def message(subject: str, body: str, attachments: dict[str, bytes] | None = None) -> bytes:
    sent = datetime(2024, 3, 5, 9, tzinfo=UTC)
    root = Entry("Root Entry", children=properties(32, {
        (SUBJECT, TEXT): subject, (BODY, TEXT): body, (SENDER, TEXT): "Jane Doe",
        (SENDER_ADDRESS, TEXT): "jane@example.org", (SENT, TIME): sent,
    }))  # fmt: skip
    for number, (name, data) in enumerate((attachments or {}).items()):
        values = {(FILE_NAME, TEXT): name, (DATA, BYTES): data, (METHOD, NUMBER): 1}
        children = properties(8, values)
        root.children.append(Entry(f"__attach_version1.0_#{number:08X}", children=children))
    return compound(root)


def properties(
    head: int, values: dict[tuple[int, int], str | bytes | int | datetime]
) -> list[Entry]:
    fixed, streams = b"", []
    for (tag, kind), value in values.items():
        if isinstance(value, (str, bytes)):
            data = value.encode("utf-16-le") if isinstance(value, str) else value
            streams.append(Entry(f"__substg1.0_{tag:04X}{kind:04X}", data))
            held = struct.pack("<II", len(data) + (2 if kind == TEXT else 0), 0)
        elif isinstance(value, int):
            held = struct.pack("<II", value, 0)
        else:
            since = value - datetime(1601, 1, 1, tzinfo=UTC)
            held = struct.pack("<Q", int(since.total_seconds()) * 10_000_000)
        fixed += struct.pack("<HHI", kind, tag, 6) + held
    return [Entry("__properties_version1.0", bytes(head) + fixed), *streams]


def compound(root: Entry) -> bytes:
    """Small streams in the mini stream, large ones in sectors; children as a list to the right."""
    entries = numbered(root)
    mini, mini_fat, sectors, fat = b"", [], [], []
    starts: dict[int, tuple[int, int]] = {}

    def chained(data: bytes) -> int:
        first, count = len(sectors), max(1, -(-len(data) // SECTOR))
        sectors.extend(
            data[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, b"\0") for n in range(count)
        )
        fat.extend([*range(first + 1, first + count), END])
        return first

    for entry in entries:
        if entry.data is None:
            continue
        if len(entry.data) >= CUTOFF:
            starts[entry.number] = chained(entry.data), len(entry.data)
            continue
        first, count = len(mini_fat), -(-len(entry.data) // MINI)
        starts[entry.number] = (first if count else END), len(entry.data)
        mini_fat += [*range(first + 1, first + count), END] if count else []
        mini += entry.data.ljust(count * MINI, b"\0")
    starts[0] = chained(mini), len(mini)
    mini_start = chained(b"".join(struct.pack("<I", n) for n in mini_fat).ljust(SECTOR, b"\xff"))
    mini_sectors = len(sectors) - mini_start
    directory = chained(b"".join(packed(entry, starts) for entry in entries))
    count = 1
    while count * (SECTOR // 4) < len(sectors) + count:
        count += 1
    table = [*fat, *[FAT] * count]
    table += [FREE] * (count * (SECTOR // 4) - len(table))
    difat = [*range(len(sectors), len(sectors) + count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, CUTOFF,
                        mini_start, mini_sectors, END, 0, difat[0])  # fmt: skip
    head += struct.pack("<108I", *[*difat[1:], *[FREE] * (109 - len(difat))])
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def numbered(root: Entry) -> list[Entry]:
    found = [root]
    for entry in found:
        entry.children.sort(key=lambda child: (len(child.name), child.name.upper()))
        for child in entry.children:
            child.number = len(found)
            found.append(child)
        for child, sibling in pairwise(entry.children):
            child.right = sibling.number
    return found


def packed(entry: Entry, starts: dict[int, tuple[int, int]]) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if entry.number == 0 else (1 if entry.data is None else 2)
    siblings = [child.number for child in entry.children]
    start, size = starts.get(entry.number, (0, 0))
    return (
        name.ljust(64, b"\0")
        + struct.pack(
            "<HBBIII", len(name), kind, 1, FREE, entry.right, siblings[0] if siblings else FREE
        )
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
