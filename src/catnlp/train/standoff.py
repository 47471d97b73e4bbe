"""Stand-off labels: annotated sentences without their text, and the way back.

A stand-off record has the document, the sha256 of the sentence and offsets:

    {"id", "source", "document", "sha256", "mentions": [{"category", "start", "end", "status",
     "actor", "responsible", "location"}]}

Labels of a teacher have its chances beside them: "chances" of the categories from LEAST on, and
of each mention "status_chances" and "actor_chances" in the order of the taxonomy.

Offsets and hash are those of the sentence with every run of white space as one space.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catnlp.errors import CatnlpError, InputError
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, Label, read_corpora

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = ("category", "status", "actor")
LEAST = 0.02  # chance of a category that is kept


def plain(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def digest(text: str) -> str:
    """sha256 of the plain text, by which a sentence is known again."""
    return hashlib.sha256(plain(text).encode()).hexdigest()


def strip(sentence: Annotated) -> dict[str, Any]:
    """The stand-off record of a sentence."""
    mentions = [
        {
            **{name: getattr(label, name) for name in LABELS},
            "start": len(plain(sentence.text[: label.start] + "|")) - 1,
            "end": len(plain(sentence.text[: label.end])),
            **_countries(label),
            **_chances(label),
        }
        for label in sentence.labels
    ]
    record: dict[str, Any] = {
        "id": sentence.id,
        "source": sentence.source,
        "document": sentence.document,
        "sha256": digest(sentence.text),
        "mentions": mentions,
    }
    if sentence.chances:
        ids = taxonomy().category_ids
        record["chances"] = {
            category: round(chance, 2)
            for category, chance in zip(ids, sentence.chances, strict=True)
            if chance >= LEAST
        }
    return record


def _countries(label: Label) -> dict[str, list[str]]:
    if label.status_chances:  # a teacher names no countries
        return {}
    return {"responsible": list(label.responsible), "location": list(label.location)}


def _chances(label: Label) -> dict[str, list[float]]:
    both = {"status_chances": label.status_chances, "actor_chances": label.actor_chances}
    return {name: [round(x, 2) for x in values] for name, values in both.items() if values}


def read_standoff(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Records of JSONL files, and of the `*.jsonl` files of folders."""
    files = [f for p in paths for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    records = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                record = json.loads(line)
                record["sha256"], record["mentions"], record["document"]
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{file}:{number}: not a stand-off record ({error})") from error
            records.append(record)
    return records


@dataclass
class Restored:
    """Full records in the annotation schema, and the stand-off records without a text."""

    found: list[dict[str, Any]] = field(default_factory=list)
    missing: list[dict[str, Any]] = field(default_factory=list)


Context = dict[str, Any]  # title, section, prev, text, next


def restore(
    records: Sequence[dict[str, Any]],
    texts: Sequence[Path],
    *,
    report: Callable[[str], None] = print,
) -> Restored:
    """Puts text and labels together; `texts` are JSONL corpora, documents, or folders of them.

    A sentence that stands in several documents is taken from the one whose path has the parts of
    the record's document (`cr/2023/poland`: `.../2023/poland.html`), else from the first.
    """
    wanted: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        wanted[record["sha256"]].append(record)
    contexts: dict[str, tuple[bool, Context]] = {}  # by id of the record: whether its own document
    for file in _files(texts):
        parts = set(file.with_suffix("").parts)
        for context in _contexts(file, report):
            for record in wanted.get(digest(context["text"]), ()):
                own = parts.issuperset(record["document"].split("/")[1:])
                if record["id"] not in contexts or own > contexts[record["id"]][0]:
                    contexts[record["id"]] = own, context
    result = Restored()
    for record in records:
        if record["id"] in contexts:
            result.found.append(_joined(record, contexts[record["id"]][1]))
        else:
            result.missing.append(record)
    return result


def _files(texts: Iterable[Path]) -> Iterator[Path]:
    for path in texts:
        yield from sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else (path,)


def _contexts(file: Path, report: Callable[[str], None]) -> Iterator[Context]:
    if file.suffix == ".jsonl":
        yield from _sentences_and_neighbours(read_corpora([file]))
        return
    try:
        yield from document_sentences(file)
    except CatnlpError as error:
        report(f"left out: {error}")


def _sentences_and_neighbours(sentences: Sequence[Annotated]) -> Iterator[Context]:
    def context(s: Annotated, prev: str, text: str, following: str) -> Context:
        return {
            "title": s.title, "section": list(s.section), "prev": prev, "text": text,
            "next": following,
        }  # fmt: skip

    for s in sentences:
        yield context(s, s.prev, s.text, s.next)
    for s in sentences:
        if s.prev:
            yield context(s, "", s.prev, s.text)
        if s.next:
            yield context(s, s.text, s.next, "")


def document_sentences(file: Path) -> Iterator[Context]:
    """Every sentence of a document with its title, headings and neighbours."""
    from catnlp.extract import extract
    from catnlp.segment.passages import passages
    from catnlp.segment.sections import sections
    from catnlp.tag.pipeline import split

    for document in extract(file):
        spans = list(passages(document, sections(document)))
        for span, doc in zip(spans, split(shared_splitter(), document, spans), strict=True):
            run = [text for sent in doc.sents if (text := sent.text.strip())]
            for number, text in enumerate(run):
                yield {
                    "title": document.title,
                    "section": list(span.section),
                    "prev": run[number - 1] if number else "",
                    "text": text,
                    "next": run[number + 1] if number + 1 < len(run) else "",
                }


@cache
def shared_splitter() -> "Language":
    """The splitter, loaded once."""
    from catnlp.tag.pipeline import splitter

    return splitter()


def _joined(record: dict[str, Any], context: Context) -> dict[str, Any]:
    text = plain(context["text"])
    joined = {
        "id": record["id"],
        "source": record["source"],
        "document": record["document"],
        **context,
        "text": text,
        "mentions": [{**m, "trigger": text[m["start"] : m["end"]]} for m in record["mentions"]],
    }
    if "chances" in record:
        chances = record["chances"]
        joined["chances"] = [chances.get(category, 0.0) for category in taxonomy().category_ids]
    return joined
