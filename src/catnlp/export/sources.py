"""The sources of the flags: BibTeX for papers, CSL-JSON for Zotero and Pandoc."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO, Any

from catnlp.domain import Flag
from catnlp.export.formats import Lookup, exporter

CSL_TYPES = {"news": "article-newspaper", "law": "legislation"}
ESCAPES = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
     "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip


def sources(found: Iterable[Flag]) -> Iterator[Flag]:
    """The first flag of each document."""
    seen: set[str] = set()
    for flag in found:
        if flag.document_id not in seen:
            seen.add(flag.document_id)
            yield flag


def citation_key(flag: Flag) -> str:
    """Words of publisher and title, year, and the beginning of the document's hash."""
    plain = unicodedata.normalize("NFKD", f"{flag.publisher} {flag.document_title}")
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    return "-".join((*words[:3], flag.published[:4] or "nd", flag.document_id[:6]))


@exporter("bibtex", "BibTeX of the sources")
def write_bibtex(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    for flag in sources(found):
        year, _, month = flag.published.partition("-")
        fields = {
            "title": f"{{{flag.document_title.translate(ESCAPES)}}}",
            "author": f"{{{flag.publisher.translate(ESCAPES)}}}" if flag.publisher else "",
            "year": year,
            "month": str(int(month[:2])) if month else "",
            "url": flag.url.replace("{", "%7B").replace("}", "%7D"),
            "note": f"SHA-256 {flag.document_id}",
        }
        listed = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        stream.write(f"@misc{{{citation_key(flag)},\n{listed}}}\n\n")


@exporter("csl-json", "CSL-JSON of the sources (Zotero, Pandoc)")
def write_csl(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    records = [_csl(flag) for flag in sources(found)]
    stream.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")


def _csl(flag: Flag) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": citation_key(flag),
        "type": CSL_TYPES.get(flag.genre, "report"),
        "title": flag.document_title,
    }
    if flag.publisher:
        record["author"] = [{"literal": flag.publisher}]
        record["publisher"] = flag.publisher
    if flag.published:
        record["issued"] = {"date-parts": [[int(part) for part in flag.published.split("-")]]}
    if flag.url:
        record["URL"] = flag.url
    return record
