"""Whose word a quote is: the source it names, else its publisher. Chains collapse to one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from catnlp.domain import Evidence
from catnlp.resources import read_toml
from catnlp.summarize.copies import NO_COPIES, Copies
from catnlp.summarize.same import same_event

BETWEEN = r"(?:[^.;]{0,40}?)"


def origin(evidence: Evidence) -> str:
    """The quoted source, or the publisher, or where it is unknown the document."""
    return quoted(evidence.quote) or evidence.publisher or evidence.document_title


@cache
def quoted(quote: str) -> str:
    """The first known source that the quote names as the one who says it; "" for none."""
    found = [
        (match.start(), name)
        for name, names, pattern in _patterns()
        if any(written in quote for written in names) and (match := pattern.search(quote))
    ]
    return min(found)[1] if found else ""


@cache
def _patterns() -> tuple[tuple[str, list[str], re.Pattern[str]], ...]:
    data = read_toml("catnlp.summarize", "origins.toml")
    verbs, introductions = "|".join(data["verbs"]), "|".join(data["introductions"])
    return tuple(
        (
            row["name"],
            row["names"],
            re.compile(
                rf"\b(?:{names})\b(?:’s?)?{BETWEEN}\b(?:{verbs})\b"
                rf"|(?i:\b(?:{introductions})\b){BETWEEN}\b(?:{names})\b"
            ),
        )
        for row in data["origin"]
        for names in ["|".join(re.escape(name) for name in row["names"])]
    )


def corroborated(
    chosen: Iterable[Evidence], all_of_category: Iterable[Evidence], copies: Copies = NO_COPIES
) -> tuple[Evidence, ...]:
    """The quotes with the titles of the documents that say the same words or tell the same
    event, and the independent sources: who only repeats the words is none."""
    everything = list(all_of_category)
    known = _publishers(everything)
    return tuple(_with_sources(e, everything, known, copies) for e in chosen)


def _with_sources(
    evidence: Evidence, everything: Iterable[Evidence], known: Mapping[str, str], copies: Copies
) -> Evidence:
    titles, sources = set(evidence.also_in), set()
    for other in everything:
        if other.mention.document_id == evidence.mention.document_id:
            continue
        if copies.repeat(evidence, other):
            titles.add(other.document_title)
        elif same_event(evidence.quote, other.quote):
            titles.add(other.document_title)
            sources.add(_first_source(other, known, copies))
    own = _first_source(evidence, known, copies)
    return replace(
        evidence,
        also_in=tuple(sorted(titles - {evidence.document_title})),
        sources=(own, *sorted(sources - {own})),
    )


def independent(evidence: Iterable[Evidence], copies: Copies = NO_COPIES) -> tuple[str, ...]:
    """The sources of many quotes, each once, sorted."""
    everything = list(evidence)
    known = _publishers(everything)
    return tuple(sorted({_first_source(e, known, copies) for e in everything}))


def _first_source(evidence: Evidence, known: Mapping[str, str], copies: Copies) -> str:
    """The quoted source, or who published the text first."""
    document = copies.first_document(evidence)
    return quoted(evidence.quote) or known.get(document) or origin(evidence)


def _publishers(evidence: Iterable[Evidence]) -> dict[str, str]:
    """By document."""
    return {e.mention.document_id: e.publisher or e.document_title for e in evidence}
