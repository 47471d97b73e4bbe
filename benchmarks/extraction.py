"""What is read of real documents, beside other tools; fails when a figure falls below its floor.

    python benchmarks/extraction.py            print the figures
    python benchmarks/extraction.py --gate     exit 1 when one falls below extraction.json
    python benchmarks/extraction.py --pin      write new floors; refuses to lower one
    python benchmarks/extraction.py --only prose tables

Needs `corpus/` of the shared data folder beside the checkout. pdfplumber reads slowly: about
two minutes in all.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from catnlp.domain import Document
from catnlp.errors import InputError
from catnlp.extract import extract
from floors import falls
from reference import (
    LINK,
    Haystack,
    hashed,
    in_order,
    markdown_sentences,
    plain,
    vocabulary,
    word_accuracy,
)

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SCAN = Path(__file__).with_name("scan.json")
PINS = Path(__file__).with_suffix(".json")
NOISE = 0.002  # a share may fall by this much
PROSE = ("crs/R48179.pdf", "crs/RS22331.pdf", "upr/sudan2011.pdf", "gao/gao-06-282.pdf")
TABLES = ("training-reports/2020_2021_South_Central_Asia.pdf",)
LABEL = re.compile(r"^(\d+(?:\.\d+)*)\.\s", re.M)  # the Markdown has no stop in some labels
BLOCK_END = "¶"
COLUMNS = "course_title quantity location student_unit us_unit total_cost start_date end_date"
FRAME = re.compile(r"Congressional Research Service(?: \d|$)|crsreports\.congress\.gov \d|Page \d")
GLUED = re.compile(r"(?<![/\w])[a-z]{3,}[.,;:]?[”\"’)]?\d{1,3}(?=[\s.,;]|$)")


def read(path: Path) -> Document:
    return next(iter(extract(path)))


def prose() -> Iterator[tuple[str, float]]:
    """Sentences of research reports found verbatim and in order, against their Markdown."""
    reports = sorted((CORPUS / "crs").glob("*.pdf"))
    wanted = {path: markdown_sentences(path.parent / "markdown" / f"{path.stem}.md")
              for path in reports}  # fmt: skip
    words = vocabulary(sentence for found in wanted.values() for sentence in found)
    total = sum(map(len, wanted.values()))
    for name, reader in READERS.items():
        kept = sum(sum(in_order(wanted[p], Haystack(reader(p), words))) for p in reports)
        yield f"sentences in order, {name}", kept / total
    documents = [read(path) for path in reports]
    body = [d.text[b.start : b.end] for d in documents for b in d.blocks if b.kind != "note"]
    body = [text for text in body if len(text.split()) > 5]
    yield "paragraphs without a running head", 1 - _share(FRAME, body)
    yield "paragraphs without a glued note mark", 1 - _share(GLUED, body)


def _share(pattern: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(pattern.search(text) is not None for text in texts) / len(texts)


def with_catnlp(path: Path) -> str:
    """The text; a sentence may not run over the end of a block."""
    return read(path).text.replace("\n", f" {BLOCK_END} ")


def with_pdfplumber(path: Path) -> str:
    import pdfplumber

    texts = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            page.close()
    return "\n".join(texts)


def with_pypdfium2(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def with_pdftotext(path: Path) -> str:
    command = ["pdftotext", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


READERS: dict[str, Callable[[Path], str]] = {
    "catnlp": with_catnlp,
    "pdfplumber": with_pdfplumber,
    "pypdfium2": with_pypdfium2,
}
if shutil.which("pdftotext"):
    READERS["pdftotext"] = with_pdftotext


def tables() -> Iterator[tuple[str, float]]:
    """Cells of training tables that are a cell of the right row, against rows in XML."""
    from lxml import etree

    for path in sorted((CORPUS / "training-reports").glob("*_dedup.xml")):
        name = path.stem.removesuffix("_dedup")
        rows = [
            [squeezed(row.findtext(column)) for column in COLUMNS.split() if row.findtext(column)]
            for row in etree.parse(str(path)).iter("training")
        ]
        document = read(path.with_name(f"{name}.pdf"))
        blocks = [b for b in document.blocks if b.kind == "table-row"]
        found = [
            [squeezed(cell) for cell in document.text[b.start : b.end].split(" | ")] for b in blocks
        ]
        yield f"table cells, {name}", cells_right(rows, found) / sum(map(len, rows))


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def cells_right(rows: Sequence[list[str]], found: list[list[str]]) -> int:
    """Each row is compared with the nearest unused row near the place of the one before."""
    right, place, used = 0, 0, set()
    for row in rows:
        near = [n for n in range(max(0, place - 40), min(len(found), place + 60)) if n not in used]
        if not near:
            break
        place = max(near, key=lambda n: ((Counter(row) & Counter(found[n])).total(), -n))
        used.add(place)
        right += (Counter(row) & Counter(found[place])).total()
    return right


def office() -> Iterator[tuple[str, float]]:
    """Paragraphs and cells of DOCX files found in order, against Markdown."""
    kept = total = 0
    for path in sorted((CORPUS / "office" / "docling_docx").glob("*.docx")):
        wanted = markdown_parts(path.with_name(f"{path.name}.md").read_text(encoding="utf-8"))
        text = LABEL.sub(r"\1 ", read(path).text.replace(" | ", " ").replace("|", " "))
        kept += sum(in_order(wanted, Haystack(text, vocabulary(wanted))))
        total += len(wanted)
    yield "parts of DOCX in order", kept / total


def markdown_parts(text: str) -> list[str]:
    """Words of paragraphs and cells; a merged cell, repeated in Markdown, counts once."""
    text = re.sub(r"<!--.*?-->|\*\*|~~|(?<!\w)\*|\*(?!\w)|\\(?=_)", "", LINK.sub(r"\1", text))
    text = re.sub(r"^\s*(?:#+|[-*]|\d+(?:\.\d+)*\.)\s+|  $", "", text, flags=re.M)
    parts: list[str] = []
    for line in text.split("\n"):
        for part in line.strip().strip("|").split(" | "):
            words = plain(re.sub(r"^[\s-]+|(?:^|\s)[-:]+(?=\s|$)", " ", part)).replace(" .", ".")
            words = LABEL.sub(r"\1 ", words.replace(" ,", ","))
            if words and (not parts or parts[-1] != words):
                parts.append(words)
    return parts


def numbered() -> Iterator[tuple[str, float]]:
    """Numbered paragraphs of UN reports: a block each, that begins with its number."""
    kept = total = 0
    for path in sorted((CORPUS / "upr").glob("*.pdf")):
        last = _last_number(with_pypdfium2(path))
        document = read(path)
        starts = [document.text[b.start : b.start + 8] for b in document.blocks]
        found = {int(m[1]) for start in starts if (m := re.match(r"(\d{1,3})\.\s", start))}
        kept += len(found & set(range(1, last + 1)))
        total += last
    yield "numbered paragraphs", kept / total


def _last_number(text: str) -> int:
    last = 0
    for match in re.finditer(r"^\s*(\d{1,3})\.\s", text, re.M):
        last = int(match[1]) if int(match[1]) == last + 1 else last
    return last


def speed() -> Iterator[tuple[str, float]]:
    """Pages and reports a second of CPU time, beside other tools in the same run."""
    for kind, names in (("prose", PROSE), ("tables", TABLES)):
        paths = [CORPUS / name for name in names]
        pages = sum(len(read(path).pages) for path in paths)
        seconds = {name: _cpu(reader, paths) for name, reader in READERS.items()
                   if name != "pdftotext"}  # fmt: skip
        for name, value in seconds.items():
            yield f"pages of {kind} a second, {name}", pages / value
        yield f"times pdfplumber, {kind}", seconds["pdfplumber"] / seconds["catnlp"]
    reports = sorted((CORPUS / "country-reports" / "2023").glob("*.html"))[::6][:30]
    yield "HTML reports a second", len(reports) / _cpu(with_catnlp, reports)


def _cpu(reader: Callable[[Path], str], paths: Iterable[Path]) -> float:
    started = time.process_time()
    for path in paths:
        reader(path)
    return time.process_time() - started


def difficult() -> Iterator[tuple[str, float]]:
    """Files that end in the right class: read, by OCR, or unread for the right reason."""
    from catnlp.extract import ocr

    right = 0
    for name, expected in CLASSES.items():
        found = _class(CORPUS / "difficult-pdf" / name)
        unread = expected == "ocr" and not ocr.version() and "install Tesseract" in found
        right += expected in found or unread
        print(f"  {name:42} {found}")
    yield "difficult files in their class", right / len(CLASSES)


def scan() -> Iterator[tuple[str, float]]:
    """Words of three pages of a scanned court complaint, read by OCR."""
    import pypdfium2

    from catnlp.extract import ocr

    gold = json.loads(SCAN.read_text(encoding="utf-8"))
    if not ocr.version():
        print("  left out: Tesseract is not installed")
        return
    document = pypdfium2.PdfDocument(CORPUS / "difficult-pdf" / gold["file"])
    scans = [ocr.scan_page(document[page - 1], page) for page in gold["pages"]]
    text = plain("\n".join(line.text for scan in scans for line in scan.lines))
    yield "words right by OCR", word_accuracy(gold["words"].split(), hashed(text.split()))


CLASSES = {
    "huridocs_blank.pdf": "unread: no text on page 1",
    "huridocs_error.pdf": "unread: no PDF",
    "huridocs_image.pdf": "ocr",
    "huridocs_ocr-sample-english.pdf": "ocr",
    "huridocs_ocr_pdf.pdf": "ocr",
    "huridocs_some_empty_pages.pdf": "text",
    "unstructured_copy-protected.pdf": "text",
    "unstructured_pdf-with-ocr-text.pdf": "ocr",
    "warisbusiness_gary-hyde-complaint.pdf": "ocr",
    "warisbusiness_iotc-waxman-letter.pdf": "ocr",
    "warisbusiness_kabul-bank-adviser.pdf": "ocr",
}


def _class(path: Path) -> str:
    try:
        document = read(path)
    except InputError as error:
        return f"unread: {str(error).removeprefix(f'{path}: ')}"
    counts = Counter(page.quality for page in document.pages)
    return " ".join(f"{quality}:{count}" for quality, count in counts.most_common())


MEASURES: dict[str, Callable[[], Iterator[tuple[str, float]]]] = {
    "prose": prose,
    "tables": tables,
    "office": office,
    "numbered": numbered,
    "difficult": difficult,
    "scan": scan,
    "speed": speed,
}


def is_ours(figure: str) -> bool:
    """A figure of catnlp and not of another tool; floors of speed are set by hand."""
    return figure.rpartition(", ")[2] not in set(READERS) - {"catnlp"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), default=list(MEASURES))
    options = parser.parse_args(arguments)
    if not CORPUS.is_dir():
        print(f"left out: no {CORPUS.name} of the shared data beside the checkout")
        return 0
    now: dict[str, float] = {}
    for name in options.only:
        print(MEASURES[name].__doc__)
        for figure, value in MEASURES[name]():
            now[figure] = value
            print(f"  {figure:44} {value:8.3f}")
    pins = json.loads(PINS.read_text(encoding="utf-8")) if PINS.exists() else {}
    worse = falls(now, pins, NOISE)
    for line in worse:
        print(f"fell: {line}")
    if options.pin and not worse:
        kept = {name: round(v, 3) for name, v in now.items() if is_ours(name) and v <= 1}
        PINS.write_text(json.dumps({**pins, **kept}, indent=2) + "\n", encoding="utf-8")
    return 1 if worse and (options.gate or options.pin) else 0


if __name__ == "__main__":
    sys.exit(main())
