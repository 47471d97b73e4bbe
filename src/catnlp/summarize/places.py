"""Where a quote stands, in words and as a link that opens the source there."""

from pathlib import Path
from urllib.parse import quote as percent

from catnlp.domain import Evidence

FRAGMENT_WORDS = 8  # words at either end of a quote in a text fragment
WEB = (".html", ".htm", ".xhtml")


def place(evidence: Evidence) -> str:
    """Page (printed label, and index where it differs), or paragraph."""
    if evidence.page is None:
        return f"paragraph {evidence.paragraph}"
    if evidence.page_label and evidence.page_label != str(evidence.page):
        return f"page {evidence.page_label} (page {evidence.page} of the file)"
    return f"page {evidence.page}"


def citation(evidence: Evidence) -> str:
    """Document, publisher, date, headings and place, as a footnote has them."""
    parts = [evidence.document_title, evidence.publisher, evidence.published]
    if evidence.section:
        parts.append(" › ".join(evidence.section))
    return ", ".join(part for part in (*parts, place(evidence)) if part)


def source_link(evidence: Evidence) -> str:
    """The page of a PDF, or the words on a web page; "" where the source cannot be opened."""
    if evidence.url.startswith(("http://", "https://")) and evidence.page is None:
        return evidence.url + _fragment(evidence.quote)
    path = Path(evidence.uri.split("#row=")[0])
    if not path.exists():
        return ""
    address = path.resolve().as_uri()
    if evidence.page:
        return f"{address}#page={evidence.page}"
    return address + _fragment(evidence.quote) if path.suffix.lower() in WEB else address


def _fragment(quote: str) -> str:
    words = quote.split()
    ends = [" ".join(words)]
    if len(words) > 2 * FRAGMENT_WORDS:
        ends = [" ".join(words[:FRAGMENT_WORDS]), " ".join(words[-FRAGMENT_WORDS:])]
    return "#:~:text=" + ",".join(percent(end, safe="").replace("-", "%2D") for end in ends)
