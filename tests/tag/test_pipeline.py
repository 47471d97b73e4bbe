"""The pipeline as spaCy sees it: by name, saved and loaded again."""

import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from spacy.language import Language

from catnlp.domain import Block, Document
from catnlp.segment.passages import passages
from catnlp.tag.components import MentionTagger
from catnlp.tag.pipeline import border, load_pipeline, split, tag
from catnlp.tag.prediction import Prediction
from catnlp.tag.tagger import Tagger
from catnlp.tag.windows import Passage

TEXT = "Soldiers tortured prisoners in Aden.\nThe harvest was good – thanks to the rain."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def test_pipeline_has_what_its_components_need(nlp: Language) -> None:
    assert nlp.pipe_names == ["catnlp_blocks", "senter", "catnlp_mentions"]
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_pipeline_gives_mentions_with_offsets_of_the_document(nlp: Language) -> None:
    document = Document(
        id="d", uri="d", media_type="text/plain", reader="text", title="", text=TEXT,
        blocks=(Block(0, 36), Block(37, len(TEXT))),
    )  # fmt: skip
    spans = list(passages(document, ()))
    docs = tag(nlp, split(nlp, document, spans))
    sentences, mentions = border(document, spans, docs, "test")
    assert [s.text for s in sentences] == TEXT.split("\n")
    assert "torture-ill-treatment" in {m.category for m in mentions}
    for mention in mentions:
        assert document.text[mention.start : mention.end] == mention.trigger
        assert mention.sentence_id == sentences[0].id
        assert 0 < mention.status_score < 1
        assert 0 < mention.actor_score < 1


def test_pipeline_loads_again_by_name_in_a_fresh_process(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    program = (
        "import sys, spacy; nlp = spacy.load(sys.argv[1]);"
        "doc = nlp(sys.argv[2]); print(*[s.label_ for s in doc.spans['mentions']])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "saved"), TEXT],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "torture-ill-treatment" in done.stdout


def test_mentions_with_the_same_words_keep_their_own_labels(nlp: Language) -> None:
    predictions = [
        Prediction("civilian-harm", "affirmed", "state", 0.9, 0, 8, 0.7, 0.6),
        Prediction("civilian-harm", "hypothetical", "state", 0.9, 0, 8),
        Prediction("unlawful-killing", "alleged", "non-state", 0.5, 0, 8),
    ]

    class Fixed:
        def predict(self, passages: list[Passage]) -> list[list[list[Prediction]]]:
            return [[predictions] for _ in passages]

    doc = nlp.make_doc("Soldiers fled.")
    for token in doc:
        token.is_sent_start = token.i == 0
    doc = MentionTagger(cast(Tagger, Fixed()))(doc)
    found = {
        (s.label_, s._.status, s._.actor, s._.score, s._.status_score, s._.actor_score)
        for s in doc.spans["mentions"]
    }
    assert found == {
        (p.category, p.status, p.actor, p.score, p.status_score, p.actor_score) for p in predictions
    }
