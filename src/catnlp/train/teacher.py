"""A larger encoder that reads the student's tokens: what it says of a token, the student can learn.

all-mpnet-base-v2 has the word pieces of BERT under other numbers, so that both read a window
token by token alike.
"""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import MPNetModel
from transformers.modeling_outputs import BaseModelOutput

from catnlp.errors import UsageError
from catnlp.tag.network import CategoryTagger
from catnlp.tag.windows import load_tokenizer
from catnlp.taxonomy import Taxonomy
from catnlp.train.encoders import read_encoder

FROZEN = 6  # lower layers that stay as they are: a third less to compute
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>", "[UNK]": "[UNK]"}


class Translated(nn.Module):
    """An encoder with another numbering of the same word pieces."""

    numbers: Tensor

    def __init__(self, encoder: nn.Module, numbers: Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("numbers", numbers)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> BaseModelOutput:
        found: BaseModelOutput = self.encoder(
            self.numbers[input_ids], attention_mask=attention_mask
        )
        return found


def teacher(folder: Path, tokenizer: Tokenizer, taxonomy: Taxonomy, seed: int) -> CategoryTagger:
    """A network on the MPNet encoder of that folder, with fresh heads, for the student's tokens;
    only the upper layers and the heads learn."""
    torch.manual_seed(seed)
    encoder = read_encoder(MPNetModel, folder)
    for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    sizes = len(taxonomy.category_ids), len(taxonomy.statuses), len(taxonomy.actors)
    translated = Translated(encoder, _numbers(folder, tokenizer))
    return CategoryTagger(translated, encoder.config.hidden_size, *sizes)


def _numbers(folder: Path, tokenizer: Tokenizer) -> Tensor:
    """The number that the encoder has for each word piece of the student."""
    theirs = load_tokenizer(folder / "tokenizer.json").get_vocab()
    ours = tokenizer.get_vocab()
    numbers = torch.zeros(len(ours), dtype=torch.long)
    for piece, number in ours.items():
        try:
            numbers[number] = theirs[SPECIAL.get(piece, piece)]
        except KeyError as error:
            raise UsageError(
                f"{folder} does not have the word pieces of the student ({piece!r} is missing); "
                "name a folder of all-mpnet-base-v2"
            ) from error
    return numbers
