"""Damaged files of every kind: each must end in a document or a clear failure, within limits.

    python benchmarks/fuzz.py               100 files, as in the tests
    python benchmarks/fuzz.py --files 2000

Takes the sample documents and small files of the other formats made here, and truncates them,
flips bits, repeats and removes parts, mixes two, packs them into each other, renames them.
A file that needs more than --seconds, or that raises anything but our own errors, is kept.
"""

import argparse
import io
import random
import shutil
import signal
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from types import FrameType

from catnlp.errors import CatnlpError
from catnlp.extract import extract

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "samples" / "documents"
NEWS = b"The army shelled the town, and police arrested two reporters who wrote about it.\n"
SUFFIXES = (".pdf", ".html", ".docx", ".txt", ".eml", ".zip", ".csv", ".json", ".rtf", ".msg", "")


class Late(Exception):
    """A file took too long."""


def seeds() -> list[bytes]:
    """A whole file of each format."""
    from tests.extract.outlook import message

    page = b"<html><title>A page</title><body><h1>A page</h1><p>" + NEWS + b"</p></body></html>"
    made = [
        b"title,date,text\nNews,2024-01-02,\"" + NEWS.strip() + b"\"\n",
        b'{"title": "News", "text": "' + NEWS.strip() + b'"}\n',
        b"{\\rtf1\\ansi\\b News\\b0\\par " + NEWS + b"\\par}",
        b"# News\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n" + NEWS,
        mail(page), b"From desk Mon Jan  1 00:00:00 2024\n" + mail(page),
        packed({"mimetype": b"application/epub+zip", "META-INF/container.xml":
                b'<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>',
                "p.opf": b'<package><manifest><item id="a" href="a.html" media-type="text/html"/>'
                         b'</manifest><spine><itemref idref="a"/></spine></package>',
                "a.html": page}),
        packed({"a.html": page, "b/c.txt": NEWS, "m.eml": mail(page)}), tarred({"a.html": page}),
        message("News", NEWS.decode(), {"a.html": page}), web_archive(page),
    ]  # fmt: skip
    return [*(path.read_bytes() for path in sorted(SAMPLES.iterdir())), *made]


def mail(page: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "desk@example.org", "News", "<1>"
    message.set_content(NEWS.decode())
    message.add_attachment(page, maintype="text", subtype="html", filename="a.html")
    return message.as_bytes()


def web_archive(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return (head.encode() + answer + b"\r\n\r\n") * 2


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data) + 1)]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 40, 400))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def repeated(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 4000))
    return data[:end] + data[start:end] * chance.choice((1, 10, 200)) + data[end:]


def cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 4000) :] or b"\0"


def nested(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 7)):
        data = packed({"a": data}) if chance.random() < 0.7 else tarred({"../a": data})
    return data


def kept(data: bytes, chance: random.Random) -> bytes:
    return data


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncated, flipped, flipped, repeated, cut, nested, kept,
)  # fmt: skip


def mutated(number: int, whole: list[bytes]) -> tuple[str, bytes]:
    """A name and a content that depend on the number alone."""
    chance = random.Random(number)
    data = whole[chance.randrange(len(whole))]
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(CHANGES)(data, chance)
    if chance.random() < 0.1:
        other = chance.choice(whole)
        data = data[: len(data) // 2] + other[len(other) // 2 :]
    return f"{number}{chance.choice(SUFFIXES)}", data


def outcome(path: Path, seconds: int) -> tuple[str, str]:
    """`read`, `failed` with the reason, or `BROKEN` with what went wrong."""
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(seconds)
    try:
        found = sum(1 for _ in extract(path))
    except CatnlpError as error:
        named = str(path) in str(error)
        return ("failed", "") if named else ("BROKEN", f"does not name the file: {error}")
    except Late:
        return "BROKEN", f"took more than {seconds} s"
    except Exception:
        return "BROKEN", traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)
    return ("read", "") if found else ("BROKEN", "neither a document nor a failure")


def _late(number: int, frame: FrameType | None) -> None:
    raise Late


def fuzz(files: int, first: int, seconds: int, keep: Path | None) -> Iterator[tuple[str, str, str]]:
    whole = seeds()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + files):
            name, data = mutated(number, whole)
            path = Path(folder) / name
            path.write_bytes(data)
            status, problem = outcome(path, seconds)
            if problem and keep is not None:
                keep.mkdir(exist_ok=True)
                shutil.copy(path, keep / name)
            path.unlink()
            yield name, status, problem


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--keep", type=Path, default=None, help="Folder for files that break.")
    options = parser.parse_args()
    started, counts = time.monotonic(), Counter[str]()
    for name, status, problem in fuzz(options.files, options.first, options.seconds, options.keep):
        counts[status] += 1
        if problem:
            print(f"{name}: {problem}")
    print(f"{dict(counts)} in {time.monotonic() - started:.0f} s")
    return 1 if counts["BROKEN"] else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
