"""Writes the two sample documents that are not plain text: a policy PDF and a DOCX memo.

    pip install reportlab python-docx && python scripts/make_samples.py

The texts are ours; corpora/samples/README.md names the sources of their facts.
"""

from datetime import datetime
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FOLDER = Path(__file__).parents[1] / "corpora" / "samples" / "documents"
RUNNING_HEAD = "Arms transfers and human rights: what the rules ask"

POLICY = [
    ("Title", "Arms transfers and human rights: what the rules ask"),
    ("Heading1", "1. The policy of 2023"),
    ("Normal", "The Conventional Arms Transfer Policy of February 2023 says that no transfer will "
     "be authorized where the United States assesses that it is more likely than not that the "
     "arms will be used by the recipient to commit or facilitate genocide, crimes against "
     "humanity or grave breaches of the Geneva Conventions.<super>1</super> The policy of 2018 "
     "had spoken of actual knowledge. The new text also asks whether the security sector of the "
     "recipient is governed by law: corruption, civilian control and the rule of law are to be "
     "weighed in every case."),
    ("Normal", "Reviewers look for a risk that the arms could be diverted to groups for which they "
     "were not meant, and for past violations of end-use agreements."),
    ("Heading1", "2. The Leahy law"),
    ("Normal", "Assistance to a unit of a foreign security force is prohibited where there is "
     "credible information that the unit has committed a gross violation of human rights, such "
     "as extrajudicial killing, enforced disappearance, torture or rape.<super>2</super> It may "
     "go on when the government of the country takes effective steps to bring those responsible "
     "to justice. Vetting is done by unit, which is why the name of a unit in a report matters."),
    ("PageBreak", ""),
    ("Heading1", "3. The Arms Trade Treaty"),
    ("Normal", "Article 6 forbids a transfer when a state knows that the arms would be used for "
     "genocide or attacks against civilians. Article 7 asks it to assess the potential that they "
     "could be used to commit a serious violation of human rights law, and to take the risk of "
     "gender-based violence into account. Article 11 obliges states to prevent the diversion of "
     "conventional arms."),
    ("Table", [["Rule", "Question", "Standard"],
               ["CAT policy 2023", "Use for atrocities", "more likely than not"],
               ["Leahy law", "Unit with gross violations", "credible information"],
               ["ATT article 7", "Serious violations", "overriding risk"]]),
    ("Heading1", "4. What a reviewer needs"),
    ("Normal", "A reviewer needs the words of the source, its date and its page. Counting "
     "reports is not counting violations: a country that lets observers in is written about "
     "more than one that keeps them out."),
]  # fmt: skip
FOOTNOTES = {
    1: "1  National Security Memorandum 18, 23 February 2023.",
    2: "2  22 USC 2378d. The Department of State keeps the list of units.",
}


def _furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica-Oblique", 9)
    canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, RUNNING_HEAD)
    canvas.setFont("Helvetica", 8)
    if canvas.getPageNumber() == 1:
        for line, note in enumerate(FOOTNOTES.values()):
            canvas.drawString(2.5 * cm, 2.6 * cm - line * 0.45 * cm, note)
    canvas.drawCentredString(A4[0] / 2, 1.2 * cm, f"{canvas.getPageNumber()}")


def policy_pdf(path: Path) -> None:
    """Two pages with running heads, page numbers, footnotes and a ruled table."""
    styles = getSampleStyleSheet()
    flow: list[object] = []
    for style, content in POLICY:
        if style == "PageBreak":
            flow.append(PageBreak())
        elif style == "Table":
            table = Table(content, colWidths=[4 * cm, 6 * cm, 5 * cm])
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            flow += [table, Spacer(1, 10)]
        else:
            flow += [Paragraph(str(content), styles[style]), Spacer(1, 8)]
    template = SimpleDocTemplate(
        str(path), pagesize=A4, leftMargin=2.5 * cm, rightMargin=2.5 * cm, topMargin=2.5 * cm,
        bottomMargin=3.5 * cm, title=RUNNING_HEAD, author="catnlp samples", invariant=1,
    )  # fmt: skip
    template.build(flow, onFirstPage=_furniture, onLaterPages=_furniture)


MEMO = [
    (0, "Security-sector governance in Nigeria"),
    (None, "Memorandum, March 2022. Publisher: catnlp samples."),
    (1, "Police"),
    (None, "Between January 2017 and May 2020 Amnesty International documented at least 82 cases "
     "of torture, ill-treatment and extrajudicial execution by the Special Anti-Robbery Squad. "
     "Officers of the squad extorted money from young people whom they had stopped on the road. "
     "The squad was dissolved in October 2020 after nationwide protests."),
    (None, "On 20 October 2020 soldiers opened fire on peaceful protesters at the Lekki toll gate "
     "in Lagos. The army first denied that its men had been there. A judicial panel found in "
     "November 2021 that protesters had been killed, and likened what happened to a massacre; "
     "no soldier has been convicted."),
    (1, "Defence procurement"),
    (None, "A former national security adviser was charged in December 2015 with diverting 2.1 "
     "billion dollars that had been meant for weapons against Boko Haram. He denies the charges. "
     "The defence budget is large, and neither the auditor nor parliament can follow all of it."),
    (1, "Conflict"),
    (None, "Boko Haram and its offshoot in West Africa abducted women and girls and used children "
     "as suicide bombers. The Multinational Joint Task Force of Nigeria, Niger, Chad and Cameroon "
     "fights both groups."),
    (1, "Open questions"),
    (None, "If the helicopters now requested were used like the jet that bombed Rann, civilians "
     "could be killed again. The memorandum recommends that the government publish the results "
     "of its investigations."),
]  # fmt: skip


def memo_docx(path: Path) -> None:
    """Headings, paragraphs and a table."""
    document = Document()
    document.core_properties.title = MEMO[0][1]
    document.core_properties.author = "catnlp samples"
    document.core_properties.created = document.core_properties.modified = datetime(2022, 3, 15)
    for level, text in MEMO:
        if level is None:
            document.add_paragraph(text)
        else:
            document.add_heading(text, level)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Body", "Finding"
    row = table.add_row().cells
    row[0].text = "Lagos State Judicial Panel"
    row[1].text = "Soldiers shot at unarmed protesters at Lekki."
    document.save(str(path))


if __name__ == "__main__":
    policy_pdf(FOLDER / "transfer-policy.pdf")
    memo_docx(FOLDER / "nigeria-security-sector.docx")
