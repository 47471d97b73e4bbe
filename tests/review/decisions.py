"""Hand-made decisions for tests of the review stage."""

from dataclasses import replace

from catnlp.domain import Analysis, Decision, Labels, Verdict
from catnlp.review.replay import labels_of


def decision(
    analysis: Analysis, mention: int, verdict: Verdict, reviewer: str = "Ann", **given: object
) -> Decision:
    """On a mention of an analysis, as a reviewer would have made it."""
    m = analysis.mentions[mention]
    sentence = next(s for s in analysis.sentences if s.id == m.sentence_id)
    links = [k for k in analysis.country_links if k.mention_id == m.id]
    seen = labels_of(m, links, sentence.start)
    corrected: Labels = replace(seen, **given)  # type: ignore[arg-type]
    return Decision(
        document_id=analysis.document.id,
        quote=sentence.text,
        start=sentence.start,
        verdict=verdict,
        seen=None if verdict == "add" else seen,
        given=None if verdict in ("reject", "withdraw") else corrected,
        reviewer=reviewer,
        decided="2024-01-01T10:00:00+00:00",
        uri=analysis.document.uri,
        title=analysis.document.title,
    )
