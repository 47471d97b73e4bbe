import shutil
from pathlib import Path

import pytest

from catnlp.errors import ModelError
from catnlp.tag.models import find_model
from catnlp.tag.tagger import Tagger
from catnlp.tag.windows import Passage

SENTENCES = (
    "Police officers beat detainees to extract confessions.",
    "There were no reports of enforced disappearances.",
    "The ministry bought twelve new buses.",
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(find_model())


def test_tagger_finds_torture_and_leaves_buses_alone(tagger: Tagger) -> None:
    beaten, absent, buses = next(tagger.predict([Passage("", (), SENTENCES)]))
    assert "torture-ill-treatment" in {p.category for p in beaten}
    assert {p.status for p in absent} == {"negated"}
    assert not buses


def test_tagger_gives_a_category_one_status_in_a_sentence(tagger: Tagger) -> None:
    texts = (
        "The authorities say that all of them had a fair trial.",
        "There were no indications of deliberate killings of civilians.",
        "Federal law prohibited arbitrary arrest and detention.",
        "There were no reports of political prisoners.",
    )
    for found in next(tagger.predict([Passage("", (), texts)])):
        assert found
        assert len({p.category for p in found}) == len(found)


def test_tagger_triggers_are_whole_words_of_the_sentence(tagger: Tagger) -> None:
    (found,) = tagger.predict([Passage("", (), SENTENCES)])
    for sentence, predictions in zip(SENTENCES, found, strict=True):
        for p in predictions:
            assert 0 <= p.start < p.end <= len(sentence)
            assert sentence[p.start : p.end].strip() == sentence[p.start : p.end]


def test_tagger_says_the_same_alone_and_in_a_crowd(tagger: Tagger) -> None:
    target = Passage("Report", ("Torture",), SENTENCES)
    crowd = [Passage("Other", (), ("The weather was fine. " * n,)) for n in range(1, 30)]
    (alone,) = tagger.predict([target])
    *_, together = tagger.predict([*crowd, target])
    assert [[p.category for p in s] for s in alone] == [[p.category for p in s] for s in together]


def test_tagger_refuses_a_damaged_model(tmp_path: Path) -> None:
    shutil.copytree(find_model(), tmp_path / "m")
    with (tmp_path / "m" / "tokenizer.json").open("a") as stream:
        stream.write(" ")
    with pytest.raises(ModelError, match="damaged"):
        Tagger(tmp_path / "m")


def test_tagger_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model in"):
        Tagger(tmp_path)
