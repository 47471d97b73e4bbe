"""How large the activations of a network are on sample sentences, for its 8-bit form."""

import random
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from catnlp.tag.int8 import INPUTS, Ranges, products
from catnlp.tag.network import CategoryTagger
from catnlp.tag.windows import collate, windows
from catnlp.train.corpus import Annotated
from catnlp.train.examples import passage

SAMPLE = 1000  # sentences


@torch.no_grad()
def observe(
    network: CategoryTagger, corpus: Sequence[Annotated], tokenizer: Tokenizer, seed: int
) -> Ranges:
    """The largest absolute value of every channel over SAMPLE sentences of the corpus."""
    layers = list(network.encoder.encoder.layer)  # type: ignore[union-attr, arg-type]
    most: dict[str, list[Tensor]] = {name: [torch.zeros(1)] * len(layers) for name in INPUTS}

    def watch(name: str, number: int, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            largest = inputs[0].abs().flatten(0, -2).amax(0).float()
            most[name][number] = torch.maximum(most[name][number], largest)

        return module.register_forward_pre_hook(look)

    watched = [
        watch(name, number, module)
        for number, layer in enumerate(layers)
        for name, module in products(layer).items()
    ]
    sample = random.Random(seed).sample(list(corpus), min(SAMPLE, len(corpus)))
    for sentence in sample:
        network(collate(list(windows(passage(sentence), tokenizer))))
    for handle in watched:
        handle.remove()
    return Ranges({name: torch.stack(values) for name, values in most.items()})
