"""What the head of a web page says of it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catnlp.extract.clean import clean
from catnlp.extract.dates import iso_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

TITLE = ("og:title", "citation_title", "dc.title", "twitter:title")
PUBLISHER = ("og:site_name", "citation_publisher", "dc.publisher", "publisher", "application-name")
PUBLISHED = (
    "article:published_time", "citation_publication_date", "datepublished", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.issued", "pubdate", "publishdate",
    "sailthru.date", "parsely-pub-date", "date",
)  # fmt: skip
LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')


@dataclass(frozen=True, slots=True)
class PageHead:
    title: str
    publisher: str
    published: str
    url: str
    language: str


def read_head(tree: "LexborHTMLParser", source: str) -> PageHead:
    """From meta tags, linked data and, last, the first `time` element."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            meta.setdefault(name.lower(), clean(attributes["content"] or ""))
    publisher = _first(meta, PUBLISHER)
    return PageHead(
        title=without_site(_first(meta, TITLE) or _tag_text(tree, "title"), publisher),
        publisher=publisher,
        published=_published(tree, meta, source),
        url=_url(tree, meta),
        language=_language(tree),
    )


def without_site(title: str, publisher: str) -> str:
    """The title without ` | Name of the site` behind it."""
    for separator in (" | ", " - ", " – ", " — ", " : "):
        head, found, tail = title.rpartition(separator)
        if found and head and publisher and tail.casefold() == publisher.casefold():
            return head.strip()
    return title


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _tag_text(tree: "LexborHTMLParser", selector: str) -> str:
    node = tree.css_first(selector)
    return clean(node.text() or "") if node is not None else ""


def _published(tree: "LexborHTMLParser", meta: dict[str, str], source: str) -> str:
    stated = _first(meta, PUBLISHED)
    if not stated:
        linked = LINKED_DATE.search(source)
        stated = linked[1] if linked else ""
    if not stated:
        node = tree.css_first("time[datetime]")
        stated = (node.attributes["datetime"] or "") if node is not None else ""
    return iso_date(stated)


def _url(tree: "LexborHTMLParser", meta: dict[str, str]) -> str:
    node = tree.css_first("link[rel='canonical']")
    url = (node.attributes.get("href") or "") if node is not None else ""
    url = url or meta.get("og:url", "")
    return url if url.startswith(("http://", "https://")) else ""


def _language(tree: "LexborHTMLParser") -> str:
    root = tree.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    return language.split("-")[0].strip().lower()
