"""A network in training: its loss, a step, a checkpoint."""

import copy
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from catnlp.tag.network import CategoryTagger
from catnlp.tag.tagger import reduced_precision
from catnlp.tag.windows import collate
from catnlp.train.examples import Example
from catnlp.train.recipe import Recipe

PART = 8  # windows whose activations are held at a time: a fifth faster than 16


class Learner:
    """A network in training: weights in 32 bits, gradients where the processor is fastest. Frozen
    weights stay as they are."""

    def __init__(self, network: CategoryTagger, recipe: Recipe, steps: int) -> None:
        self.network, self.recipe = network, recipe
        self.worker = copy.deepcopy(network).bfloat16() if reduced_precision() else network
        self.worker.train()
        self.weights, self.copies = _learning(network), _learning(self.worker)
        self.average = [weight.detach().clone() for weight in self.weights]
        self.kept: list[list[Tensor]] = []
        self.optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: _rate(step, steps, recipe.warmup)
        )

    def step(self, batch: Sequence[Example]) -> float:
        """One step of the optimizer; the loss before it."""
        value = self._backward(batch)
        if self.worker is not self.network:
            for weight, twin in zip(self.weights, self.copies, strict=True):
                weight.grad, twin.grad = (None if twin.grad is None else twin.grad.float()), None
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        done = self.schedule.last_epoch
        decay = min(self.recipe.average, (1 + done) / (10 + done))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.weights, 1 - decay)
            if self.worker is not self.network:
                torch._foreach_copy_(self.copies, self.weights)
        return value

    def _backward(self, batch: Sequence[Example]) -> float:
        """Adds up the gradients of parts of the batch, each small enough for the cache."""
        sentences, total = sum(len(example.labels) for example in batch), 0.0
        for start in range(0, len(batch), PART):
            part = batch[start : start + PART]
            share = sum(len(example.labels) for example in part) / sentences
            value = loss(self.worker, part, self.recipe) * share
            value.backward()  # type: ignore[no-untyped-call]
            total += value.item()
        return total

    def keep(self) -> None:
        """Takes the averaged weights as they are now among those that the result is the mean of
        (Wortsman et al. 2022, "Model soups")."""
        self.kept.append([weight.clone() for weight in self.average])

    def save(self, checkpoint: Path, epoch: int) -> None:
        """Keeps all that the next epoch needs, in one move of a file."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "average": self.average,
            "kept": self.kept,
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
        self.average, self.kept = state["average"], state["kept"]
        return int(state["epoch"])

    def result(self) -> CategoryTagger:
        """The network with the mean of the weights kept."""
        with torch.no_grad():
            for weight, *several in zip(self.weights, *self.kept, strict=True):
                weight.copy_(torch.stack(several).mean(0))
        return self.network.eval()


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
    mentions = recipe.status_weight * functional.cross_entropy(
        details.status.float(), status
    ) + recipe.actor_weight * functional.cross_entropy(details.actor.float(), actor)
    total = total + mentions * len(rows) / len(present)
    marked = torch.tensor([target.marked for _, target in rows])
    if not marked.any():
        return total
    gold, inside, attention = gold[marked], inside[marked], found.attention[sentence, category]
    words = recipe.trigger_weight * _trigger_loss(
        details.trigger[marked], gold, inside
    ) + recipe.attention_weight * _attention_loss(attention[marked], gold)
    return total + words * len(gold) / len(present)


def _trigger_loss(logits: Tensor, gold: Tensor, inside: Tensor) -> Tensor:
    """Of each token of the sentence, whether it belongs to the trigger."""
    each = functional.binary_cross_entropy_with_logits(logits, gold, reduction="none")
    return (each * inside).sum() / len(gold)


def _attention_loss(attention: Tensor, gold: Tensor) -> Tensor:
    """How far the attention looks away from the trigger: -log of its mass on the trigger."""
    return -((attention.float() * gold).sum(-1) + 1e-4).log().mean()


def _learning(network: nn.Module) -> list[Tensor]:
    return [weight for weight in network.parameters() if weight.requires_grad]


def _groups(network: CategoryTagger, recipe: Recipe) -> list[dict[str, object]]:
    encoder = _learning(network.encoder)
    ids = {id(p) for p in encoder}
    heads = [p for p in _learning(network) if id(p) not in ids]
    return [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]


def _rate(step: int, steps: int, warmup: float) -> float:
    rise = max(1, int(steps * warmup))
    return (step + 1) / rise if step < rise else max(0.02, (steps - step) / (steps - rise))
