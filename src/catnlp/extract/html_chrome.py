"""Navigation, banners and other frames of a web page, told from its text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from catnlp.extract.html_sites import PageRules

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAIN_SHARE = 0.6  # of the text in paragraphs that the main element has to hold
CHROME_SHARE = 0.4  # an element with more of the text is no frame, whatever its name
LINK_DENSITY = 0.55
CONTAINERS = "div, section, ul, ol, table, aside, header, footer, p"


def main_element(body: "LexborNode", rules: PageRules) -> "LexborNode":
    """The smallest known container that holds most of the paragraphs, else the body."""
    total = _paragraph_chars(body)
    for selector in rules.main:
        found = max(body.css(selector), key=_paragraph_chars, default=None)
        if found is not None and total and _paragraph_chars(found) > MAIN_SHARE * total:
            return found
    return body


def drop_chrome(main: "LexborNode", rules: PageRules) -> None:
    """Takes away what is framed by tag, attribute, name or by consisting of links."""
    total = max(1, _chars(main))
    for node in declared_chrome(main, rules):
        node.decompose()
    for node in main.css("[class], [id], [style]"):
        if node.mem_id == main.mem_id or node.tag in ("html", "body", "main", "article"):
            continue
        if (is_hidden(node) or _named_chrome(node, rules)) and _chars(node) < CHROME_SHARE * total:
            node.decompose()
    for node in main.css("footer"):
        if not rules.notes.search(node.attributes.get("class") or ""):
            node.decompose()
    for node in main.css(CONTAINERS):
        if node.mem_id != main.mem_id and _is_links(node):
            node.decompose()


def declared_chrome(root: "LexborNode", rules: PageRules) -> Iterator["LexborNode"]:
    """What the page itself says is no text, by tag or attribute, unless most text is in it."""
    total = max(1, _chars(root))
    for node in root.css(rules.drop):
        if node.mem_id != root.mem_id and _chars(node) < CHROME_SHARE * total:
            yield node


def _paragraph_chars(node: "LexborNode") -> int:
    return sum(len(paragraph.text() or "") for paragraph in node.css("p, li, td"))


def _chars(node: "LexborNode") -> int:
    return len(node.text() or "")


def is_hidden(node: "LexborNode") -> bool:
    """Whether the page says in place that it does not show the element."""
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _named_chrome(node: "LexborNode", rules: PageRules) -> bool:
    attributes = node.attributes
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return rules.names.search(name) is not None


def _is_links(node: "LexborNode") -> bool:
    """Two links or more that make up most of the element, and no sentence beside them."""
    links = node.css("a")
    if len(links) < 2 or node.css_first("h1") is not None:
        return False
    linked = sum(len((link.text() or "").strip()) for link in links)
    return linked > LINK_DENSITY * max(1, len(" ".join((node.text() or "").split())))
