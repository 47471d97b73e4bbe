"""The chapters on one country in documents about many: "Rwanda" in a report on the world."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from catnlp.domain import Evidence
from catnlp.gazetteer import heading_countries
from catnlp.store import Origin

Chapters = Mapping[str, int]  # document -> sentences under a heading that is the country's name


class Sections(Protocol):
    """What is asked of a store."""

    def sections(self, document_id: str) -> Mapping[tuple[str, ...], int]: ...


def chapters(
    store: Sections, code: str, evidence: Iterable[Evidence], documents: Sequence[Origin]
) -> Chapters:
    """Of documents that are not about the country as a whole; those without such a chapter are
    left out."""
    elsewhere = {d.id for d in documents if not d.about}
    held = dict.fromkeys(
        e.mention.document_id
        for e in evidence
        if e.mention.document_id in elsewhere and in_chapter(e.section, code)
    )
    return {
        document: sum(
            n for section, n in store.sections(document).items() if in_chapter(section, code)
        )
        for document in held
    }


def in_chapter(section: Iterable[str], code: str) -> bool:
    """Whether a heading above is the name of the country and of no other."""
    return any(_named(heading) == (code,) for heading in section)


_named = lru_cache(maxsize=100_000)(heading_countries)
