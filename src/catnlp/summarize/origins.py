"""Whose word a quote is: the source it names, else its publisher. Chains collapse to one."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from catnlp.domain import Evidence
from catnlp.summarize.same import same_event, same_words

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
    text = files("catnlp.summarize").joinpath("origins.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
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
    chosen: Iterable[Evidence], all_of_category: Iterable[Evidence]
) -> tuple[Evidence, ...]:
    """The quotes with the independent sources that say the same words or tell the same event,
    and the titles of the documents in which they do."""
    everything = list(all_of_category)
    return tuple(_with_sources(e, everything) for e in chosen)


def _with_sources(evidence: Evidence, everything: Iterable[Evidence]) -> Evidence:
    same = [
        other
        for other in everything
        if other.mention.document_id != evidence.mention.document_id
        and (same_words(evidence.quote, other.quote) or same_event(evidence.quote, other.quote))
    ]
    titles = {*evidence.also_in, *(other.document_title for other in same)}
    sources = dict.fromkeys([origin(evidence), *sorted({origin(other) for other in same})])
    return replace(
        evidence,
        also_in=tuple(sorted(titles - {evidence.document_title})),
        sources=tuple(sources),
    )


def independent(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The sources of many quotes, each once, sorted."""
    return tuple(sorted({origin(e) for e in evidence}))
