"""Passages -> windows of tokens: each sentence is read once, with what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer

from catnlp.errors import ModelError
from catnlp.tag.network import Batch

HEADER_TOKENS = 28  # document title and innermost headings
BEFORE_TOKENS = 48  # of the sentence before the first of a window
AFTER_TOKENS = 32  # of the sentence after the last
BODY_TOKENS = 224  # sentences that are read for mentions
PAD = 16  # windows are padded to a multiple: few shapes, so that kernels are reused
LONGEST = 200  # tokens of one sentence; what comes after is not read


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences under one heading; only `first` to `last` (excluded) are tagged."""

    title: str
    section: tuple[str, ...]
    sentences: tuple[str, ...]
    first: int = 0
    last: int | None = None

    @property
    def stop(self) -> int:
        return len(self.sentences) if self.last is None else self.last

    @property
    def words(self) -> str:
        """All that is read: title, headings and sentences."""
        return " ".join((self.title, *self.section, *self.sentences))


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids, and for each sentence tagged in it: (sentence, token offset, encoding)."""

    ids: tuple[int, ...]
    sentences: tuple[tuple[int, int, Encoding], ...]


def header(title: str, section: Sequence[str]) -> str:
    """The line of context before a window: the title and the two innermost headings."""
    return " | ".join([" ".join(title.split()[:10]), *section[-2:]])


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of that file, without the padding and truncation it was saved with."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def token_id(tokenizer: Tokenizer, token: str) -> int:
    """The id of a special token; ModelError where the vocabulary has none."""
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ModelError(f"the tokenizer has no {token}; it does not belong to this model")
    return found


def windows(passage: Passage, tokenizer: Tokenizer, body: int = BODY_TOKENS) -> Iterator[Window]:
    """Windows that together hold every sentence of the passage once."""
    heading, *encoded = tokenizer.encode_batch(
        [header(passage.title, passage.section), *passage.sentences], add_special_tokens=False
    )
    separator = token_id(tokenizer, "[SEP]")
    start_ids = [token_id(tokenizer, "[CLS]"), *heading.ids[:HEADER_TOKENS], separator]
    for first, last in chunks([len(e.ids) for e in encoded], passage.first, passage.stop, body):
        ids = list(start_ids)
        if first:
            ids += encoded[first - 1].ids[-BEFORE_TOKENS:]
        placed = []
        for number in range(first, last):
            placed.append((number, len(ids), encoded[number]))
            ids += encoded[number].ids[:LONGEST]
        if last < len(encoded):
            ids += encoded[last].ids[:AFTER_TOKENS]
        yield Window((*ids, separator), tuple(placed))


def chunks(
    lengths: Sequence[int], first: int, last: int, body: int = BODY_TOKENS
) -> Iterator[tuple[int, int]]:
    """Runs of sentences of at most `body` tokens, at least one sentence each."""
    start, size = first, 0
    for number in range(first, last):
        length = min(lengths[number], LONGEST)
        if number > start and size + length > body:
            yield start, number
            start, size = number, 0
        size += length
    if start < last:
        yield start, last


def collate(batch: Sequence[Window]) -> Batch:
    """One padded batch; sentences in the order of the windows."""
    longest = -(-max(len(window.ids) for window in batch) // PAD) * PAD
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    rows = [(w, s) for w, window in enumerate(batch) for s in window.sentences]
    sentence_mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for w, window in enumerate(batch):
        ids[w, : len(window.ids)] = torch.tensor(window.ids)
        mask[w, : len(window.ids)] = 1
    for row, (_, (_, offset, encoding)) in enumerate(rows):
        sentence_mask[row, offset : offset + min(len(encoding.ids), LONGEST)] = 1
    window_of = torch.tensor([w for w, _ in rows], dtype=torch.long)
    return Batch(ids, mask, window_of, sentence_mask)


def with_parts(batch: Batch, parts: Sequence[tuple[int, range]]) -> Batch:
    """The batch with more rows behind its sentences: some tokens of a sentence each."""
    masks = batch.sentence_mask.new_zeros(len(parts), batch.sentence_mask.shape[1])
    for mask, (_, tokens) in zip(masks, parts, strict=True):
        mask[tokens.start : tokens.stop] = 1
    window = batch.window[[row for row, _ in parts]]
    return replace(
        batch,
        window=torch.cat([batch.window, window]),
        sentence_mask=torch.cat([batch.sentence_mask, masks]),
    )
