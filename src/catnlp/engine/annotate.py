"""Sentences in, sentences with mentions out (the annotation schema)."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catnlp.errors import InputError


def read_lines(source: Path) -> list[dict[str, Any]]:
    """Records of a JSONL file (`-`: stdin); InputError names the line that has no text."""
    name = "stdin" if str(source) == "-" else str(source)
    text = sys.stdin.read() if name == "stdin" else source.read_text(encoding="utf-8")
    records = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{name}:{number}: not JSON ({error}); one object a line") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise InputError(f"{name}:{number}: no `text`; see `catnlp schema sentence`")
        records.append(record)
    return records


def annotate_lines(
    records: Sequence[dict[str, Any]], *, model: Path | None = None, min_score: float | None = None
) -> Iterator[str]:
    """The records as JSON lines, `mentions` filled by the tagger and the linker."""
    for record, mentions in zip(
        records, predict_mentions(records, model=model, min_score=min_score), strict=True
    ):
        yield json.dumps({**record, "mentions": mentions}, ensure_ascii=False)


def predict_mentions(
    records: Sequence[dict[str, Any]], *, model: Path | None = None, min_score: float | None = None
) -> Iterator[list[dict[str, Any]]]:
    """Mentions of each record, in the order of the text."""
    from catnlp.tag.models import find_model
    from catnlp.tag.tagger import Tagger
    from catnlp.tag.windows import Passage

    tagger = Tagger(model or find_model())
    if min_score is not None:
        tagger.threshold = min_score
    passages = []
    for record in records:
        before = [record["prev"]] if record.get("prev") else []
        after = [record["next"]] if record.get("next") else []
        passages.append(
            Passage(
                title=record.get("title") or "",
                section=tuple(record.get("section") or ()),
                sentences=(*before, record["text"], *after),
                first=len(before),
                last=len(before) + 1,
            )
        )
    for record, found in zip(records, tagger.predict(passages), strict=True):
        mine = [p for sentence in found for p in sentence]
        mine.sort(key=lambda p: (p.start, p.end, p.category))
        mentions = [
            {
                "category": p.category,
                "trigger": record["text"][p.start : p.end],
                "start": p.start,
                "end": p.end,
                "status": p.status,
                "actor": p.actor,
                "score": p.score,
                "status_score": p.status_score,
                "actor_score": p.actor_score,
            }
            for p in mine
        ]
        yield _linked(record, mentions)


def _linked(record: dict[str, Any], mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from catnlp.link import actor_of, link_sentence

    links = link_sentence(
        title=record.get("title") or "",
        section=tuple(record.get("section") or ()),
        prev=record.get("prev") or "",
        text=record["text"],
        next=record.get("next") or "",
        mentions=mentions,
    )
    for mention, (responsible, location, _) in zip(mentions, links, strict=True):
        mention["responsible"], mention["location"] = list(responsible), list(location)
        mention["actor"] = actor_of(mention["actor"], responsible)
    return mentions
