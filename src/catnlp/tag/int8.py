"""The encoder in 8-bit integers: twice as fast as 32-bit floats, with the same findings.

Weights get one scale for each output, activations one for each layer, from the largest values
seen on sample sentences (`Ranges`). Two things keep the findings: large input channels hand a
share of their size to the weights (Xiao et al. 2023, "SmoothQuant"), and the few neurons that
grow far larger than all others are split into saturating copies (after Zhao et al. 2019,
"Improving neural network quantization without retraining using outlier channel splitting").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel
from transformers.modeling_outputs import BaseModelOutput

from catnlp.tag.network import MASKED

LEVELS = 127
ZERO = 128  # unsigned bytes stand for -128 to 127: oneDNN has no fast kernel for signed input
SHARE = 0.7  # how far the size of an input channel moves into the weights
SATURATION = 4.0  # of a neuron's output; larger ones are split (of 3 to 7 the least error)
DIP = 0.17  # GELU is never lower than -DIP
PADDED = 16  # neurons come in multiples
INPUTS = ("hidden", "context", "attended", "neurons")  # of a layer's four products


def eight_bit() -> bool:
    """Whether this processor adds up products of bytes (VNNI) without overflow."""
    known: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    able = known.get("avx512_vnni", False) or known.get("avx_vnni", False)
    return able and hasattr(torch.ops.onednn, "qlinear_pointwise")


@dataclass(frozen=True, slots=True)
class Ranges:
    """The largest absolute value of every channel, by input of INPUTS (layers x channels)."""

    by_input: Mapping[str, Tensor]

    def layer(self, number: int) -> dict[str, Tensor]:
        return {name: values[number] for name, values in self.by_input.items()}

    def save(self, path: Path) -> None:
        save_file({name: values.contiguous() for name, values in self.by_input.items()}, path)


def read_ranges(path: Path) -> Ranges:
    """The ranges kept in that file."""
    return Ranges(load_file(path))


def products(layer: nn.Module) -> dict[str, nn.Module]:
    """The modules of a BERT layer whose inputs are quantised, by name of that input."""
    part: Any = layer
    modules = (
        part.attention.self.query, part.attention.output.dense, part.intermediate.dense,
        part.output.dense,
    )  # fmt: skip
    return dict(zip(INPUTS, modules, strict=True))


class ByteLinear(nn.Module):
    """A product of bytes; `scale` is what one step of the input's bytes is worth."""

    def __init__(self, weight: Tensor, bias: Tensor, scale: float, zero: int = ZERO) -> None:
        super().__init__()
        steps = weight.abs().amax(1).clamp_min(1e-9) / LEVELS
        whole = (weight / steps.unsqueeze(1)).round().to(torch.int8)
        self.packed = torch.ops.onednn.qlinear_prepack(whole, None)
        self.steps, self.zeros = steps, torch.zeros(len(weight), dtype=torch.long)
        self.bias, self.scale, self.zero = bias.detach().clone(), scale, zero

    def forward(self, inputs: Tensor) -> Tensor:
        """Bytes (... x I) to floats (... x O)."""
        return self._product(inputs, torch.float32, 1.0, 0)

    def gelu(self, inputs: Tensor, scale: float, zero: int) -> Tensor:
        """Bytes (... x I) to the bytes of their GELU (... x O), cut off at both ends."""
        return self._product(inputs, torch.uint8, scale, zero, after="gelu")

    def _product(
        self, inputs: Tensor, kind: torch.dtype, scale: float, zero: int, *, after: str = "none"
    ) -> Tensor:
        result: Tensor = torch.ops.onednn.qlinear_pointwise(
            inputs.flatten(0, -2), self.scale, self.zero, self.packed, self.steps, self.zeros,
            self.bias, scale, zero, kind, after, [], "none",
        )  # fmt: skip
        return result.view(*inputs.shape[:-1], -1)


class SmoothLinear(ByteLinear):
    """A product that quantises its own input and gives floats of that kind; `most` is the largest
    value of each channel."""

    def __init__(
        self, weight: Tensor, bias: Tensor, most: Tensor, kind: torch.dtype = torch.float32
    ) -> None:
        moved = most.clamp_min(1e-5) ** SHARE / weight.abs().amax(0).clamp_min(1e-5) ** (1 - SHARE)
        moved /= moved.mean()
        scale = float((most / moved).max()) / LEVELS
        super().__init__(weight * moved, bias, scale)
        self.factor, self.kind = 1 / (moved * scale), kind

    def bytes_of(self, inputs: Tensor) -> Tensor:
        whole = (inputs * self.factor).clamp_(-LEVELS, LEVELS).round_().to(torch.int8)
        return whole.view(torch.uint8).bitwise_xor_(ZERO)

    def forward(self, inputs: Tensor) -> Tensor:
        """Floats to floats."""
        return self._product(self.bytes_of(inputs), self.kind, 1.0, 0)


class FeedForward(nn.Module):
    """Both products of a layer's feed-forward part, with bytes between them."""

    def __init__(self, first: nn.Linear, second: nn.Linear, most: dict[str, Tensor]) -> None:
        super().__init__()
        inner, bias, outer, top = _split(first, second, most["neurons"])
        self.step = (float(top.max()) + DIP) / 255
        self.zero = round(DIP / self.step)
        self.first = SmoothLinear(inner, bias, most["attended"])
        self.second = ByteLinear(outer, second.bias, self.step, self.zero)

    def forward(self, inputs: Tensor) -> Tensor:
        neurons = self.first.gelu(self.first.bytes_of(inputs), self.step, self.zero)
        result: Tensor = self.second(neurons)
        return result


def _split(
    first: nn.Linear, second: nn.Linear, most: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Weights and biases of neurons of which none needs to say more than SATURATION, and the
    largest value of each: a neuron that says more gets copies that begin where it ends."""
    copies = [
        (neuron, copy * SATURATION)
        for neuron, value in enumerate(most.tolist())
        for copy in range(1, -int(-value // SATURATION))
    ]
    neurons = torch.tensor([neuron for neuron, _ in copies], dtype=torch.long)
    starts = torch.tensor([start for _, start in copies])
    width, unused = first.in_features, -len(copies) % PADDED
    inner = [first.weight, first.weight[neurons], torch.zeros(unused, width)]
    bias = [first.bias, first.bias[neurons] - starts, torch.zeros(unused)]
    outer = [second.weight, second.weight[:, neurons], torch.zeros(second.out_features, unused)]
    return torch.cat(inner), torch.cat(bias), torch.cat(outer, 1), most.clamp_max(SATURATION)


class ByteLayer(nn.Module):
    """A BERT layer in bytes; normalisation stays in floats, attention in those of that kind."""

    def __init__(
        self, layer: nn.Module, most: dict[str, Tensor], heads: int, kind: torch.dtype
    ) -> None:
        super().__init__()
        part: Any = layer
        asked = part.attention.self
        three = (asked.query, asked.key, asked.value)
        self.heads = heads
        self.asks = SmoothLinear(
            torch.cat([p.weight for p in three]), torch.cat([p.bias for p in three]),
            most["hidden"], kind,
        )  # fmt: skip
        joined = part.attention.output.dense
        self.joins = SmoothLinear(joined.weight, joined.bias, most["context"])
        self.feeds = FeedForward(part.intermediate.dense, part.output.dense, most)
        self.norms = nn.ModuleList([part.attention.output.LayerNorm, part.output.LayerNorm])

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        windows, tokens, _ = hidden.shape
        asked = self.asks(hidden).view(windows, tokens, 3, self.heads, -1)
        query, key, value = asked.permute(2, 0, 3, 1, 4).unbind(0)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        joined = self.joins(seen.transpose(1, 2).flatten(2))
        hidden = self.norms[0](joined.add_(hidden))
        result: Tensor = self.norms[1](self.feeds(hidden).add_(hidden))
        return result


class ByteEncoder(nn.Module):
    """A BERT encoder in bytes, for reading only; attention and result are floats of that kind."""

    def __init__(
        self, encoder: BertModel, ranges: Ranges, kind: torch.dtype = torch.float32
    ) -> None:
        super().__init__()
        heads = encoder.config.num_attention_heads
        self.kind = kind
        self.embeddings = encoder.embeddings
        self.layers = nn.ModuleList(
            ByteLayer(layer, ranges.layer(number), heads, kind)
            for number, layer in enumerate(encoder.encoder.layer)
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> BaseModelOutput:
        hidden = self.embeddings(input_ids)
        mask = ((1 - attention_mask) * MASKED)[:, None, None, :].to(self.kind)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return BaseModelOutput(last_hidden_state=hidden.to(self.kind))
