"""Small PDF files with text at given places, written by hand, for the faults of real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Text:
    """One line at a place, in points from the top left."""

    x: float
    top: float
    text: str
    size: float = 10
    bold: bool = False

    def drawn(self) -> str:
        font = "/B" if self.bold else "/F"
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        place = f"{self.x} {HEIGHT - self.top - self.size}"
        return f"BT {font} {self.size} Tf {place} Td ({escaped}) Tj ET"


def lines(
    x: float, top: float, texts: Sequence[str], *, size: float = 10, leading: float = 12
) -> list[Text]:
    """Lines under each other."""
    return [Text(x, top + n * leading, text, size) for n, text in enumerate(texts)]


def write_pdf(
    path: Path, pages: Sequence[Sequence[Text]], bookmarks: Sequence[tuple[str, int]] = ()
) -> Path:
    """`bookmarks` are titles with the page they lead to, from 1."""
    contents = ["\n".join(text.drawn() for text in page).encode("cp1252") for page in pages]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for number, content in enumerate(contents):
        resources = "<< /Font << /F 3 0 R /B 4 0 R >> >>"
        objects.append(_page(resources, 6 + 2 * number))
        objects.append(_stream("", content))
    if bookmarks:
        first = len(objects) + 2
        last = first + len(bookmarks) - 1
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Outlines {first - 1} 0 R >>".encode()
        objects.append(
            f"<< /First {first} 0 R /Last {last} 0 R /Count {len(bookmarks)} >>".encode()
        )
        for number, (title, page) in enumerate(bookmarks, first):
            following = f"/Next {number + 1} 0 R " if number < last else ""
            objects.append(
                f"<< /Title ({title}) /Parent {first - 1} 0 R {following}"
                f"/Dest [{3 + 2 * page} 0 R /Fit] >>".encode()
            )
    return _written(path, objects)


def pdf_bytes(content: str, *, catalog: str, page: str, picture: str) -> bytes:
    """One page, with more in its catalog, page and picture (/I) than text needs."""
    resources = "<< /Font << /F 3 0 R >> /XObject << /I 6 0 R >> >>"
    head = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    return _file([
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        _font("Helvetica"),
        _page(resources, 5, page),
        _stream("", content.encode("cp1252")),
        _stream(f"{head} /BitsPerComponent 8 {picture}", b"\0"),
    ])  # fmt: skip


def write_scan(path: Path, source: Path, *, scale: float = 2.5) -> Path:
    """The pages of a PDF as pictures, without text."""
    import pypdfium2

    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    document = pypdfium2.PdfDocument(source)
    for page in document:
        bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        packed = b"".join(
            rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
        )
        head = (
            f"/Type /XObject /Subtype /Image /Width {bitmap.width} /Height {bitmap.height} "
            "/ColorSpace /DeviceGray /BitsPerComponent 8"
        )
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        objects.append(_page(f"<< /XObject << /I {first + 2} 0 R >> >>", first + 1))
        objects.append(_stream("", f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q".encode()))
        objects.append(_stream(head, packed))
    document.close()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _written(path, objects)


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
    ).encode()


def _page(resources: str, content: int, more: str = "") -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Resources {resources} /Contents {content} 0 R {more}>>"
    ).encode()


def _stream(head: str, data: bytes) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _written(path: Path, objects: Sequence[bytes]) -> Path:
    path.write_bytes(_file(objects))
    return path


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
        + (f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode()
    )
    return out
