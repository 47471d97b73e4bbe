"""Weights -> the model folder that ships: config, tokenizer, safetensors, hashes."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from catnlp.tag.int8 import Ranges
from catnlp.tag.network import CategoryTagger
from catnlp.tag.tagger import RANGES, Tagger
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated
from catnlp.train.examples import passage

FLAT = (1.0, 0.0)
TEMPERATURES = [number / 20 for number in range(6, 101)]  # 0.3 to 5


def save_model(
    network: CategoryTagger,
    folder: Path,
    *,
    tokenizer: Path,
    ranges: Ranges,
    taxonomy: Taxonomy,
    name: str,
    version: str,
    calibration: tuple[float, float] = FLAT,
    threshold: float = 0.5,
    temperatures: Mapping[str, float] | None = None,
    training: dict[str, Any] | None = None,
) -> None:
    """Writes the folder; weights are kept as 16-bit floats (half of the size)."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        key: value.detach().to(torch.float16).contiguous()
        for key, value in network.state_dict().items()
        if value.is_floating_point()
    }
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    ranges.save(folder / RANGES)
    config = {
        "name": name,
        "version": version,
        "base": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "encoder": _encoder_config(network),
        "categories": list(taxonomy.category_ids),
        "statuses": list(taxonomy.statuses),
        "actors": list(taxonomy.actors),
        "taxonomy": taxonomy.version,
        "calibration": [round(value, 4) for value in calibration],
        "threshold": threshold,
        "temperatures": dict(temperatures or {}),
        "training": training or {},
        "files": {
            file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
            for file in ("model.safetensors", "tokenizer.json", RANGES)
        },
    }
    write_config(folder, config)


def write_config(folder: Path, config: Mapping[str, Any]) -> None:
    """The config of a model folder, in the form that every change of it keeps."""
    text = json.dumps(config, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def _encoder_config(network: CategoryTagger) -> dict[str, Any]:
    settings: Any = network.encoder.config
    config = settings.to_dict()
    keys = (
        "hidden_size num_hidden_layers num_attention_heads intermediate_size hidden_act "
        "max_position_embeddings type_vocab_size vocab_size layer_norm_eps pad_token_id"
    ).split()
    return {key: config[key] for key in keys}


@torch.no_grad()
def presence_logits(tagger: Tagger, corpus: Sequence[Annotated]) -> tuple[Tensor, Tensor]:
    """Uncalibrated presence logits and gold presence (sentences x categories)."""
    ids = tagger.taxonomy.category_ids
    logits, gold = [], torch.zeros(len(corpus), len(ids))
    for row, sentence in enumerate(corpus):
        logits.append(tagger.presence(passage(sentence)))
        for label in sentence.labels:
            gold[row, ids.index(label.category)] = 1.0
    return torch.cat(logits), gold


def calibrate(logits: Tensor, gold: Tensor) -> tuple[float, float]:
    """Platt's slope and intercept, one pair for all categories (Platt 1999)."""
    scale = torch.tensor(FLAT, requires_grad=True)
    optimizer = torch.optim.LBFGS([scale], max_iter=100)

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = functional.binary_cross_entropy_with_logits(logits * scale[0] + scale[1], gold)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    slope, intercept = scale.detach().tolist()
    return slope, intercept


def attribute_logits(
    tagger: Tagger, corpus: Sequence[Annotated]
) -> dict[str, tuple[Tensor, Tensor]]:
    """Logits (M x labels) and gold labels (M) of "status" and "actor" of all gold mentions."""
    known = tagger.taxonomy
    status, actor = [], []
    labels = [label for sentence in corpus for label in sentence.labels]
    for sentence in corpus:
        if sentence.labels:
            categories = [known.category_ids.index(label.category) for label in sentence.labels]
            found = tagger.attributes(passage(sentence), categories)
            status.append(found[0])
            actor.append(found[1])
    return {
        "status": (
            torch.cat(status), torch.tensor([known.statuses.index(x.status) for x in labels])
        ),
        "actor": (torch.cat(actor), torch.tensor([known.actors.index(x.actor) for x in labels])),
    }  # fmt: skip


def fit_temperature(logits: Tensor, gold: Tensor) -> float:
    """Of TEMPERATURES the one of the least cross-entropy (Guo et al. 2017)."""
    return min(TEMPERATURES, key=lambda t: float(functional.cross_entropy(logits / t, gold)))


def best_threshold(scores: Tensor, gold: Tensor) -> float:
    """The one threshold for all categories with the highest micro F1, to two digits."""

    def f1(threshold: float) -> float:
        found = scores >= threshold
        hits = float((found & (gold > 0)).sum())
        return 2 * hits / max(1.0, float(found.sum()) + float(gold.sum()))

    return max((number / 100 for number in range(20, 71)), key=f1)
