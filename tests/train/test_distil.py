from dataclasses import replace

import pytest
import torch

from catnlp.tag.models import find_model
from catnlp.tag.tagger import read_network
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import Annotated, Label, from_json, to_json
from catnlp.train.distil import taught
from catnlp.train.examples import examples
from catnlp.train.unlabelled import UNREAD

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
    return list(taught([read_network(find_model()).eval()], run(), tokenizer, taxonomy()))


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


def test_a_reader_counts_beside_the_networks() -> None:
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    network = read_network(find_model()).eval()
    words = TEXTS[1].index("extract"), TEXTS[1].index("extract") + 7
    wrong = Label("forced-displacement", "extract", *words, "normative", "private")
    read = Annotated("1", "cr", "d", "Report", (), "", TEXTS[1], "", (wrong,))
    [alone] = taught([network], [replace(read, source=UNREAD)], tokenizer, taxonomy())
    [both] = taught([network], [read], tokenizer, taxonomy())
    [label] = both.labels
    assert (label.trigger, label.read) == ("extract", True)
    assert label.status_chances[taxonomy().statuses.index("normative")] >= 0.5
    there = taxonomy().category_ids.index("forced-displacement")
    for number, (mine, its) in enumerate(zip(both.chances, alone.chances, strict=True)):
        assert mine == pytest.approx(its / 2 + (number == there) / 2, abs=0.001)


def test_a_category_told_of_twice_keeps_the_statuses_of_its_reader() -> None:
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    text = "Torture is forbidden, but guards tortured them."
    twice = tuple(
        Label("torture-ill-treatment", word, start, start + len(word), status, "state")
        for word, start, status in (("Torture", 0, "normative"), ("tortured", 33, "affirmed"))
    )
    read = Annotated("1", "cr", "d", "Report", (), "", text, "", twice)
    [found] = taught([read_network(find_model()).eval()], [read], tokenizer, taxonomy())
    for label in found.labels:
        assert label.status_chances[taxonomy().statuses.index(label.status)] == 1.0


def test_networks_speak_by_their_mean() -> None:
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    network, sure = (read_network(find_model()).eval() for _ in range(2))
    with torch.no_grad():
        sure.bias += 4.0
    one, both = (
        next(iter(taught(several, run()[1:2], tokenizer, taxonomy())))
        for several in ([network], [network, sure])
    )
    pairs = [(a, b) for a, b in zip(one.chances, both.chances, strict=True) if 0.002 < a < 0.995]
    assert pairs
    for alone, mean in pairs:
        logits = torch.tensor([alone, mean]).logit()
        assert float(logits[1] - logits[0]) == pytest.approx(2.0, abs=0.25)
