import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from catnlp.export import flags
from catnlp.export.formats import lookup_in
from catnlp.store import Store
from tests.export.write import written

TERMS = json.loads((Path(__file__).parent / "anno_terms.json").read_text("utf-8"))["@context"]


@pytest.fixture
def page(store: Store) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(written("webannotation", flags(store), lookup_in(store)))
    return loaded


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for held in value.values() for key in keys(held)}
    if isinstance(value, list):
        return {key for held in value for key in keys(held)}
    return set()


def test_page_uses_terms_of_the_context_only(page: dict[str, Any]) -> None:
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert keys(page) - {"@context"} <= set(TERMS)


def test_page_is_json_ld_with_our_annotations(page: dict[str, Any]) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        graph.parse(data=json.dumps({**page, "@context": TERMS}), format="json-ld")
    oa = rdflib.Namespace(TERMS["oa"])
    found = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    assert found == {rdflib.URIRef(item["id"]) for item in page["items"]}
    for annotation in found:
        assert graph.value(annotation, oa.motivatedBy) == oa.classifying
        target = graph.value(annotation, oa.hasTarget)
        assert graph.value(target, oa.hasSource) is not None


def test_selectors_find_the_quote_in_the_text(page: dict[str, Any], store: Store) -> None:
    for item, flag in zip(page["items"], flags(store), strict=True):
        text = store.text(flag.document_id)
        quote, position, *fragment = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] == flag.quote
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.count(whole) == 1
        assert fragment == [] or fragment[0]["value"] == "page=1"
    assert "prefix" not in written("webannotation", flags(store))


def test_source_is_an_address_or_a_hash(page: dict[str, Any]) -> None:
    assert [item["target"]["source"] for item in page["items"]][2:4] == [
        "https://example.org/b",
        "urn:sha256:a?name=a.html",
    ]
