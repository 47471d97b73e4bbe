"""The network: one encoder pass, one attention per category over the sentence's own tokens.

Label-wise attention after Mullenbach et al. (2018, "Explainable prediction of medical
codes from clinical text"), with a status and an actor head that attend once more, from
each category found, over the whole window (context included).
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

HEADS = 4
MASKED = -1e4  # finite, so that an empty row gives a uniform attention and no NaN


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows (W x T tokens) and the sentences (S) that stand in them."""

    input_ids: Tensor  # W x T
    attention_mask: Tensor  # W x T
    window: Tensor  # S: the window of each sentence
    sentence_mask: Tensor  # S x T: the tokens of each sentence


@dataclass(frozen=True, slots=True)
class Found:
    """What the network says of S sentences and C categories."""

    presence: Tensor  # S x C logits
    attention: Tensor  # S x C x T
    trigger: Tensor  # S x C x T logits
    hidden: Tensor  # W x T x D
    vectors: Tensor  # S x C x D


class CategoryTagger(nn.Module):
    """Encoder with label-wise attention, trigger, status and actor heads."""

    def __init__(self, config: BertConfig, categories: int, statuses: int, actors: int) -> None:
        super().__init__()
        width = config.hidden_size
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.key = nn.Linear(width, width)
        self.query = nn.Parameter(torch.randn(categories, width) * 0.05)
        self.weight = nn.Parameter(torch.randn(categories, width) * 0.02)
        self.bias = nn.Parameter(torch.full((categories,), -3.0))
        self.trigger_key = nn.Linear(width, width)
        self.trigger_query = nn.Parameter(torch.randn(categories, width) * 0.05)
        self.trigger_bias = nn.Parameter(torch.full((categories, 1), -2.0))
        self.dropout = nn.Dropout(0.1)
        self.status = AttributeHead(width, statuses)
        self.actor = AttributeHead(width, actors)

    def forward(self, batch: Batch) -> Found:
        hidden = self.encoder(batch.input_ids, attention_mask=batch.attention_mask)
        hidden = self.dropout(hidden.last_hidden_state)
        tokens = hidden[batch.window]  # S x T x D
        outside = (batch.sentence_mask == 0).unsqueeze(1)
        logits = torch.einsum("std,cd->sct", self.key(tokens), self.query)
        attention = logits.float().masked_fill(outside, MASKED).softmax(-1).to(tokens.dtype)
        vectors = attention @ tokens
        presence = (vectors * self.weight).sum(-1) + self.bias
        trigger = torch.einsum("std,cd->sct", self.trigger_key(tokens), self.trigger_query)
        trigger = trigger + self.trigger_bias
        return Found(presence, attention, trigger.masked_fill(outside, MASKED), hidden, vectors)

    def attributes(
        self, found: Found, batch: Batch, sentence: Tensor, category: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Status and actor logits (M x 5 each) of M mentions, given by sentence and category."""
        window = batch.window[sentence]
        vectors = found.vectors[sentence, category]
        inside = batch.sentence_mask[sentence]
        around = batch.attention_mask[window]
        tokens = found.hidden[window]
        return (
            self.status(vectors, tokens, inside),
            self.actor(vectors, tokens, around),
        )


class AttributeHead(nn.Module):
    """A label for a mention: attends from the mention's vector over the tokens given."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.attend = nn.MultiheadAttention(width, HEADS, dropout=0.1, batch_first=True)
        self.classify = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, labels)
        )

    def forward(self, vectors: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
        query = self.norm(vectors).unsqueeze(1)
        seen, _ = self.attend(query, tokens, tokens, key_padding_mask=mask == 0, need_weights=False)
        logits: Tensor = self.classify(torch.cat([vectors, seen.squeeze(1)], -1))
        return logits
