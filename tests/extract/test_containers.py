"""Mails, mailboxes and archives: what is in them is read, and nothing gets out of them."""

import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from catnlp.domain import Document
from catnlp.errors import InputError
from catnlp.extract import containers, extract, members, office
from tests.extract.outlook import write_message
from tests.extract.pages import lines, write_pdf

NEWS = "The army shelled the town, and the police arrested two reporters who wrote about it."
PAGE = (
    f"<html><head><title>Attached</title></head><body><h1>Attached</h1><p>{NEWS}</p></body></html>"
)


def read(path: Path) -> list[Document]:
    return list(extract(path))


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "The northern camp"
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Soldiers beat four detainees in the northern camp.\n")
    message.add_alternative(f"<p>{NEWS}</p>", subtype="html")
    message.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="../../a.html")
    return message


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_mail_is_its_text_and_its_attachments(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(mail().as_bytes())
    message, attached = read(tmp_path / "m.eml")
    assert (message.title, message.publisher, message.published) == (
        "The northern camp",
        "Jane Doe",
        "2024-03-05",
    )
    assert message.text == "Soldiers beat four detainees in the northern camp."
    assert attached.title == "Attached"
    assert attached.uri == f"{tmp_path / 'm.eml'}#member=../../a.html"


def test_mailbox_is_its_mails(tmp_path: Path) -> None:
    letter = b"From desk Mon Jan  1 00:00:00 2024\n" + mail().as_bytes() + b"\n"
    (tmp_path / "m.mbox").write_bytes(letter * 2)
    assert len(read(tmp_path / "m.mbox")) == 4


def test_archives_in_archives_are_read(tmp_path: Path) -> None:
    inner = packed(tmp_path / "in.zip", {"../../x.txt": NEWS.encode(), "m.eml": mail().as_bytes()})
    with tarfile.open(tmp_path / "out.tar.gz", "w:gz") as archive:
        archive.add(inner, "in.zip")
    found = read(tmp_path / "out.tar.gz")
    assert [d.uri.partition("#")[2] for d in found] == [
        "member=in.zip#member=../../x.txt",
        "member=in.zip#member=m.eml",
        "member=in.zip#member=m.eml#member=../../a.html",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.zip", "out.tar.gz"]


def test_archive_that_begins_with_a_pdf_is_an_archive(tmp_path: Path) -> None:
    """Its first bytes are those of the PDF, where it is not compressed."""
    report = write_pdf(tmp_path / "report.pdf", [lines(72, 100, [NEWS])])
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(report, "report.pdf")
    with tarfile.open(tmp_path / "a.tar", "w") as archive_2:
        archive_2.add(report, "report.pdf")
    for name in ("a.zip", "a.tar"):
        (document,) = read(tmp_path / name)
        assert document.uri.endswith("#member=report.pdf")


def test_pdf_after_other_bytes_is_a_pdf(tmp_path: Path) -> None:
    report = write_pdf(tmp_path / "a.pdf", [lines(72, 100, [NEWS])])
    report.write_bytes(b"\r\n\r\n" + report.read_bytes())
    assert read(report)[0].text == NEWS


def test_members_that_are_not_read_are_named(tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.zip", {"a.txt": NEWS.encode(), "b.bin": bytes(range(256)) * 9})
    (document,) = read(archive)
    assert document.warnings[0].startswith("b.bin left out: binary data")


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        info = tarfile.TarInfo("a.txt")
        info.size = len(NEWS)
        archive.addfile(info, io.BytesIO(NEWS.encode()))
    (document,) = read(tmp_path / "a.tar")
    assert document.warnings == ("link.txt left out: a link or device, which is not followed",)


def test_bomb_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than 200 times its size"):
        read(packed(tmp_path / "a.zip", {"a.txt": b"0" * 15_000_000}))


def test_containers_share_one_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MOST_BYTES", 1000)
    inner = packed(tmp_path / "in.zip", {"a.txt": NEWS.encode() * 5})
    outer = packed(
        tmp_path / "out.zip", {"in.zip": inner.read_bytes(), "b.zip": inner.read_bytes()}
    )
    within = containers.Within(budget=members.Budget(left=1000))
    (document,) = extract(outer, within=within)
    assert "unpacks to more than" in document.warnings[0]


def test_containers_may_not_stand_in_each_other_for_ever(tmp_path: Path) -> None:
    data = NEWS.encode()
    for n in range(6):
        data = packed(tmp_path / f"{n}.zip", {f"{n}.zip" if n else "a.txt": data}).read_bytes()
    with pytest.raises(InputError, match="4 containers in each other"):
        read(tmp_path / "5.zip")


def test_protected_archive_is_a_failure(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": NEWS.encode()})
    data = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.txt left out: it is protected by a password"):
        read(path)


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(rf"{{\rtf1\ansi\b Arrests\b0\par {NEWS}\par}}")
    (document,) = read(tmp_path / "a.rtf")
    assert document.text == f"Arrests\n{NEWS}"


def test_book_in_the_order_of_its_chapters(tmp_path: Path) -> None:
    container = '<container><rootfiles><rootfile full-path="o/p.opf"/></rootfiles></container>'
    items = "".join(f'<item id="{c}" href="{c}.html" media-type="text/html"/>' for c in "ab")
    spine = '<spine><itemref idref="b"/><itemref idref="a"/></spine>'
    package = f"<package><title>Prisons</title><manifest>{items}</manifest>{spine}</package>"
    book = packed(tmp_path / "a.epub", {
        "mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode(),
        "o/p.opf": package.encode(), "o/a.html": f"<h1>Two</h1><p>{NEWS}</p>".encode(),
        "o/b.html": b"<h1>One</h1><p>The prisons held more than they were built for.</p>",
    })  # fmt: skip
    (document,) = read(book)
    assert document.title == "Prisons"
    assert document.text.split("\n")[0::2] == ["One", "Two"]


def test_saved_web_page(tmp_path: Path) -> None:
    page = EmailMessage()
    page["From"], page["MIME-Version"] = "<Saved by a browser>", "1.0"
    page["Snapshot-Content-Location"] = "https://example.org/news"
    page.set_content(PAGE, subtype="html")
    page.make_related()
    (tmp_path / "a.mhtml").write_bytes(page.as_bytes())
    (document,) = read(tmp_path / "a.mhtml")
    assert (document.title, document.url) == ("Attached", "https://example.org/news")


def test_old_office_document_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text",
                                       "content.xml": b"<a/>" * 50})  # fmt: skip
    monkeypatch.setattr(office, "libreoffice", lambda: "")
    with pytest.raises(InputError, match="needs LibreOffice; install LibreOffice"):
        read(path)


def test_outlook_message_is_its_text_and_its_attachments(tmp_path: Path) -> None:
    attached = {"report.html": PAGE.encode() + b" " * 5000, "logo.png": b"\x89PNG\r\n\x1a\n"}
    said = "Soldiers beat four detainees in the northern camp."
    message, page = read(write_message(tmp_path / "m.msg", "The northern camp", said, attached))
    assert (message.title, message.publisher, message.published, message.text) == (
        "The northern camp",
        "Jane Doe",
        "2024-03-05",
        said,
    )
    assert (page.title, page.published) == ("Attached", "2024-03-05")
    assert page.uri.endswith("m.msg#member=report.html")
    assert page.warnings[-1].startswith("logo.png left out")


def test_outlook_message_with_a_word_document_is_a_message(tmp_path: Path) -> None:
    word = {"old.doc": "WordDocument".encode("utf-16-le") * 400}
    path = write_message(tmp_path / "m.msg", "Camp", NEWS, word)
    assert read(path)[0].text == NEWS


def test_damaged_outlook_message_is_named(tmp_path: Path) -> None:
    path = write_message(tmp_path / "m.msg", "Camp", NEWS)
    path.write_bytes(path.read_bytes()[:1500] + "__properties_version".encode("utf-16-le"))
    with pytest.raises(InputError, match="a damaged Outlook message"):
        read(path)


def test_web_archive_is_its_pages(tmp_path: Path) -> None:
    answers = [
        ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("https://example.org/a.css", "200 OK", "text/css", b"p { color: red }"),
        ("https://example.org/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("https://example.org/b.txt", "200 OK", "text/plain", b"Soldiers beat four detainees."),
    ]
    for name, zipped in (("a.warc", False), ("a.warc.gz", True)):
        path = write_warc(tmp_path / name, answers, zipped=zipped)
        page, text = read(path)
        assert (page.title, page.url, text.url) == (
            "Attached",
            "https://example.org/a",
            "https://example.org/b.txt",
        )
        assert text.warnings == ("what is no document left out: 1 answer 404, 1 text/css",)


def test_web_archive_that_is_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    answers = [("https://example.org/a", "200 OK", "text/html", PAGE.encode())]
    path = write_warc(tmp_path / "a.warc", answers, zipped=False)
    path.write_bytes(path.read_bytes() + b"WARC/1.0\r\nWARC-Type: resp")
    assert read(path)[0].title == "Attached"


def write_warc(path: Path, answers: list[tuple[str, str, str, bytes]], *, zipped: bool) -> Path:
    records = []
    for address, status, kind, data in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + data
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record) if zipped else record)
    path.write_bytes(b"".join(records))
    return path
