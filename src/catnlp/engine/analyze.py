"""One document through extract, segment, tag and link."""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import catnlp
from catnlp.domain import Analysis, CountryLink, Document, Mention
from catnlp.taxonomy import taxonomy

if TYPE_CHECKING:
    from spacy.language import Language

    from catnlp.tag.tagger import Tagger


class Analyst:
    """The loaded pipeline; what it finds in a document depends on nothing else."""

    def __init__(self, model: Path | None = None, *, device: str = "cpu") -> None:
        from catnlp.tag.pipeline import load_pipeline

        self.nlp: Language = load_pipeline(model, device=device)

    def analyze_file(self, path: Path, uri: str) -> Iterator[Analysis]:
        """The analyses of all documents in a file, in order."""
        from catnlp.extract import extract

        documents = extract(path, uri)
        while True:
            started = time.perf_counter()
            document = next(documents, None)
            if document is None:
                return
            yield self.analyze(document, extract_seconds=time.perf_counter() - started)

    def analyze(self, document: Document, *, extract_seconds: float = 0.0) -> Analysis:
        """Segment, tag and link one document."""
        from catnlp.link import date_mentions, link, link_units
        from catnlp.sales import find_sales
        from catnlp.segment.passages import passages
        from catnlp.segment.sections import sections
        from catnlp.tag.pipeline import border, split, tag

        watch = Watch(extract=extract_seconds)
        spans = list(passages(document, sections(document)))
        docs = split(self.nlp, document, spans)
        watch.lap("segment")
        docs = tag(self.nlp, docs)
        sentences, mentions = border(document, spans, docs, self.method)
        watch.lap("tag")
        links = link(document, sentences, mentions)
        mentions = _settled(mentions, links)
        units = link_units(document, sentences, mentions, links)
        dates = date_mentions(document, sentences, mentions)
        sales = find_sales(document, sentences)
        watch.lap("link")
        return Analysis(
            document=document,
            sentences=tuple(sentences),
            mentions=tuple(mentions),
            country_links=tuple(links),
            sales=tuple(sales),
            units=units,
            dates=dates,
            seconds=watch.seconds,
        )

    @property
    def method(self) -> str:
        return self._tagger.version

    @property
    def precision(self) -> str:
        """Of the numbers that the network computes with: int8, bfloat16 or float32."""
        return self._tagger.precision

    @property
    def _tagger(self) -> "Tagger":
        from catnlp.tag.components import MentionTagger

        component = self.nlp.get_pipe("catnlp_mentions")
        if not isinstance(component, MentionTagger):
            raise TypeError(f"catnlp_mentions is a {type(component).__name__}, not our component")
        return component.tagger


def _settled(mentions: Sequence[Mention], links: Sequence[CountryLink]) -> list[Mention]:
    """The mentions with the actors that the links tell; a score of the tagger's says nothing of
    another actor."""
    from catnlp.link import actor_of

    responsible = defaultdict(set)
    for found in links:
        if found.role == "responsible":
            responsible[found.mention_id].add(found.country)
    told = ((m, actor_of(m.actor, responsible[m.id])) for m in mentions)
    return [m if m.actor == a else replace(m, actor=a, actor_score=1.0) for m, a in told]


class Watch:
    """Seconds per stage."""

    def __init__(self, **seconds: float) -> None:
        self.seconds = dict(seconds)
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now


def fingerprint(model: Path | None = None) -> dict[str, str]:
    """The versions that decide what is found: of code, readers, model and taxonomy."""
    from catnlp.extract.documents import VERSION
    from catnlp.tag.models import find_model

    config = (model or find_model()) / "config.json"
    return {
        "catnlp": catnlp.__version__,
        "readers": str(VERSION),
        "model": hashlib.sha256(config.read_bytes()).hexdigest()[:16],
        "taxonomy": taxonomy().version,
    }
