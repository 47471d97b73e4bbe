"""Records <-> rows."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from catnlp.domain import (
    Analysis,
    ArmsSale,
    Contractor,
    CountryLink,
    FieldSpan,
    Mention,
    SaleItem,
    SaleLink,
    SaleSource,
)
from catnlp.store.database import Row

SALE_PARTS: dict[str, type[Any]] = {
    "items": SaleItem, "other_items": SaleItem, "contractors": Contractor, "spans": FieldSpan,
    "sources": SaleSource,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InputRow:
    """What became of one input."""

    uri: str
    sha256: str
    size: int
    status: str
    reason: str = ""
    reader: str = ""
    fingerprint: str = ""
    documents: int = 0
    pages: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one document of an input."""

    warnings: tuple[str, ...]
    sentences: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A document that says something of a country; `about` it where it is its subject."""

    id: str
    title: str
    published: str
    about: int
    sentences: int
    genre: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found by a search, with its place."""

    text: str
    title: str
    published: str
    uri: str
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    page_label: str

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_text(self) -> str:
        place = f"page {self.page_label or self.page}" if self.page else f"par. {self.paragraph}"
        heading = f", {self.section[-1]}" if self.section else ""
        return f"{self.text}\n    {self.title}{heading}, {place} ({self.uri})"


def document_row(analysis: Analysis) -> tuple[Any, ...]:
    d = analysis.document
    return (
        d.id, d.uri, d.media_type, d.reader, d.title, d.publisher, d.genre, d.published,
        d.language, d.url, " ".join(d.subject_countries),
        json.dumps(d.warnings, ensure_ascii=False), zlib.compress(d.text.encode(), 6),
    )  # fmt: skip


def sentence_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    for s in analysis.sentences:
        yield (
            s.id, s.document_id, s.start, s.end, s.text,
            json.dumps(s.section, ensure_ascii=False), s.paragraph, s.page, s.page_label,
            s.page_end,
        )  # fmt: skip


def mention_rows(analysis: Analysis) -> Iterator[tuple[Any, ...]]:
    for m in analysis.mentions:
        yield (
            m.id, m.document_id, m.sentence_id, m.start, m.end, m.trigger, m.category, m.status,
            m.actor, m.score, m.method, m.status_score, m.actor_score,
        )  # fmt: skip


def mention_of(row: Row) -> Mention:
    return Mention(
        id=row["id"],
        document_id=row["document_id"],
        sentence_id=row["sentence_id"],
        start=row["start_char"],
        end=row["end_char"],
        trigger=row["trigger_text"],
        category=row["category"],
        status=row["status"],
        actor=row["actor"],
        score=row["score"],
        method=row["method"],
        status_score=row["status_score"],
        actor_score=row["actor_score"],
    )


def sale_row(sale: ArmsSale) -> tuple[str, str, str, str, str]:
    return sale.id, sale.document_id, sale.recipient, sale.supplier, sale_record(sale)


def sale_record(sale: ArmsSale) -> str:
    """What is empty is left out, so that a field may be added later."""
    values = {name: value for name, value in asdict(sale).items() if value not in ("", None, ())}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def sale_of(record: str) -> ArmsSale:
    values = json.loads(record)
    for name, kind in SALE_PARTS.items():
        values[name] = tuple(kind(**part) for part in values.get(name, ()))
    values["units"] = tuple(values.get("units", ()))
    return ArmsSale(**values)


def country_link_of(row: Row) -> CountryLink:
    return CountryLink(row["mention_id"], row["country"], row["role"], row["score"], row["reason"])


def sale_link_of(row: Row) -> SaleLink:
    return SaleLink(**{name: row[name] for name in SaleLink.__slots__})
