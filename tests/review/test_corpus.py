import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from catnlp.address import Where
from catnlp.export import schema
from catnlp.review import decide
from catnlp.review.corpus import to_corpus
from catnlp.store import Store, open_store
from catnlp.train.corpus import read_corpora
from catnlp.train.evaluate import evaluate
from tests.analyses import analysis
from tests.review.decisions import decision
from tests.review.test_importing import keep, two_in_one


@pytest.fixture
def store(address: Where) -> Iterator[Store]:
    with open_store(address) as store:
        keep(store, analysis("a"))
        yield store


def test_decisions_become_sentences_that_training_reads(store: Store, tmp_path: Path) -> None:
    decide(
        store,
        [
            decision(analysis("a"), 0, "correct", status="alleged", location=("GHA",)),
            decision(analysis("a"), 1, "reject"),
        ],
    )
    file = tmp_path / "review.jsonl"
    file.write_text("".join(to_corpus(store).lines()), encoding="utf-8")
    first, second = read_corpora([file])
    (label,) = first.labels
    assert (label.status, label.responsible, label.location) == ("alleged", ("TGO",), ("GHA",))
    assert first.text[label.start : label.end] == label.trigger == "beat detainees"
    assert (first.title, first.section[-1]) == ("Report on Togo", "c. Torture")
    assert (first.next, second.prev, second.labels) == (second.text, first.text, ())
    for line in to_corpus(store).sentences:
        jsonschema.validate(line, json.loads(schema("sentence")))
    found = {s.id: s.labels for s in (first, second)}
    assert evaluate([first, second], found)["figures"]


def test_sentences_without_a_decision_stay_out(store: Store) -> None:
    assert to_corpus(store).sentences == []
    decide(store, [decision(analysis("a"), 1, "accept")])
    assert [s["text"] for s in to_corpus(store).sentences] == [
        "There were no reports of disappearances."
    ]


def test_a_sentence_is_left_out_until_all_of_it_is_decided(store: Store) -> None:
    read = two_in_one()
    keep(store, read)
    decide(store, [decision(read, 0, "accept")])
    assert (to_corpus(store).sentences, to_corpus(store).undecided) == ([], 1)
    decide(store, [decision(read, 1, "reject")])
    (sentence,) = to_corpus(store).sentences
    assert [m["category"] for m in sentence["mentions"]] == ["torture-ill-treatment"]
