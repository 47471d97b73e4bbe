"""W3C Web Annotation: an AnnotationPage in JSON-LD. Positions count code points, as the
recommendation has it."""

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote as percent

from catnlp.domain import Flag
from catnlp.export.formats import Lookup, exporter
from catnlp.taxonomy import taxonomy

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
AROUND = 32  # characters of prefix and suffix


@exporter("webannotation", "W3C Web Annotation, JSON-LD (annotation tools, Hypothesis-like)")
def write_webannotation(
    found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None
) -> None:
    stream.write(
        f'{{"@context": "{CONTEXT}", "id": "urn:catnlp:flags", "type": "AnnotationPage", "items": ['
    )
    separator = "\n"
    for flag in found:
        stream.write(separator + json.dumps(annotation(flag, lookup), ensure_ascii=False))
        separator = ",\n"
    stream.write("\n]}\n")


def annotation(flag: Flag, lookup: Lookup | None = None) -> dict[str, Any]:
    """One annotation on the sentence; its labels are bodies with the purpose `tagging`."""
    label = taxonomy().category(flag.category).label
    against = (f"country:{flag.country}", f"role:{flag.role}") if flag.country else ()
    tags = (
        *against, f"category:{flag.category}",
        f"status:{flag.status}", f"actor:{flag.actor}", f"score:{flag.score}",
        *(f"criterion:{criterion}" for criterion in flag.criteria),
    )  # fmt: skip
    return {
        "id": f"urn:catnlp:{flag.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": "urn:catnlp:generator", "type": "Software", "name": flag.method},
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": label},
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags),
        ],
        "target": {
            "type": "SpecificResource",
            "source": _source(flag),
            "selector": list(_selectors(flag, lookup)),
        },
    }


def _source(flag: Flag) -> str:
    """The public address; else the file name under the hash of the document."""
    if flag.url:
        return flag.url
    name = percent(PurePosixPath(flag.uri).name)
    return f"urn:sha256:{flag.document_id}" + (f"?name={name}" if name else "")


def _selectors(flag: Flag, lookup: Lookup | None) -> Iterator[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": flag.quote}
    if lookup is not None:
        text = lookup.text(flag.document_id)
        quote["prefix"] = text[max(0, flag.start - AROUND) : flag.start]
        quote["suffix"] = text[flag.end : flag.end + AROUND]
    yield quote
    yield {"type": "TextPositionSelector", "start": flag.start, "end": flag.end}
    if flag.page is not None:
        yield {
            "type": "FragmentSelector",
            "conformsTo": PDF_FRAGMENT,
            "value": f"page={flag.page}",
        }
