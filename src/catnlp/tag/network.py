"""The network: one encoder pass, one attention per category over the sentence's own tokens.

Label-wise attention after Mullenbach et al. (2018, "Explainable prediction of medical
codes from clinical text"), with a status and an actor head that attend once more, from
each category found, over the tokens of the sentence (status) or of the window (actor).
All projections of tokens are made once a window, however many sentences stand in it.
"""

from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

HEADS = 4
MASKED = -1e4  # finite, so that an empty row gives a uniform attention and no NaN


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows (W x T tokens) and the sentences (S) that stand in them."""

    input_ids: Tensor  # W x T
    attention_mask: Tensor  # W x T
    window: Tensor  # S: the window of each sentence
    sentence_mask: Tensor  # S x T: the tokens of each sentence

    def to(self, device: torch.device) -> "Batch":
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Found:
    """What the network says of S sentences and C categories."""

    presence: Tensor  # S x C logits
    attention: Tensor  # S x C x T
    hidden: Tensor  # W x T x D
    trigger: Tensor  # W x C x T logits, of every token of the window
    logits: Tensor  # W x C x T: how much attention each token draws
    values: Tensor  # W x C x T: what each token says of the category


@dataclass(frozen=True, slots=True)
class Details:
    """What the network says of M mentions."""

    status: Tensor  # M x 5 logits
    actor: Tensor  # M x 5 logits
    trigger: Tensor  # M x T logits; outside of the sentence they are very low


class CategoryTagger(nn.Module):
    """An encoder of that width with label-wise attention, trigger, status and actor heads."""

    def __init__(
        self, encoder: nn.Module, width: int, categories: int, statuses: int, actors: int
    ) -> None:
        super().__init__()
        self.encoder = encoder
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
        """Presence of every category in every sentence: the attention's mean of a value that
        each token has for the category."""
        hidden = self.encoder(batch.input_ids, attention_mask=batch.attention_mask)
        hidden = self.dropout(hidden.last_hidden_state)
        trigger = torch.einsum("wtd,cd->wct", self.trigger_key(hidden), self.trigger_query)
        logits = torch.einsum("wtd,cd->wct", self.key(hidden), self.query)
        values = torch.einsum("wtd,cd->wct", hidden, self.weight)
        return self._found(hidden, logits, values, trigger + self.trigger_bias, batch)

    def again(self, found: Found, batch: Batch) -> Found:
        """What it says of other parts of the same windows, which are not read anew."""
        return self._found(found.hidden, found.logits, found.values, found.trigger, batch)

    def _found(
        self, hidden: Tensor, logits: Tensor, values: Tensor, trigger: Tensor, batch: Batch
    ) -> Found:
        outside = (batch.sentence_mask == 0).unsqueeze(1)
        attention = logits[batch.window].float().masked_fill(outside, MASKED).softmax(-1)
        presence = (attention * values[batch.window]).sum(-1) + self.bias
        return Found(presence, attention.to(hidden.dtype), hidden, trigger, logits, values)

    def details(self, found: Found, batch: Batch, sentence: Tensor, category: Tensor) -> Details:
        """Status, actor and trigger of mentions, given by sentence and category (M each)."""
        window = batch.window[sentence]
        seats = Seats(window, len(found.hidden))
        attention = seats.seated(found.attention[sentence, category])
        vectors = seats.left(attention @ found.hidden)
        inside = batch.sentence_mask[sentence]
        trigger = found.trigger[window, category].float().masked_fill(inside == 0, MASKED)
        return Details(
            self.status(vectors, found.hidden, seats, inside),
            self.actor(vectors, found.hidden, seats, batch.attention_mask[window]),
            trigger,
        )


class Seats:
    """Mentions (M) by the window they stand in (W x Q, padded), so that all of a window read its
    tokens in one product, and no token is copied for each mention."""

    def __init__(self, window: Tensor, windows: int) -> None:
        before = torch.ones(len(window), len(window), dtype=torch.bool, device=window.device)
        same = window.unsqueeze(1) == window
        self.seat = (same & before.tril(-1)).sum(1)
        self.window = window
        self.shape = windows, int(self.seat.max()) + 1 if len(window) else 1

    def seated(self, rows: Tensor) -> Tensor:
        """M x ... -> W x Q x ..., zeros where nobody sits."""
        places = rows.new_zeros(*self.shape, *rows.shape[1:])
        return places.index_put((self.window, self.seat), rows)

    def left(self, places: Tensor) -> Tensor:
        """W x Q x ... -> M x ..."""
        return places[self.window, self.seat]


class AttributeHead(nn.Module):
    """A label for a mention: attends from the mention's vector over the tokens given."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.ask = nn.Linear(width, width)
        self.offer = nn.Linear(width, 2 * width)  # keys and values
        self.gather = nn.Linear(width, width)
        self.dropout = nn.Dropout(0.1)
        self.classify = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, labels)
        )

    def forward(self, vectors: Tensor, hidden: Tensor, seats: Seats, mask: Tensor) -> Tensor:
        mentions, width = vectors.shape
        split = (HEADS, width // HEADS)
        asked = seats.seated(self.ask(self.norm(vectors)).view(mentions, *split))
        keys, values = self.offer(hidden).unflatten(-1, (2, *split)).unbind(2)
        logits = seats.left(torch.einsum("wqhd,wthd->wqht", asked, keys)) * split[1] ** -0.5
        logits = logits.float().masked_fill((mask == 0).unsqueeze(1), MASKED)
        attention = seats.seated(self.dropout(logits.softmax(-1).to(values.dtype)))
        seen = seats.left(torch.einsum("wqht,wthd->wqhd", attention, values))
        result: Tensor = self.classify(torch.cat([vectors, self.gather(seen.flatten(1))], -1))
        return result
