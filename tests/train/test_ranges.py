from pathlib import Path

import torch

from catnlp.tag.int8 import INPUTS, read_ranges
from catnlp.tag.models import find_model
from catnlp.tag.tagger import read_network
from catnlp.tag.windows import load_tokenizer
from catnlp.train.corpus import Annotated
from catnlp.train.ranges import observe


def sentence(text: str) -> Annotated:
    return Annotated(id=text[:8], document="d", source="own", title="", section=(), prev="",
                     text=text, next="", labels=())  # fmt: skip


def test_observe_sees_every_layer_and_takes_the_larger(tmp_path: Path) -> None:
    network = read_network(find_model()).eval()
    tokenizer = load_tokenizer(find_model() / "tokenizer.json")
    texts = [sentence("Police killed two protesters."), sentence("Rain fell on the harbour.")]
    one = observe(network, texts[:1], tokenizer, seed=1)
    both = observe(network, texts, tokenizer, seed=1)
    assert tuple(one.by_input) == INPUTS
    for name in INPUTS:
        assert (both.by_input[name] >= one.by_input[name]).all()
        assert len(one.by_input[name]) == 6
    both.save(tmp_path / "ranges")
    read = read_ranges(tmp_path / "ranges")
    assert torch.equal(read.by_input["neurons"], both.by_input["neurons"])
