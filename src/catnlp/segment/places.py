"""Where a span stands: paragraph and page of any offsets in a document."""

from bisect import bisect_right

from catnlp.domain import Document, Page, Sentence, make_id


class Places:
    """Looks up paragraphs and pages of one document by offset."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._blocks = [block.start for block in document.blocks]
        self._pages = [page.start for page in document.pages]

    def paragraph(self, offset: int) -> int:
        """Running number of the block that holds the offset, from 1."""
        return max(1, bisect_right(self._blocks, offset))

    def page(self, offset: int) -> Page | None:
        """The page that holds the offset; None where the document has no pages."""
        if not self._pages:
            return None
        return self.document.pages[max(0, bisect_right(self._pages, offset) - 1)]

    def sentence(self, start: int, end: int, section: tuple[str, ...]) -> Sentence:
        first, last = self.page(start), self.page(max(start, end - 1))
        return Sentence(
            id=make_id("s", self.document.id, start, end),
            document_id=self.document.id,
            start=start,
            end=end,
            text=self.document.text[start:end],
            section=section,
            paragraph=self.paragraph(start),
            page=first.index if first else None,
            page_label=first.label if first else "",
            page_end=last.index if last else None,
        )
