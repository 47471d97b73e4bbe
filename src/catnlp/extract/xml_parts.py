"""XML of office documents and e-books: no entities, no networks, read by local names."""

from pathlib import Path
from typing import TYPE_CHECKING

from catnlp.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def parse(path: Path, data: bytes) -> "Element":
    """The root element; entities and networks are never followed."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{path}: a damaged part ({error}); open it in its program and save it again"
        ) from error


def local(node: "Element") -> str:
    """The name without its namespace, which differs between Transitional and Strict."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(node: "Element | None", name: str) -> "Element | None":
    if node is None:
        return None
    return next((found for found in node if local(found) == name), None)


def attribute(node: "Element", name: str) -> str:
    for key, found in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(found)
    return ""
