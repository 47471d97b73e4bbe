import random

import pytest

from catnlp.tag.models import find_model
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, Label
from catnlp.train.examples import examples, groups, passage, runs


def sentence(
    text: str,
    prev: str = "",
    following: str = "",
    document: str = "d",
    labels: tuple[Label, ...] = (),
) -> Annotated:
    return Annotated(text, "cr", document, "Report", ("Police",), prev, text, following, labels)


A = sentence("They came at night.", "It was dark.", "Police beat him.")
B = sentence("Police beat him.", "They came at night.", "He died.")
C = sentence("He died.", "Police beat him.")
OTHER = sentence("He died.", "Police beat him.", document="another")


def test_sentences_that_follow_one_another_are_one_run() -> None:
    assert runs([C, A, OTHER, B]) == [[A, B, C], [OTHER]]


def test_a_sentence_said_in_two_places_of_a_document_is_no_bridge() -> None:
    elsewhere = sentence("Police beat him.", "She had protested.", "He died.")
    assert runs([A, elsewhere]) == [[A], [elsewhere]]


def test_sentences_that_name_each_other_in_a_circle_are_all_kept() -> None:
    x, y = sentence("One.", "", "Two."), sentence("Two.", "", "One.")
    assert sorted(s.text for run in runs([x, y]) for s in run) == ["One.", "Two."]


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_every_sentence_stands_in_one_group(share: float) -> None:
    corpus = [A, B, C, OTHER, *(sentence(f"Sentence {n}.") for n in range(20))]
    found = [
        s.id for group in groups(corpus, share, random.Random(1)) for run in group for s in run
    ]
    assert sorted(found) == sorted(s.id for s in corpus)


def test_a_run_is_read_in_its_own_words_and_order() -> None:
    assert passage(B).sentences == ("They came at night.", "Police beat him.", "He died.")


def test_labels_stand_on_their_words_in_a_window() -> None:
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    labelled = sentence(
        "Police beat him.", "They came at night.", "He died.",
        labels=(Label("torture-ill-treatment", "beat", 7, 11, "affirmed", "state"),),
    )  # fmt: skip
    [window] = examples([[A, labelled, C]], tokenizer, taxonomy(), bare=False, alone=False)
    [target] = window.labels[1]
    assert taxonomy().category_ids[target.category] == "torture-ill-treatment"
    assert dict(zip(taxonomy().statuses, target.status, strict=True))["affirmed"] == 1.0
    assert dict(zip(taxonomy().actors, target.actor, strict=True))["state"] == 1.0
    assert tokenizer.decode(list(window.window.ids[target.first : target.stop])) == "beat"
    assert [sum(chances) for chances in window.chances] == [0.0, 1.0, 0.0]
    assert [number for number, _, _ in window.window.sentences] == [1, 2, 3]
