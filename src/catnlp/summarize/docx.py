"""The country page as a Word document, for memos (extra: docx)."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from catnlp.domain import CountrySummary, Evidence
from catnlp.errors import UsageError
from catnlp.summarize.parts import CHECK_FIRST, Part, page_parts
from catnlp.summarize.places import citation, source_link
from catnlp.summarize.words import (
    first_up,
    happened,
    items,
    money,
    parts,
    rejected,
    responsible,
    said_by,
    units_named,
)
from catnlp.taxonomy import taxonomy
from catnlp.taxonomy.criteria import criteria

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes every time
STATUSES = ("affirmed", "alleged", "negated", "normative", "hypothetical")


def as_docx(summary: CountrySummary) -> bytes:
    """UsageError where python-docx is not there."""
    try:
        import docx
    except ImportError as error:
        raise UsageError("docx pages need python-docx: pip install 'catnlp[docx]'") from error
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = f"{summary.name}: evidence found", "catnlp"
    properties.created = properties.modified = EPOCH
    _front(document, summary)
    for part in page_parts(summary):
        _part(document, part)
    _contradictions(document, summary)
    _questions(document, summary)
    _sales(document, summary)
    _unread(document, summary)
    stream = io.BytesIO()
    document.save(stream)
    return _without_clock(stream)


def _without_clock(stream: io.BytesIO) -> bytes:
    """The same archive with one fixed date for every part."""
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as held, zipfile.ZipFile(result, "w") as fixed:
        for name in held.namelist():
            entry = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, held.read(name))
    return result.getvalue()


def _front(document: "Document", summary: CountrySummary) -> None:
    document.add_heading(summary.name, 0)
    document.add_paragraph(
        f"From {summary.documents} documents of {summary.sentences:,} sentences. Every quote is "
        "verbatim, with its place. This memo raises questions for a reviewer; it decides nothing."
    )
    document.add_heading("Counts by category and status", 1)
    rows = [
        [taxonomy().category(c.category).label, *(c.by_status.get(s, 0) or "" for s in STATUSES)]
        for c in summary.counts
    ]
    _table(document, ["Category", *(s.capitalize() for s in STATUSES)], rows)
    if summary.rejected:
        document.add_paragraph(rejected(summary))


def _part(document: "Document", part: Part) -> None:
    document.add_heading(part.title, 1)
    document.add_paragraph(part.intro)
    for block in part.blocks:
        document.add_heading(taxonomy().category(block.category).label, 2)
        document.add_paragraph(block.counted)
        if block.to_check:
            document.add_heading(CHECK_FIRST, 3)
        for evidence in (*block.quotes, *block.to_check):
            _quote(document, evidence, others=part.others)


def _quote(document: "Document", evidence: Evidence, *, others: bool = False) -> None:
    before, trigger, after = parts(evidence)
    paragraph = document.add_paragraph(style="Quote")
    paragraph.add_run(before)
    paragraph.add_run(trigger).bold = True
    paragraph.add_run(after)
    mention = evidence.mention
    about = document.add_paragraph(f"{mention.status}, {mention.actor} actor. ")
    _link(about, citation(evidence), source_link(evidence))
    extra = [
        "; ".join(evidence.unclear),
        f"{evidence.review} by a reviewer" if evidence.review else "",
        said_by(evidence),
        responsible(evidence) if others else "",
        happened(evidence),
        units_named(evidence),
        f"also in: {'; '.join(evidence.also_in)}" if evidence.also_in else "",
    ]
    about.add_run("".join(f". {first_up(words)}" for words in extra if words) + ".")


def _link(paragraph: "Paragraph", text: str, address: str) -> None:
    """A hyperlink where there is an address, else plain words."""
    if not address:
        paragraph.add_run(text)
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    element.append(run._r)
    paragraph._p.append(element)


def _contradictions(document: "Document", summary: CountrySummary) -> None:
    if not summary.contradictions:
        return
    document.add_heading("Alleged here, denied there", 1)
    for pair in summary.contradictions:
        document.add_heading(taxonomy().category(pair.category).label, 2)
        _quote(document, pair.said)
        _quote(document, pair.denied)


def _questions(document: "Document", summary: CountrySummary) -> None:
    document.add_heading("Questions that the evidence bears on", 1)
    held = {c.criterion: c for c in summary.criteria}
    for instrument in criteria().instruments:
        rows = [
            [c.article, c.question, *(held[c.id].by_status.get(s, 0) or "" for s in STATUSES)]
            for c in criteria().criteria
            if c.instrument == instrument.id and c.id in held
        ]
        if rows:
            document.add_heading(instrument.label, 2)
            document.add_paragraph(f"{instrument.source}. {instrument.note}")
            _table(document, ["", "Question", *(s.capitalize() for s in STATUSES)], rows)


def _sales(document: "Document", summary: CountrySummary) -> None:
    document.add_heading("Arms sales found", 1)
    rows = [
        [sale.date, sale.supplier, items(sale), money(sale), sale.stage, title]
        for sale, title in summary.sales
    ]
    if rows:
        _table(document, ["Date", "Supplier", "Items", "Value", "Stage", "Source"], rows)
    else:
        document.add_paragraph("None of the documents read names one.")


def _unread(document: "Document", summary: CountrySummary) -> None:
    document.add_heading("What was not read or not found", 1)
    absent = ", ".join(taxonomy().category(c).label for c in summary.absent)
    document.add_paragraph(f"Nothing was found on: {absent or 'no category is without a mention'}.")
    for unread in summary.unread:
        document.add_paragraph(f"{unread.uri}: {unread.reason}", style="List Bullet")
    if not summary.unread:
        document.add_paragraph("Every input of this store was read whole.")


def _table(document: "Document", head: list[str], rows: Iterable[list[Any]]) -> None:
    table = document.add_table(1, len(head), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
