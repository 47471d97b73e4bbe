import pytest

from catnlp.tag.models import find_model
from catnlp.tag.tagger import read_network
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, from_json, to_json
from catnlp.train.distil import taught
from catnlp.train.examples import examples

TEXTS = (
    "The committee met in the capital.",
    "Police tortured detainees to extract confessions.",
    "The road to the coast was closed for repairs.",
)


def run() -> list[Annotated]:
    around = ("", *TEXTS, "")
    return [
        Annotated(str(n), "unlabelled", "d", "Report", ("Prisons",), around[n], text, around[n + 2])
        for n, text in enumerate(TEXTS)
    ]


@pytest.fixture(scope="module")
def labelled() -> list[Annotated]:
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    return list(taught(read_network(find_model()).eval(), run(), tokenizer, taxonomy()))


def test_every_sentence_gets_a_chance_for_every_category(labelled: list[Annotated]) -> None:
    assert [sentence.text for sentence in labelled] == list(TEXTS)
    assert {len(sentence.chances) for sentence in labelled} == {len(taxonomy().category_ids)}


def test_a_likely_category_is_labelled_with_its_words(labelled: list[Annotated]) -> None:
    quiet, torture, _ = labelled
    assert not quiet.labels
    [label] = [x for x in torture.labels if x.category == "torture-ill-treatment"]
    assert label.trigger == torture.text[label.start : label.end]
    assert "tortured" in label.trigger
    for chances in (label.status_chances, label.actor_chances):
        assert sum(chances) == pytest.approx(1.0, abs=0.01)


def test_chances_are_learned_from_as_they_are(labelled: list[Annotated]) -> None:
    again = [from_json(to_json(sentence)) for sentence in labelled]
    assert again == labelled
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    [example] = examples([again], tokenizer, taxonomy(), bare=False, alone=False)
    assert list(example.chances) == [sentence.chances for sentence in labelled]
    assert example.labels[1][0].status == labelled[1].labels[0].status_chances
