"""Labelling tools: a task for each sentence, a labelled span for each of its flags.

Label Studio and Prodigy count code points, doccano counts UTF-16 code units. A task carries the
ids of its flags and all mentions of its sentence with what reviewers made of them, so that what an
annotator corrects or takes out finds its way back, also where another model has read the text.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO, Any

from catnlp.domain import Flag, make_id
from catnlp.export.formats import Lookup, exporter
from catnlp.export.offsets import utf16
from catnlp.store import Standing


def tasks(found: Iterable[Flag]) -> Iterator[list[Flag]]:
    """Flags by sentence, in the order in which a sentence first came."""
    order = sorted(found, key=lambda f: (f.document_id, f.start, f.end, f.trigger_start, f.id))
    for _, group in groupby(order, key=lambda f: (f.document_id, f.start, f.end)):
        yield list(group)


def meta(group: Sequence[Flag], lookup: Lookup | None) -> dict[str, Any]:
    """Where a sentence stands, in words that a labelling tool can show, and what stood in it."""
    first = group[0]
    return {
        "task": make_id("task", first.document_id, first.start, first.end),
        "flags": [flag.id for flag in group],
        "countries": sorted({flag.country for flag in group} - {""}),
        "title": first.document_title,
        "publisher": first.publisher,
        "published": first.published,
        "section": " › ".join(first.section),
        "page": first.page_label or first.page,
        "paragraph": first.paragraph,
        "url": first.url,
        "document_id": first.document_id,
        "start": first.start,
        "end": first.end,
        "uri": first.uri,
        **({"mentions": [_mention(m, first.start) for m in lookup.mentions(first)]}
           if lookup else {}),
    }  # fmt: skip


def _mention(standing: Standing, quote_start: int) -> dict[str, Any]:
    """As `catnlp schema sentence` has it, with all its countries."""
    mention = standing.mention
    return {
        "category": mention.category,
        "trigger": mention.trigger,
        "start": mention.start - quote_start,
        "end": mention.end - quote_start,
        "status": mention.status,
        "actor": mention.actor,
        "score": mention.score,
        "status_score": mention.status_score,
        "actor_score": mention.actor_score,
        "responsible": _countries(standing, "responsible"),
        "location": _countries(standing, "location"),
        "review": standing.review,
    }


def _countries(standing: Standing, role: str) -> list[str]:
    return sorted(link.country for link in standing.links if link.role == role)


@exporter(
    "label-studio", "Label Studio tasks with predictions; set-up: `catnlp schema label-studio`"
)
def write_label_studio(
    found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None
) -> None:
    """A JSON list. Every region has the id of its flag, for all of its labels and choices."""
    stream.write("[")
    separator = "\n"
    for group in tasks(found):
        stream.write(separator + json.dumps(_label_studio(group, lookup), ensure_ascii=False))
        separator = ",\n"
    stream.write("\n]\n")


def _label_studio(group: Sequence[Flag], lookup: Lookup | None) -> dict[str, Any]:
    return {
        "data": {"text": group[0].quote, **meta(group, lookup)},
        "predictions": [
            {
                "model_version": group[0].method,
                "score": min(flag.score for flag in group),
                "result": [region for flag in group for region in _regions(flag)],
            }
        ],
    }


def _regions(flag: Flag) -> Iterator[dict[str, Any]]:
    span = {"start": flag.trigger_start, "end": flag.trigger_end, "text": flag.trigger}
    for name, kind, values in (
        ("category", "labels", flag.category),
        ("status", "choices", flag.status),
        ("actor", "choices", flag.actor),
        *([("country", "textarea", flag.country)] if flag.country else []),
    ):
        yield {
            "id": flag.id,
            "from_name": name,
            "to_name": "text",
            "type": kind,
            "value": {**span, "text" if kind == "textarea" else kind: [values]},
        }


@exporter("doccano", "doccano JSONL for sequence labelling (offsets in UTF-16 code units)")
def write_doccano(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    """Labels are category|status|actor|country, or category|status|actor: doccano has one label
    a span."""
    for group in tasks(found):
        text = group[0].quote
        labels = [
            [utf16(text, flag.trigger_start), utf16(text, flag.trigger_end), one_label(flag)]
            for flag in group
        ]
        record = {"text": text, "label": labels, **meta(group, lookup)}
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def one_label(flag: Flag) -> str:
    return "|".join(filter(None, (flag.category, flag.status, flag.actor, flag.country)))


@exporter("prodigy", "Prodigy JSONL for spans.manual and ner.manual")
def write_prodigy(found: Iterable[Flag], stream: IO[str], lookup: Lookup | None = None) -> None:
    for group in tasks(found):
        spans = [
            {
                "start": flag.trigger_start,
                "end": flag.trigger_end,
                "label": flag.category,
                "status": flag.status,
                "actor": flag.actor,
                "country": flag.country,
                "id": flag.id,
            }
            for flag in group
        ]
        record = {"text": group[0].quote, "spans": spans, "meta": meta(group, lookup)}
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
