"""Web pages: the text without navigation, with its headings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from catnlp.errors import InputError
from catnlp.extract.clean import clean
from catnlp.extract.draft import Draft, DraftBlock
from catnlp.extract.encoding import decode_html
from catnlp.extract.html_chrome import drop_chrome, main_element
from catnlp.extract.html_loss import loss, prose
from catnlp.extract.html_metadata import PageHead, read_head
from catnlp.extract.html_sites import Site, page_rules, sites
from catnlp.extract.html_walk import Walker, mark_breaks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

NO_TEXT = ["script", "style", "noscript", "template", "svg"]
FEW_BLOCKS, LONG_TEXT = 3, 4000


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks of the main text and the title as it stands above them."""

    blocks: list[DraftBlock]
    title: str


def read_html(path: Path) -> Iterator[Draft]:
    yield draft_of_html(path, decode_html(path.read_bytes()))


def draft_of_html(path: Path, source: str) -> Draft:
    """The main text of a page; `path` is named where it has none."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    head = read_head(tree, source)
    tree.strip_tags(NO_TEXT)
    body = tree.body
    if body is None:
        raise InputError(f"{path}: HTML without a body; save the page again from the browser")
    mark_breaks(body)
    site = next((site for site in sites() if tree.css_first(site.marker) is not None), None)
    visible = prose(body, page_rules())
    page = _site_page(tree, site, head) if site else _any_page(tree, head)
    draft = _draft(page, head)
    lost = loss(visible, draft.blocks)
    return draft.warned(lost) if lost else draft


def _draft(page: Page, head: PageHead) -> Draft:
    blocks = page.blocks
    if page.title and not (blocks and clean(blocks[0].text) == page.title):
        blocks = [DraftBlock(page.title, "heading", 1), *blocks]
    draft = Draft(
        blocks=tuple(blocks),
        title=page.title or head.title,
        publisher=head.publisher,
        published=head.published,
        url=head.url,
        language=head.language,
    )
    if len(blocks) < FEW_BLOCKS and sum(len(block.text) for block in blocks) > LONG_TEXT:
        draft = draft.warned("a long page without paragraphs: headings may be missing")
    return draft


def _site_page(tree: "LexborHTMLParser", site: Site, head: PageHead) -> Page:
    content = _select(tree, site.content)
    if content is None:
        return _any_page(tree, head)
    for node in content.css(site.drop):
        node.decompose()
    walker = Walker(levels=dict(site.levels), label=site.label, notes=page_rules().notes)
    walker.walk(content)
    title = _node_text(_select(tree, site.title)) or head.title
    series = _node_text(tree.css_first(site.series)) if site.series else ""
    if series and series.casefold() not in title.casefold():
        title = f"{series}: {title}"
    return Page(_without_headed(walker.blocks, site), title)


def _without_headed(blocks: list[DraftBlock], site: Site) -> list[DraftBlock]:
    """Leaves out the headings that the site drops, with what stands under them."""
    kept: list[DraftBlock] = []
    dropping = 0
    for block in blocks:
        if block.kind == "heading":
            if dropping and block.level <= dropping:
                dropping = 0
            if site.drop_headings.match(block.text):
                dropping = block.level
        if not dropping:
            kept.append(block)
    return kept


def _any_page(tree: "LexborHTMLParser", head: PageHead) -> Page:
    body = tree.body
    if body is None:
        return Page([], head.title)
    rules = page_rules()
    top = _node_text(body.css_first("h1"))
    main = main_element(body, rules)
    drop_chrome(main, rules)
    walker = Walker(notes=rules.notes)
    walker.walk(main)
    blocks = walker.blocks
    title = top if top and top in head.title else head.title or top
    # A heading above the main element belongs to the text as well.
    stands = any(block.text == title for block in blocks[:8])
    return Page(blocks, title) if not stands else Page(_from_title(blocks, title), title)


def _from_title(blocks: list[DraftBlock], title: str) -> list[DraftBlock]:
    """Makes the title a heading of the first level and lets it begin the text."""
    place = next(index for index, block in enumerate(blocks) if block.text == title)
    return [
        replace(blocks[place], kind="heading", level=1),
        *blocks[:place],
        *blocks[place + 1 :],
    ]


def _select(tree: "LexborHTMLParser", selectors: tuple[str, ...]) -> "LexborNode | None":
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None:
            return node
    return None


def _node_text(node: "LexborNode | None") -> str:
    return clean(node.text() or "") if node is not None else ""
