"""Small documents of every format that name something elsewhere to be fetched, and entities that
name a file of this machine."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from tests.extract.outlook import message
from tests.extract.pages import pdf_bytes
from tests.extract.test_containers import packed, write_warc

SENTENCE = "Police beat two detainees in the port, and the court heard none of the witnesses."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def entities(kind: str, away: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY x SYSTEM "{away}">'
        '<!ENTITY y SYSTEM "file:///etc/passwd">]>'
    )


def page(away: str) -> str:
    return (
        f'<html><head><title>Arrests</title><link rel=stylesheet href="{away}">'
        f'<base href="{away}"><meta http-equiv=refresh content="0;{away}"></head><body>'
        f'<img src="{away}"><iframe src="{away}"></iframe><object data="{away}"></object>'
        f"<p>{SENTENCE}</p></body></html>"
    )


def pdf(away: str) -> bytes:
    """Actions on opening and behind a link, a script, and a picture that is another file."""
    action = f"<< /S /URI /URI ({away}) >>"
    return pdf_bytes(
        f"BT /F 10 Tf 70 700 Td ({SENTENCE}) Tj ET q 9 0 0 9 0 0 cm /I Do Q",
        catalog=f"/OpenAction {action} /Names << /JavaScript << /Names [(a) << /S /JavaScript "
        f"/JS (app.launchURL\\('{away}'\\);) >>] >> >>",
        page=f"/AA << /O {action} >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 500 800] "
        f"/A {action} >>]",
        picture=f"/F << /FS /URL /F ({away}) >>",
    )


def docx(path: Path, away: str) -> None:
    document = (
        f'{entities("d", away)}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r>'
        f"<w:t>{SENTENCE} &x; &y;</w:t></w:r></w:p></w:body></w:document>"
    )
    template = (
        f'<Relationships><Relationship Id="rId1" TargetMode="External" Target="{away}" '
        f'Type="{OFFICE}/attachedTemplate"/></Relationships>'
    )
    packed(path, {
        "[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": template.encode(),
    })  # fmt: skip


def odt(path: Path, away: str) -> None:
    content = (
        f'<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0" '
        f'xmlns:d="{ODF}:drawing:1.0" xmlns:l="http://www.w3.org/1999/xlink"><o:body><o:text>'
        f'<t:p>{SENTENCE}<d:frame><d:image l:href="{away}"/></d:frame></t:p></o:text></o:body>'
        "</o:document-content>"
    )
    packed(path, {
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode(),
    })  # fmt: skip


def epub(path: Path, away: str) -> None:
    container = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
    package = (
        f"{entities('package', away)}<package><title>Prisons &x; &y;</title><manifest>"
        '<item id="a" href="a.html" media-type="application/xhtml+xml"/>'
        f'<item id="b" href="{away}" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    packed(path, {
        "mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode(),
        "p.opf": package.encode(), "a.html": page(away).encode(),
    })  # fmt: skip


def mail(away: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "desk@example.org", "News"
    mail.set_content(page(away), subtype="html")
    mail.add_attachment(
        b"", maintype="message", subtype="external-body",
        params={"access-type": "URL", "url": away},
    )  # fmt: skip
    return mail.as_bytes()


def mhtml(away: str) -> bytes:
    saved = EmailMessage()
    saved["From"], saved["MIME-Version"] = "<Saved by a browser>", "1.0"
    saved["Snapshot-Content-Location"] = away
    saved.set_content(page(away), subtype="html")
    saved.make_related()
    return saved.as_bytes()


def warc(path: Path, away: str) -> None:
    kind = f"text/html\r\nLink: <{away}>; rel=preload"
    answers = [
        (away, "200 OK", kind, page(away).encode()),
        (f"{away}/old", f"302 Found\r\nLocation: {away}", kind, b""),
    ]
    write_warc(path, answers, zipped=False)


def plain(text: str) -> Callable[[Path, str], object]:
    return lambda path, away: path.write_text(text.replace("AWAY", away))


DOCUMENTS: dict[str, Callable[[Path, str], object]] = {
    "page.html": lambda path, away: path.write_text(page(away)),
    "entity.xhtml": lambda path, away: path.write_text(
        f"{entities('html', away)}<html><body><p>{SENTENCE} &x; &y;</p></body></html>"
    ),
    "note.rtf": plain(
        r"{\rtf1{\field{\*\fldinst INCLUDETEXT AWAY}{\fldrslt " + SENTENCE + "}}}"
    ),
    "note.md": plain(f"# Arrests\n\n![picture](AWAY)\n\n{SENTENCE}"),
    "note.txt": plain(f"{SENTENCE}\n\nAWAY\n"),
    "rows.csv": plain(f'text,url\n"{SENTENCE}",AWAY\n"=WEBSERVICE(""AWAY"")",AWAY\n'),
    "rows.jsonl": plain(f'{{"text": "{SENTENCE}", "url": "AWAY", "$ref": "AWAY"}}\n'),
    "a.docx": docx,
    "a.odt": odt,
    "a.eml": lambda path, away: path.write_bytes(mail(away)),
    "a.msg": lambda path, away: path.write_bytes(
        message("News", f"{SENTENCE} {away}", {"a.html": page(away).encode(), "a.pdf": pdf(away)})
    ),
    "a.mhtml": lambda path, away: path.write_bytes(mhtml(away)),
    "a.epub": epub,
    "a.warc": warc,
    "a.pdf": lambda path, away: path.write_bytes(pdf(away)),
    "a.zip": lambda path, away: packed(path, {
        "a.html": page(away).encode(), "a.pdf": pdf(away), "a.eml": mail(away),
    }),
}  # fmt: skip
NEEDS_PROGRAMS = ("a.odt",)  # LibreOffice


def write(folder: Path, name: str, away: str) -> Path:
    path = folder / name
    DOCUMENTS[name](path, away)
    return path
