"""The fine-tuned model at work: passages in, predictions out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Encoding
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from catnlp.errors import ModelError
from catnlp.tag.agreement import agreed
from catnlp.tag.clauses import clause_tokens, two_ways
from catnlp.tag.int8 import ByteEncoder, eight_bit, read_ranges
from catnlp.tag.names import is_in_name
from catnlp.tag.network import Batch, CategoryTagger, Found
from catnlp.tag.prediction import Prediction, highest
from catnlp.tag.rules import correct_actor
from catnlp.tag.triggers import as_quoted, trigger_spans
from catnlp.tag.windows import (
    Passage,
    Window,
    collate,
    load_tokenizer,
    windows,
    with_parts,
)
from catnlp.taxonomy import FLAG_STATUSES, Taxonomy, taxonomy


def reduced_precision() -> bool:
    """Whether this processor multiplies tiles of bfloat16 (AMX); elsewhere 32 bits are faster, also
    where it knows the numbers (AVX512-BF16: 65 sentences a second on a core against 98)."""
    return bool(torch.cpu._is_amx_tile_supported())


BATCH_TOKENS = 1024  # padded tokens of a batch: keeps the activations in the cache
AS_TRAINED: dict[str, Any] = {
    "attention_probs_dropout_prob": 0.0,
    "hidden_dropout_prob": 0.0,  # hidden tokens are what keeps it from learning by heart
    "attn_implementation": "eager",  # the teacher's network knows no other
}
FASTER = "eager" if reduced_precision() else "sdpa"  # attention of our own encoder
RANGES = "ranges.safetensors"  # in a model folder
POOL = 4096  # windows sorted by length at a time


class Tagger:
    """The network with its tokenizer, labels, calibration and threshold."""

    def __init__(self, folder: Path, *, device: str = "cpu") -> None:
        self.device = _checked_device(device)
        self.config = _read_config(folder)
        self.taxonomy = _checked_taxonomy(self.config, folder)
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        network = _loaded(folder, self.config, self.taxonomy)
        if self.device.type == "cpu":
            network = quickest(network, folder)
        self.network = network.to(self.device).eval()
        self.threshold = float(self.config["threshold"])

    @property
    def version(self) -> str:
        return f"{self.config['name']} {self.config['version']}"

    @property
    def precision(self) -> str:
        """Of the numbers that the encoder computes with: int8, bfloat16 or float32."""
        if isinstance(self.network.encoder, ByteEncoder):
            return "int8"
        return str(next(self.network.parameters()).dtype).removeprefix("torch.")

    def predict(self, passages: Iterable[Passage]) -> Iterator[list[list[Prediction]]]:
        """For each passage, the predictions of each of its sentences (none outside its range)."""
        stream = iter(passages)
        while pool := list(islice(stream, POOL)):
            yield from self._predict_pool(pool)

    def _predict_pool(self, pool: Sequence[Passage]) -> Iterator[list[list[Prediction]]]:
        results: list[list[list[Prediction]]] = [[[] for _ in p.sentences] for p in pool]
        placed = [(n, w) for n, p in enumerate(pool) for w in windows(p, self.tokenizer)]
        placed.sort(key=lambda pair: len(pair[1].ids))
        for batch in _batches(placed):
            for (number, sentence), found in self._predict_batch(batch, pool):
                text = pool[number].sentences[sentence]
                start, end = as_quoted(text, found.start, found.end)
                if found.status in FLAG_STATUSES and is_in_name(text, start, end):
                    continue
                found = replace(found, start=start, end=end)
                found = correct_actor(found, text, pool[number].words)
                results[number][sentence].append(found)
        for passage, sentences in zip(pool, results, strict=True):
            yield [
                [_shown(each, text) for each in agreed(found, text)]
                for found, text in zip(sentences, passage.sentences, strict=True)
            ]

    @torch.inference_mode()
    def _predict_batch(
        self, placed: Sequence[tuple[int, Window]], pool: Sequence[Passage]
    ) -> Iterator[tuple[tuple[int, int], Prediction]]:
        batch = self._collated(window for _, window in placed)
        rows = [
            (number, sentence, offset, encoding)
            for number, window in placed
            for sentence, offset, encoding in window.sentences
        ]
        found = self.network(batch)
        likely = self.calibrate(found.presence.float()) >= self.threshold
        mentions: list[tuple[int, int]] = [
            (row, category) for row, category in likely.nonzero().tolist()
        ]
        texts = {row: pool[rows[row][0]].sentences[rows[row][1]] for row, _ in mentions}
        parts = [
            (row, tokens)
            for row, text in texts.items()
            for tokens in clause_tokens(text, rows[row][3], rows[row][2])
        ]
        clauses_of: dict[int, list[int]] = defaultdict(list)
        for number, (row, _) in enumerate(parts, len(rows)):
            clauses_of[row].append(number)
        asked = mentions + [(n, category) for row, category in mentions for n in clauses_of[row]]
        if parts:
            batch = with_parts(batch, parts)
            found = self.network.again(found, batch)
            rows += [rows[row] for row, _ in parts]
        said = self._readings(batch, found, asked, [place[2:] for place in rows])
        for row, category in mentions:
            readings = [said[number, category] for number in clauses_of[row]]
            several = two_ways(readings, texts[row], self.threshold)
            for prediction in several or (said[row, category],):
                yield rows[row][:2], prediction

    def _readings(
        self,
        batch: Batch,
        found: Found,
        asked: Sequence[tuple[int, int]],
        places: Sequence[tuple[int, Encoding]],
    ) -> dict[tuple[int, int], Prediction]:
        """What is said of each row and category; `places`: offset and encoding of each row."""
        if not asked:
            return {}
        chosen, categories = torch.tensor(asked, device=self.device).T
        details = self.network.details(found, batch, chosen, categories)
        scores = self.calibrate(found.presence.float())[chosen, categories].tolist()
        statuses = self.chances("status", details.status).tolist()
        actors = self.chances("actor", details.actor).tolist()
        said = {}
        for n, (row, category) in enumerate(asked):
            sure, quoted = trigger_spans(details.trigger[n], *places[row])
            status, agent = highest(statuses[n]), highest(actors[n])
            said[row, category] = Prediction(
                self.taxonomy.category_ids[category],
                self.taxonomy.statuses[status],
                self.taxonomy.actors[agent],
                round(scores[n], 4),
                *sure,
                status_score=round(statuses[n][status], 4),
                actor_score=round(actors[n][agent], 4),
                quoted=quoted,
            )
        return said

    def chances(self, attribute: str, logits: Tensor) -> Tensor:
        """Probabilities of "status" or "actor", by the temperature kept in the config (1 where
        an older model has none; Guo et al. 2017, "On calibration of modern neural networks")."""
        temperature = float(self.config.get("temperatures", {}).get(attribute, 1.0))
        return (logits.float() / temperature).softmax(-1)

    @torch.inference_mode()
    def attributes(self, passage: Passage, categories: Sequence[int]) -> tuple[Tensor, Tensor]:
        """Status and actor logits (M x 5 each) of mentions of these categories (indices) in the
        first sentence tagged of a passage, whether or not they are found there."""
        batch = self._collated(windows(passage, self.tokenizer))
        chosen = torch.tensor(categories, dtype=torch.long, device=self.device)
        rows = torch.zeros_like(chosen)
        details = self.network.details(self.network(batch), batch, rows, chosen)
        return details.status.float(), details.actor.float()

    def _collated(self, found: Iterable[Window]) -> Batch:
        return collate(list(found)).to(self.device)

    def presence(self, passage: Passage) -> Tensor:
        """Uncalibrated presence logits of the sentences tagged in a passage (S x C)."""
        batch = self._collated(windows(passage, self.tokenizer))
        presence: Tensor = self.network(batch).presence
        return presence.float()

    def calibrate(self, logits: Tensor) -> Tensor:
        """Probabilities by Platt scaling with the slope and intercept kept in the config."""
        slope, intercept = self.config["calibration"]
        return torch.sigmoid(logits * slope + intercept)


def _shown(found: Prediction, text: str) -> Prediction:
    """The prediction with the words to quote, which no rule looks at."""
    start, end = as_quoted(text, *found.quoted)
    return replace(found, start=start, end=end)


def quickest(network: CategoryTagger, folder: Path) -> CategoryTagger:
    """The network in the numbers that this processor reads fastest: bytes in the encoder (where
    the folder says how large activations are), bfloat16, or 32-bit floats as it is."""
    if (folder / RANGES).exists() and eight_bit():
        return in_bytes(network, folder)
    return network.bfloat16() if reduced_precision() else network


@torch.no_grad()
def in_bytes(network: CategoryTagger, folder: Path) -> CategoryTagger:
    """The network with its encoder in bytes, by the ranges kept in the folder; attention and heads
    in bfloat16 where the processor has tiles for them, else as they are."""
    kind = torch.bfloat16 if reduced_precision() else torch.float32
    encoder = ByteEncoder(network.encoder, read_ranges(folder / RANGES), kind)  # type: ignore[arg-type]
    network.encoder = nn.Identity()
    network.to(kind).encoder = encoder
    return network


def _batches(placed: Sequence[tuple[int, Window]]) -> Iterator[list[tuple[int, Window]]]:
    batch: list[tuple[int, Window]] = []
    for pair in placed:  # sorted: the last is the longest
        if batch and len(pair[1].ids) * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.exists():
        raise ModelError(f"no model in {folder}: config.json is missing; see `catnlp doctor`")
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name, digest in config["files"].items():
        file = folder / name
        if not file.exists():
            raise ModelError(f"{file} is missing; copy the whole folder again")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ModelError(
                f"{file} is damaged: its sha256 is not the one in config.json; copy it again"
            )
    return config


def _checked_taxonomy(config: dict[str, Any], folder: Path) -> Taxonomy:
    loaded = taxonomy()
    mine = [list(loaded.category_ids), list(loaded.statuses), list(loaded.actors)]
    theirs = [config["categories"], config["statuses"], config["actors"]]
    if mine != theirs:
        raise ModelError(
            f"the model in {folder} was trained for another taxonomy than version "
            f"{loaded.version}; install the model that came with this version"
        )
    return loaded


def _checked_device(name: str) -> torch.device:
    if name.startswith("cuda") and not torch.cuda.is_available():
        raise ModelError(
            "torch sees no GPU here; install a torch built for CUDA on a machine with one, "
            "or run without --num-gpus"
        )
    return torch.device(name)


def read_network(folder: Path) -> CategoryTagger:
    """The network of a model folder in 32-bit floats, checked against its config."""
    config = _read_config(folder)
    return _loaded(folder, config, _checked_taxonomy(config, folder))


def _loaded(folder: Path, config: dict[str, Any], labels: Taxonomy) -> CategoryTagger:
    sizes = len(labels.category_ids), len(labels.statuses), len(labels.actors)
    settings = BertConfig(**config["encoder"], **{**AS_TRAINED, "attn_implementation": FASTER})
    encoder = BertModel(settings, add_pooling_layer=False)
    network = CategoryTagger(encoder, settings.hidden_size, *sizes)
    weights = load_file(folder / "model.safetensors")
    network.load_state_dict({name: value.float() for name, value in weights.items()})
    return network
