"""How strong a quote is as evidence, and which quotes say the same."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from catnlp.domain import Evidence

STATUS_WEIGHT = {"affirmed": 1.0, "alleged": 0.8, "negated": 0.5, "normative": 0.4,
                 "hypothetical": 0.4}  # fmt: skip
ENUMERATION = re.compile(
    r"[Ss]ignificant human[- ]rights (?:issues|problems|abuses)|[Mm]ost significant human|"
    r"[Oo]ther human[- ]rights (?:problems|issues)|[Hh]uman[- ]rights (?:problems|issues) included"
)
SPECIFIC = (
    (0.20, re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|"
                      r"November|December)\s+(?:\d{1,2}|(?:19|20)\d{2})\b")),
    (0.10, re.compile(r"\b(?:19|20)\d{2}\b")),
    (0.15, re.compile(r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|"
                      r"thousands)\s+(?:\w+\s+){0,2}(?:persons|people|civilians|men|women|children|"
                      r"girls|boys|detainees|prisoners|protesters|journalists|victims|cases|officers|"
                      r"soldiers|students|activists|members|workers)\b", re.I)),
    (0.10, re.compile(r"\b(?:battalion|brigade|division|unit|squad|regiment|directorate|ministry|"
                      r"army|navy|air force|police|gendarmerie|guard|intelligence|security forces|"
                      r"soldiers|officers|troops)\b", re.I)),
    (0.10, re.compile(r"\b(?:court|convicted|sentenced|tribunal|commission found|panel of experts|"
                      r"investigators?|documented|verified)\b", re.I)),
)  # fmt: skip
SIMILAR = 0.55  # Jaccard of word 3-shingles from which two quotes count as one
SHOWN = 0.5  # what a sentence loses that another category of the page quotes already
LONGEST = 75  # words after which a quote loses strength


def strength(evidence: Evidence) -> float:
    """Status, specificity and score of a quote, from 0 to about 2; for ranking only."""
    quote = evidence.quote
    value = STATUS_WEIGHT[evidence.mention.status] * 1.3 * evidence.mention.score
    value += sum(weight for weight, pattern in SPECIFIC if pattern.search(quote))
    words = len(quote.split())
    if ENUMERATION.search(quote):
        value -= 0.7
    if words > LONGEST or words < 6:
        value -= 0.3
    if quote.endswith(":") or not quote[:1].isupper():
        value -= 0.3
    if evidence.page_quality in ("garbled", "ocr"):
        value -= 0.3
    return round(value, 4)


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def strongest(
    candidates: Iterable[Evidence],
    most: int,
    *,
    per_document: int | None = None,
    shown: Collection[str] = (),
) -> tuple[Evidence, ...]:
    """At most `most` quotes, strongest first, at most `per_document` of one document.

    A quote that another says in nearly the same words is left out and named in `also_in`.
    Sentences (ids) that are `shown` elsewhere on the page stand behind fresh ones.
    """
    ranked = sorted(
        (
            replace(e, strength=strength(e) - SHOWN * (e.mention.sentence_id in shown))
            for e in candidates
        ),
        key=lambda e: (-e.strength, e.published, e.document_title, e.quote_start, e.mention.id),
    )
    chosen: list[Evidence] = []
    known: list[frozenset[tuple[str, ...]]] = []
    taken: dict[str, int] = {}
    for evidence in ranked:
        mine = shingles(evidence.quote)
        same = _like(mine, known)
        if same is not None:
            chosen[same] = _also(chosen[same], evidence)
        elif len(chosen) < most:
            document = evidence.mention.document_id
            if per_document and taken.get(document, 0) >= per_document:
                continue
            taken[document] = taken.get(document, 0) + 1
            chosen.append(evidence)
            known.append(mine)
    return tuple(chosen)


def _like(
    mine: frozenset[tuple[str, ...]], known: Sequence[frozenset[tuple[str, ...]]]
) -> int | None:
    for number, other in enumerate(known):
        if len(mine & other) >= SIMILAR * len(mine | other):
            return number
    return None


def _also(kept: Evidence, other: Evidence) -> Evidence:
    if other.mention.document_id == kept.mention.document_id:
        return kept
    return replace(kept, also_in=tuple(sorted({*kept.also_in, other.document_title})))
