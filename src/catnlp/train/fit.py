"""Training: corpora and a base encoder -> weights. Fixed seeds; resumes after a stop."""

import copy
import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor
from torch.nn import functional
from transformers import BertModel

from catnlp.tag.network import CategoryTagger
from catnlp.tag.tagger import AS_TRAINED, reduced_precision
from catnlp.tag.windows import LONGEST, Passage, Window, collate, token_id, windows
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated

log = logging.getLogger(__name__)

PACKED = 10  # labelled sentences, about as many as a window holds
REPORT = 100  # steps between two lines of the log
BODY_TOKENS = 320  # longer windows than in use: what stands around is read less often


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, beside the corpora; all of it goes into the model card."""

    epochs: int = 4
    batch: int = 16
    rate: float = 9e-5
    head_rate: float = 5e-4
    warmup: float = 0.1
    seed: int = 20
    drop_header: float = 0.15  # share of sentences read without title and headings
    drop_context: float = 0.1  # ... without the sentences around
    mask: float = 0.1  # share of tokens that are hidden
    pack: float = 0.7  # share of sentences read in a window with others, as in a document
    trigger_weight: float = 0.15
    status_weight: float = 1.0
    actor_weight: float = 0.7
    attention_weight: float = 0.15
    average: float = 0.998  # decay of the averaged weights that are kept


def weak_recipe(recipe: Recipe) -> Recipe:
    """One pass that teaches the encoder and the categories, and nothing else."""
    return replace(
        recipe, epochs=1, rate=7e-5, average=0.99, drop_header=0.0, drop_context=0.0, pack=0.0,
        trigger_weight=0.0, status_weight=0.0, actor_weight=0.0, attention_weight=0.0,
    )  # fmt: skip


def teacher_recipe(recipe: Recipe) -> Recipe:
    """Two passes: a larger encoder learns faster, and is slower to read."""
    return replace(
        recipe, epochs=2, rate=5e-5, head_rate=7e-4, average=0.99, warmup=0.08, drop_context=0.3
    )  # fmt: skip


def last_recipe(recipe: Recipe) -> Recipe:
    """A short stage at lower rates, on the sentences most like what will be read."""
    return replace(
        recipe, epochs=3, rate=4e-5, head_rate=2e-4, average=0.99, warmup=0.05
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A label as numbers: its category, the chances of each status and actor, its tokens."""

    category: int
    status: tuple[float, ...]
    actor: tuple[float, ...]
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Example:
    """A window, with what is learned of each sentence in it: labels, and a chance a category."""

    window: Window
    labels: tuple[tuple[Target, ...], ...]
    chances: tuple[tuple[float, ...], ...]


def passage(sentence: Annotated) -> Passage:
    """The sentence between its neighbours."""
    return _together([[sentence]], bare=False, alone=False)[0]


def runs(corpus: Sequence[Annotated]) -> list[list[Annotated]]:
    """The sentences, those that follow one another in a document as one run."""
    waiting = {(s.document, s.text): s for s in corpus}
    follows = {id(s): _follower(s, waiting) for s in corpus}
    started = {id(other) for other in follows.values() if other}
    result, placed = [], set()
    for first in [s for s in corpus if id(s) not in started] + list(corpus):
        run: list[Annotated] = []
        sentence: Annotated | None = first
        while sentence and id(sentence) not in placed:
            placed.add(id(sentence))
            run.append(sentence)
            sentence = follows[id(sentence)]
        if run:
            result.append(run)
    return result


def _follower(sentence: Annotated, known: dict[tuple[str, str], Annotated]) -> Annotated | None:
    other = known.get((sentence.document, sentence.next)) if sentence.next else None
    if other is None or other is sentence or other.section != sentence.section:
        return None
    return other if other.prev in ("", sentence.text) else None


def _together(
    group: Sequence[Sequence[Annotated]], *, bare: bool, alone: bool
) -> tuple[Passage, dict[int, Annotated]]:
    """One passage of all runs and their neighbours, and where the sentences stand in it."""
    texts: list[str] = []
    places: dict[int, Annotated] = {}
    for run in group:
        if run[0].prev and not alone:
            texts.append(run[0].prev)
        for sentence in run:
            places[len(texts)] = sentence
            texts.append(sentence.text)
        if run[-1].next and not alone:
            texts.append(run[-1].next)
    first = group[0][0]
    title, section = ("", ()) if bare else (first.title, first.section)
    return Passage(title, section, tuple(texts), min(places), max(places) + 1), places


def examples(
    group: Sequence[Sequence[Annotated]],
    tokenizer: Tokenizer,
    taxonomy: Taxonomy,
    **context: bool,
) -> Iterator[Example]:
    """The runs of a group as windows; those too long to stand together get several."""
    whole, places = _together(group, **context)
    for window in windows(whole, tokenizer, BODY_TOKENS):
        kept = tuple(s for s in window.sentences if s[0] in places)
        if kept:
            labels = tuple(
                tuple(_targets(places[number], taxonomy, offset, encoding))
                for number, offset, encoding in kept
            )
            chances = tuple(
                places[number].chances or _present(found, taxonomy)
                for (number, _, _), found in zip(kept, labels, strict=True)
            )
            yield Example(replace(window, sentences=kept), labels, chances)


def _present(found: Sequence[Target], taxonomy: Taxonomy) -> tuple[float, ...]:
    there = {target.category for target in found}
    return tuple(float(number in there) for number in range(len(taxonomy.category_ids)))


def _targets(
    sentence: Annotated, taxonomy: Taxonomy, offset: int, encoding: Encoding
) -> Iterator[Target]:
    for label in sentence.labels:
        tokens = [
            number
            for number, (start, end) in enumerate(encoding.offsets[:LONGEST])
            if start < label.end and end > label.start
        ] or [0]
        yield Target(
            taxonomy.category_ids.index(label.category),
            label.status_chances or tuple(float(s == label.status) for s in taxonomy.statuses),
            label.actor_chances or tuple(float(a == label.actor) for a in taxonomy.actors),
            offset + tokens[0],
            offset + tokens[-1] + 1,
        )


def masked(item: Example, mask_id: int, share: float, chance: random.Random) -> Example:
    """The example with some tokens hidden, never those of a trigger."""
    targets = [target for sentence in item.labels for target in sentence]
    kept = {n for target in targets for n in range(target.first, target.stop)} | {0}
    ids = tuple(
        mask_id if n not in kept and chance.random() < share else token
        for n, token in enumerate(item.window.ids)
    )
    return replace(item, window=replace(item.window, ids=ids))


def groups(
    corpus: Sequence[Annotated], share: float, chance: random.Random
) -> list[list[list[Annotated]]]:
    """All runs, alone or (a share of them) with others of the same kind of text under the same
    kind of heading, as they will stand in a document."""
    result: list[list[list[Annotated]]] = []
    alike: dict[tuple[str, str], list[list[Annotated]]] = defaultdict(list)
    for run in runs(corpus):
        if chance.random() < share and len(run) < PACKED:
            heading = run[0].section[-1] if run[0].section else ""
            alike[run[0].source, heading].append(run)
        else:
            result.append([run])
    left: dict[str, list[list[Annotated]]] = defaultdict(list)
    for (source, _), found in alike.items():
        if len(found) == 1:
            left[source] += found
        else:
            result += _packs(found, chance)
    for found in left.values():
        result += _packs(found, chance)
    return result


def _packs(found: list[list[Annotated]], chance: random.Random) -> Iterator[list[list[Annotated]]]:
    chance.shuffle(found)
    pack: list[list[Annotated]] = []
    size = chance.randint(2, PACKED)
    for run in found:
        pack.append(run)
        if sum(map(len, pack)) >= size:
            yield pack
            pack, size = [], chance.randint(2, PACKED)
    if pack:
        yield pack


def batches(
    corpus: Sequence[Annotated],
    tokenizer: Tokenizer,
    taxonomy: Taxonomy,
    recipe: Recipe,
    epoch: int,
) -> list[list[Example]]:
    """One epoch, shuffled, in batches of windows of like length."""
    chance = random.Random(recipe.seed * 1000 + epoch)
    mask_id = token_id(tokenizer, "[MASK]")
    made = []
    for group in groups(corpus, recipe.pack, chance):
        bare = chance.random() < recipe.drop_header
        alone = chance.random() < recipe.drop_context
        for plain in examples(group, tokenizer, taxonomy, bare=bare, alone=alone):
            made.append(masked(plain, mask_id, recipe.mask, chance))
    chance.shuffle(made)
    pool = recipe.batch * 16
    result = []
    for start in range(0, len(made), pool):
        part = sorted(made[start : start + pool], key=lambda e: len(e.window.ids))
        result += [part[i : i + recipe.batch] for i in range(0, len(part), recipe.batch)]
    chance.shuffle(result)
    return result


def loss(network: CategoryTagger, examples: Sequence[Example], recipe: Recipe) -> Tensor:
    """The weighted sum of the losses of presence, triggers, statuses and actors."""
    batch = collate([e.window for e in examples])
    found = network(batch)
    present = torch.tensor([chances for e in examples for chances in e.chances])
    total = functional.binary_cross_entropy_with_logits(
        found.presence.float(), present, reduction="sum"
    ) / len(present)
    sentences = [labels for e in examples for labels in e.labels]
    rows = [(number, target) for number, labels in enumerate(sentences) for target in labels]
    if not rows:
        return total
    sentence = torch.tensor([number for number, _ in rows])
    category = torch.tensor([target.category for _, target in rows])
    status = torch.tensor([target.status for _, target in rows])
    actor = torch.tensor([target.actor for _, target in rows])
    details = network.details(found, batch, sentence, category)
    gold = torch.zeros(len(rows), batch.input_ids.shape[1])
    same = (sentence.unsqueeze(1) == sentence) & (category.unsqueeze(1) == category)
    for number, other in same.nonzero().tolist():  # mentions of one category share their triggers
        target = rows[other][1]
        gold[number, target.first : target.stop] = 1.0
    inside = batch.sentence_mask[sentence].float()
    mentions = (
        recipe.status_weight * functional.cross_entropy(details.status.float(), status)
        + recipe.actor_weight * functional.cross_entropy(details.actor.float(), actor)
        + recipe.trigger_weight * _trigger_loss(details.trigger, gold, inside)
        + recipe.attention_weight * _attention_loss(found.attention[sentence, category], gold)
    )
    return total + mentions * len(rows) / len(present)


def _trigger_loss(logits: Tensor, gold: Tensor, inside: Tensor) -> Tensor:
    """Of each token of the sentence, whether it belongs to the trigger."""
    each = functional.binary_cross_entropy_with_logits(logits, gold, reduction="none")
    return (each * inside).sum() / len(gold)


def _attention_loss(attention: Tensor, gold: Tensor) -> Tensor:
    """How far the attention looks away from the trigger: -log of its mass on the trigger."""
    return -((attention.float() * gold).sum(-1) + 1e-4).log().mean()


def build(base: Path, taxonomy: Taxonomy, recipe: Recipe) -> CategoryTagger:
    """A network with the base encoder's weights and fresh heads."""
    torch.manual_seed(recipe.seed)
    encoder = BertModel.from_pretrained(base, add_pooling_layer=False, **AS_TRAINED)
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
        if checkpoint:
            learner.save(checkpoint, epoch + 1)
    return learner.result()


class Learner:
    """A network in training: weights in 32 bits, gradients where the processor is fastest."""

    def __init__(self, network: CategoryTagger, recipe: Recipe, steps: int) -> None:
        self.network, self.recipe = network, recipe
        self.worker = copy.deepcopy(network).bfloat16() if reduced_precision() else network
        self.worker.train()
        self.average = [p.detach().clone() for p in network.parameters()]
        self.optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: _rate(step, steps, recipe.warmup)
        )

    def step(self, batch: Sequence[Example]) -> float:
        """One step of the optimizer; the loss before it."""
        value = loss(self.worker, batch, self.recipe)
        value.backward()  # type: ignore[no-untyped-call]
        weights: list[Tensor] = list(self.network.parameters())
        copies: list[Tensor] = list(self.worker.parameters())
        if self.worker is not self.network:
            for weight, twin in zip(weights, copies, strict=True):
                weight.grad, twin.grad = (None if twin.grad is None else twin.grad.float()), None
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        done = self.schedule.last_epoch
        decay = min(self.recipe.average, (1 + done) / (10 + done))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, weights, 1 - decay)
            if self.worker is not self.network:
                torch._foreach_copy_(copies, weights)
        return value.item()

    def save(self, checkpoint: Path, epoch: int) -> None:
        """Keeps all that the next epoch needs, in one move of a file."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "average": self.average,
            "epoch": epoch,
        }
        part = checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(checkpoint)

    def load(self, checkpoint: Path) -> int:
        """Goes on from there; the number of whole epochs behind it."""
        state = torch.load(checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        if self.worker is not self.network:
            self.worker.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.average = state["average"]
        return int(state["epoch"])

    def result(self) -> CategoryTagger:
        """The network with the averaged weights."""
        with torch.no_grad():
            for weight, mean in zip(self.network.parameters(), self.average, strict=True):
                weight.copy_(mean)
        return self.network.eval()


def _groups(network: CategoryTagger, recipe: Recipe) -> list[dict[str, object]]:
    encoder = list(network.encoder.parameters())
    ids = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if id(p) not in ids]
    return [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]


def _rate(step: int, steps: int, warmup: float) -> float:
    rise = max(1, int(steps * warmup))
    return (step + 1) / rise if step < rise else max(0.02, (steps - step) / (steps - rise))
