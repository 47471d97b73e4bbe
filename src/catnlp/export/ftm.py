"""FollowTheMoney entities, one a line, for Aleph and OpenAleph: a Document for each source and
a Note for each flag. A Note describes; an Event would say that it happened."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import IO, Any

from catnlp.domain import Flag
from catnlp.export.formats import Lookup, exporter
from catnlp.taxonomy import taxonomy

KOSOVO = {"XKX": "xk"}  # user-assigned, not in ISO 3166-1


@exporter("ftm", "FollowTheMoney entities, one a line, for Aleph and OpenAleph")
def write_ftm(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    documents: set[str] = set()
    for flag in found:
        entities = [note(flag)]
        if flag.document_id not in documents:
            documents.add(flag.document_id)
            entities.insert(0, document(flag))
        for entity in entities:
            stream.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")


def document(flag: Flag) -> dict[str, Any]:
    """The source of a flag."""
    properties = {
        "title": flag.document_title,
        "fileName": PurePosixPath(flag.uri.split("#")[0]).name,
        "publisher": flag.publisher,
        "publishedAt": flag.published,
        "sourceUrl": flag.url,
    }
    return _entity(document_id(flag), "Document", properties)


def document_id(flag: Flag) -> str:
    return f"catnlp-{flag.document_id[:40]}"


def note(flag: Flag) -> dict[str, Any]:
    """The flag: quote as description, place as summary, labels as keywords."""
    labels = [flag.category, f"status:{flag.status}", f"actor:{flag.actor}"]
    labels += [f"role:{flag.role}"] if flag.role else []
    properties: dict[str, Any] = {
        "name": f"{taxonomy().category(flag.category).label} ({flag.status})",
        "description": flag.quote,
        "summary": " › ".join((*flag.section, _place(flag))),
        "country": alpha2(flag.country),
        "keywords": [*labels, *(f"criterion:{criterion}" for criterion in flag.criteria)],
        "publisher": flag.publisher,
        "sourceUrl": flag.url,
        "entity": document_id(flag),
        "proof": document_id(flag),
    }
    return _entity(flag.id, "Note", properties)


def _place(flag: Flag) -> str:
    if flag.page is None:
        return f"paragraph {flag.paragraph}"
    return f"page {flag.page_label or flag.page}"


def _entity(identity: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    held = {
        name: value if isinstance(value, list) else [value]
        for name, value in properties.items()
        if value
    }
    return {"id": identity, "schema": schema, "properties": held}


@cache
def alpha2(code: str) -> str:
    """ISO 3166-1 alpha-2 in lower case, as FollowTheMoney writes countries."""
    import pycountry

    found = pycountry.countries.get(alpha_3=code)
    return KOSOVO.get(code, "") if found is None else str(found.alpha_2).lower()
