"""How strong a quote is as evidence, and the strongest of many without saying a thing twice."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from catnlp.domain import Evidence
from catnlp.resources import read_toml
from catnlp.summarize.periods import year_of
from catnlp.summarize.same import Same, same_words

SHOWN = 2.5  # what a sentence loses that another category of the page quotes already
SPREAD = {"document": 0.20, "publisher": 0.10, "year": 0.15}  # lost for each one chosen of it
CERTAIN = 3.0  # what a certain quote has before one of no certainty
LONGEST = 75  # words after which a quote loses strength
MOST_RANKED = 120  # candidates among which near-duplicates are looked for


@cache
def table() -> dict[str, Any]:
    """`strength.toml`, its patterns compiled."""
    data = read_toml("catnlp.summarize", "strength.toml")
    for row in (*data["specific"], *data["weak"]):
        row["pattern"] = re.compile(row["pattern"])
    return data


@cache
def specificity(quote: str) -> float:
    """Date, place, unit, number of victims; less for enumerations and broken sentences."""
    data = table()
    value = sum(row["weight"] for row in data["specific"] if row["pattern"].search(quote))
    value -= sum(row["weight"] for row in data["weak"] if row["pattern"].search(quote))
    return float(value - 0.3 * (not 6 <= len(quote.split()) <= LONGEST))


def strength(evidence: Evidence) -> float:
    """Status, certainty and specificity of a quote, from 0 to about 5; for ranking only."""
    value = float(table()["status"][evidence.mention.status]) + CERTAIN * evidence.certainty
    value += specificity(evidence.quote)
    if evidence.page_quality in ("garbled", "ocr"):
        value -= 0.3
    return round(value, 4)


def strongest(
    candidates: Iterable[Evidence],
    most: int,
    *,
    per_document: int | None = None,
    shown: Collection[str] = (),
) -> tuple[Evidence, ...]:
    """At most `most` quotes, the strongest first, spread over documents, publishers and years.

    A quote that another says in nearly the same words is left out and named in `also_in`.
    Sentences (ids) that are `shown` elsewhere on the page stand behind fresh ones.
    """
    ranked = sorted(
        (
            replace(
                e,
                strength=strength(e) - SHOWN * (e.mention.sentence_id in shown),
            )
            for e in candidates
        ),
        key=lambda e: (-e.strength, e.published, e.document_title, e.quote_start, e.mention.id),
    )
    chosen = _spread(ranked[:MOST_RANKED], most, per_document)
    alike = Same([e.quote for e in chosen])
    for evidence in ranked:
        number = alike.like(evidence.quote)
        if number is not None:
            chosen[number] = _also(chosen[number], evidence)
    return tuple(chosen)


def _spread(ranked: Sequence[Evidence], most: int, per_document: int | None) -> list[Evidence]:
    """Takes the best that is left, again and again; what resembles a chosen one loses."""
    chosen: list[Evidence] = []
    taken: Counter[tuple[str, str]] = Counter()
    left = list(ranked)
    while left and len(chosen) < most:
        best = max(left, key=lambda e: e.strength - _loss(e, taken))
        left.remove(best)
        documents = taken["document", best.mention.document_id]
        if (per_document and documents >= per_document) or any(
            same_words(best.quote, e.quote) for e in chosen
        ):
            continue
        chosen.append(best)
        taken.update(_kinds(best))
    return sorted(chosen, key=lambda e: -e.strength)


def _kinds(evidence: Evidence) -> list[tuple[str, str]]:
    return [
        ("document", evidence.mention.document_id),
        ("publisher", evidence.publisher),
        ("year", year_of(evidence)),
    ]


def _loss(evidence: Evidence, taken: Counter[tuple[str, str]]) -> float:
    return sum(SPREAD[kind[0]] * taken[kind] for kind in _kinds(evidence))


def _also(kept: Evidence, other: Evidence) -> Evidence:
    if other.mention.document_id == kept.mention.document_id:
        return kept
    return replace(kept, also_in=tuple(sorted({*kept.also_in, other.document_title})))
