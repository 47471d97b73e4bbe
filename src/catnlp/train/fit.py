"""Training: corpora and a base encoder -> weights. Fixed seeds; resumes after a stop."""

import logging
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertModel

from catnlp.tag.network import CategoryTagger
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated
from catnlp.train.encoders import read_encoder
from catnlp.train.examples import batches
from catnlp.train.learner import Learner
from catnlp.train.recipe import Recipe

log = logging.getLogger(__name__)

REPORT = 100  # steps between two lines of the log


def build(base: Path, taxonomy: Taxonomy, recipe: Recipe) -> CategoryTagger:
    """A network with the base encoder's weights and fresh heads."""
    torch.manual_seed(recipe.seed)
    encoder = read_encoder(BertModel, base)
    sizes = len(taxonomy.category_ids), len(taxonomy.statuses), len(taxonomy.actors)
    return CategoryTagger(encoder, encoder.config.hidden_size, *sizes)


def fit(
    corpus: Sequence[Annotated],
    tokenizer: Tokenizer,
    network: CategoryTagger,
    taxonomy: Taxonomy,
    recipe: Recipe,
    checkpoint: Path | None = None,
) -> CategoryTagger:
    """The averaged weights after `recipe.epochs`; picks up at the last whole epoch kept."""
    steps = recipe.epochs * len(batches(corpus, tokenizer, taxonomy, recipe, 0))
    learner = Learner(network, recipe, steps)
    first = learner.load(checkpoint) if checkpoint and checkpoint.exists() else 0
    if first == 0 and 0 in recipe.kept:
        learner.keep()
    for epoch in range(first, recipe.epochs):
        torch.manual_seed(recipe.seed * 1000 + epoch)
        started, total, count = time.monotonic(), 0.0, 0
        for batch in batches(corpus, tokenizer, taxonomy, recipe, epoch):
            total, count = total + learner.step(batch), count + 1
            if count % REPORT == 0:
                log.info("step %d: loss %.4f, %.0f s", count, total / count,
                         time.monotonic() - started)  # fmt: skip
        log.info("epoch %d of %d: loss %.4f, %.0f s", epoch + 1, recipe.epochs, total / count,
                 time.monotonic() - started)  # fmt: skip
        if epoch + 1 in (*recipe.kept, recipe.epochs):
            learner.keep()
        if checkpoint:
            learner.save(checkpoint, epoch + 1)
    return learner.result()
