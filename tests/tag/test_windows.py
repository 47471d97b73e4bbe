import pytest
from tokenizers import Tokenizer

from catnlp.tag.models import find_model
from catnlp.tag.windows import BODY_TOKENS, LONGEST, Passage, collate, load_tokenizer, windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(find_model() / "tokenizer.json")


def test_windows_hold_every_sentence_once(tokenizer: Tokenizer) -> None:
    passage = Passage("Title", ("Section",), tuple(f"Sentence number {i}. " * 4 for i in range(40)))
    placed = [n for w in windows(passage, tokenizer) for n, _, _ in w.sentences]
    assert placed == list(range(40))


def test_windows_of_a_range_hold_only_that_range(tokenizer: Tokenizer) -> None:
    passage = Passage("", (), ("Before.", "This.", "After."), first=1, last=2)
    (window,) = windows(passage, tokenizer)
    ((number, offset, encoding),) = window.sentences
    assert number == 1
    assert list(window.ids[offset : offset + len(encoding.ids)]) == encoding.ids


def test_windows_cut_an_endless_sentence(tokenizer: Tokenizer) -> None:
    passage = Passage("", (), ("word " * 5000,))
    (window,) = windows(passage, tokenizer)
    assert LONGEST <= len(window.ids) < LONGEST + BODY_TOKENS


def test_windows_of_an_empty_passage_are_none(tokenizer: Tokenizer) -> None:
    assert list(windows(Passage("", (), ()), tokenizer)) == []


def test_collate_marks_the_tokens_of_each_sentence(tokenizer: Tokenizer) -> None:
    passage = Passage("T", (), ("One sentence here.", "Two."))
    batch = collate(list(windows(passage, tokenizer)))
    assert batch.sentence_mask.sum(1).tolist() == [4, 2]
    assert not (batch.sentence_mask[0] & batch.sentence_mask[1]).any()
