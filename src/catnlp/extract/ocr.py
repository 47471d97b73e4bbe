"""Pictures of pages -> lines, by Tesseract where it is installed. Nothing leaves the machine."""

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

from catnlp.errors import InputError
from catnlp.extract import progress
from catnlp.extract.clean import clean
from catnlp.extract.pdf_lines import Line

DPI = 300
USUAL_SIZE = 11.0
SECONDS_PER_PAGE = 180
MOST_PIXELS = 60_000_000  # of a page: two thirds of a metre square at 300 dpi
LEAST_SURE = 55.0  # mean confidence, of 100, below which a page is not relied on
LEAST_SURE_LINE = 50.0  # below it, a line is a signature, a stamp or a speck
BODY = (0.5, 1.6)  # of the usual height of a line: boxes of lines of one size differ so much
HINT = (
    "install Tesseract (Debian: apt install tesseract-ocr) and run again, "
    "or run OCR first (for instance: ocrmypdf IN.pdf OUT.pdf)"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What OCR reads on a page, and how sure it is, of 100."""

    lines: tuple[Line, ...]
    sure: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word in pixels; `place` is its page, block, paragraph and line."""

    text: str
    sure: float
    place: tuple[int, int, int, int]
    left: int
    top: int
    width: int
    height: int


@cache
def version() -> str:
    """`5.3.0`; empty where Tesseract is not on the path, or has no English."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    try:
        shown = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20)
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.match(r"tesseract v?(\S+)", shown.stdout or shown.stderr)
    return found[1] if found and "eng" in (listed.stdout + listed.stderr).split() else ""


def scan_page(page: Any, index: int, *, body: float = USUAL_SIZE) -> Scan:
    """A page of a PDF, rendered in grey and read; `body` is the size of type of other pages."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + _pixels(bitmap)
    bitmap.close()
    words = list(_words(_tesseract("stdin", picture, round(scale * 72))))
    return Scan(tuple(_lines(words, index, 1 / scale, body)), _sure(words), height)


def scan_image(path: Path) -> list[Scan]:
    """The pages of a picture; a TIFF may have several."""
    words = list(_words(_tesseract(str(path.absolute()), b"", DPI)))
    scans = []
    for number, found in groupby(words, key=lambda word: word.place[0]):
        page = list(found)
        height = max(word.top + word.height for word in page) * 72 / DPI
        scans.append(Scan(tuple(_lines(page, number, 72 / DPI, USUAL_SIZE)), _sure(page), height))
    return scans


def _pixels(bitmap: Any) -> bytes:
    """Rows without the bytes that fill them up."""
    data, stride = bytes(bitmap.buffer), bitmap.stride
    if stride == bitmap.width:
        return data
    rows = range(bitmap.height)
    return b"".join(data[row * stride : row * stride + bitmap.width] for row in rows)


def _tesseract(source: str, picture: bytes, dpi: int) -> str:
    """Its table of words. One thread: more of them only stand in each other's way."""
    command = [
        shutil.which("tesseract") or "tesseract", source, "stdout",
        "--dpi", str(dpi), "-l", "eng", "tsv",
    ]  # fmt: skip
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=SECONDS_PER_PAGE, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(f"OCR of a page failed ({error}); {HINT}") from error
    progress.report()
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(f"OCR of a page failed ({said[-1] if said else done.returncode})")
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Word]:
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != "5" or not text:
            continue
        place = tuple(int(row[name]) for name in ("page_num", "block_num", "par_num", "line_num"))
        box = (int(row[name]) for name in ("left", "top", "width", "height"))
        yield Word(text, float(row["conf"]), place, *box)  # type: ignore[arg-type]


def _lines(words: Sequence[Word], index: int, scale: float, body: float) -> Iterator[Line]:
    """Lines of about the usual height are all of the size of the body: boxes are no sizes."""
    usual = median(_height(found) for _, found in _by_line(words)) if words else 0
    for _, found in _by_line(words):
        text = clean(" ".join(word.text for word in found))
        if not text or _sure(found) < LEAST_SURE_LINE:
            continue
        top, bottom = min(word.top for word in found), max(w.top + w.height for w in found)
        share = _height(found) / usual
        size = body if BODY[0] < share < BODY[1] else body * share
        hyphen = len(text) > 2 and text[-1] in "-‐" and text[-2].isalpha()
        yield Line(
            text=text[:-1] if hyphen else text,
            page=index,
            x0=found[0].left * scale,
            top=top * scale,
            x1=max(word.left + word.width for word in found) * scale,
            bottom=bottom * scale,
            size=size,
            hyphen=hyphen,
        )


def _by_line(words: Sequence[Word]) -> Iterator[tuple[object, list[Word]]]:
    for place, found in groupby(words, key=lambda word: word.place):
        yield place, list(found)


def _height(words: Sequence[Word]) -> float:
    return median(word.height for word in words)


def _sure(words: Sequence[Word]) -> float:
    return sum(word.sure for word in words) / len(words) if words else 0.0
