"""Annotated sentences, one JSON object a line (the annotation schema)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from catnlp.errors import InputError


@dataclass(frozen=True, slots=True)
class Label:
    """One annotated mention; `start` and `end` are offsets of the trigger in the sentence."""

    category: str
    trigger: str
    start: int
    end: int
    status: str
    actor: str
    responsible: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    score: float = 1.0
    status_chances: tuple[float, ...] = ()  # of a teacher, in the order of the taxonomy
    actor_chances: tuple[float, ...] = ()
    read: bool = True  # a reader chose category and trigger; a teacher's words are not learned


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence with its context and its labels."""

    id: str
    source: str
    document: str
    title: str
    section: tuple[str, ...]
    prev: str
    text: str
    next: str
    labels: tuple[Label, ...] = ()
    trap_class: str = ""
    pair: str = ""
    chances: tuple[float, ...] = ()  # of a teacher: of each category of the taxonomy


def read_corpus(path: Path) -> Iterator[Annotated]:
    """Sentences of a JSONL file; InputError names the line that does not fit the schema."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield from_json(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise InputError(
                        f"{path}:{number}: not a sentence of the annotation schema "
                        f"({type(error).__name__}: {error}); see `catnlp schema sentence`"
                    ) from error


def read_corpora(paths: Iterable[Path]) -> list[Annotated]:
    """All sentences of files, and of the `*.jsonl` files of folders, in a fixed order."""
    files = [f for p in paths for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    return [sentence for file in files for sentence in read_corpus(file)]


def from_json(record: dict[str, Any]) -> Annotated:
    """A record of the schema; `start` may be missing where the trigger occurs once."""
    return Annotated(
        id=str(record["id"]),
        source=record.get("source") or "",
        document=record.get("document") or "",
        title=record.get("title") or "",
        section=tuple(record.get("section") or ()),
        prev=record.get("prev") or "",
        text=record["text"],
        next=record.get("next") or "",
        labels=tuple(_label(m, record["text"]) for m in record.get("mentions") or ()),
        trap_class=record.get("class") or "",
        pair=record.get("pair") or "",
        chances=tuple(record.get("chances") or ()),
    )


def to_json(sentence: Annotated) -> dict[str, Any]:
    """The record that `from_json` reads."""
    record = asdict(sentence)
    record["class"], record["mentions"] = record.pop("trap_class"), record.pop("labels")
    return record


def _label(mention: dict[str, Any], text: str) -> Label:
    start = mention.get("start")
    if start is None:
        start = text.index(mention["trigger"])
    status_chances = tuple(mention.get("status_chances") or ())
    return Label(
        category=mention["category"],
        trigger=mention["trigger"],
        start=start,
        end=start + len(mention["trigger"]),
        status=mention["status"],
        actor=mention["actor"],
        responsible=tuple(mention.get("responsible") or ()),
        location=tuple(mention.get("location") or ()),
        score=float(mention.get("score", 1.0)),
        status_chances=status_chances,
        actor_chances=tuple(mention.get("actor_chances") or ()),
        read=mention.get("read", not status_chances),
    )
