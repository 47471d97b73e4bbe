import hashlib
from pathlib import Path

from catnlp.domain import Mention
from catnlp.review.web.picture import page_picture
from catnlp.store.queue import Item


def item(path: Path, document_id: str, page: int | None, media_type: str) -> Item:
    mention = Mention("m", document_id, "s", 0, 1, "x", "impunity", "alleged", "state", 0.5, "t")
    return Item(
        mention=mention, links=(), review="", decided=None, quote="x", quote_start=0, before="",
        after="", section=(), paragraph=1, page=page, page_label="", title="", publisher="",
        published="", uri=str(path), url="", media_type=media_type,
    )  # fmt: skip


def test_the_page_of_a_pdf_is_drawn_while_the_file_is_the_same(samples: Path) -> None:
    path = samples / "transfer-policy.pdf"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    drawn = page_picture(item(path, digest, 1, "application/pdf"))
    assert drawn is not None
    assert drawn.startswith(b"\x89PNG")
    for other in (
        item(path, "another content", 1, "application/pdf"),
        item(path, digest, 99, "application/pdf"),
        item(path, digest, None, "application/pdf"),
        item(path, digest, 1, "text/html"),
        item(samples / "gone.pdf", digest, 1, "application/pdf"),
    ):
        assert page_picture(other) is None
