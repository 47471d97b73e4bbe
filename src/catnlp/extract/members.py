"""What a container holds, and the limits within which it is unpacked."""

import io
import re
from dataclasses import dataclass
from typing import IO

from catnlp.errors import InputError
from catnlp.extract.names import printable

MOST_BYTES = 512_000_000  # unpacked, in one file with all that it holds
MOST_MEMBERS = 5_000
MOST_RATIO = 200  # unpacked to packed, above RATIO_BYTES
RATIO_BYTES = 10_000_000
SMALL_PICTURE = 40_000  # bytes: logos and signs under a signature of a mail
CHUNK = 1 << 20
SYSTEM_FILE = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^./]|Thumbs\.db$|desktop\.ini$)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container; `name` is shown to people, `problem` says why it is not read."""

    name: str
    data: bytes = b""
    problem: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""  # public address
    key: str = ""  # what tells it from others with the same bytes


@dataclass(slots=True)
class Budget:
    """What may still be unpacked; shared by all containers in a file."""

    left: int = MOST_BYTES
    members: int = MOST_MEMBERS

    def take(self, stream: IO[bytes], packed: int) -> bytes:
        """All of the stream; InputError where it is too much."""
        self.members -= 1
        if self.members < 0:
            raise InputError(f"more than {MOST_MEMBERS:,} files in it; split it")
        parts, size = [], 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > self.left:
                raise InputError(f"unpacks to more than {MOST_BYTES / 1e6:.0f} MB; split it")
            if size > RATIO_BYTES and size > MOST_RATIO * max(packed, 1):
                raise InputError(f"unpacks to more than {MOST_RATIO} times its size: a bomb?")
            parts.append(chunk)
        self.left -= size
        return b"".join(parts)

    def take_whole(self, data: bytes) -> None:
        """Counts what is in memory already; InputError where it is too much."""
        self.take(io.BytesIO(data), len(data))


def shown(name: str) -> str:
    """A member's name in one line, without control characters; a backslash begins an escape."""
    name = printable(name.replace("\\", "/"))
    return re.sub(r"[\x00-\x1f\x7f#]+", " ", name).strip()[-200:]


def is_system_file(name: str) -> bool:
    return SYSTEM_FILE.search(name.replace("\\", "/")) is not None
