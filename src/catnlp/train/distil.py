"""What networks say of sentences, as labels with chances that a student learns from.

Hinton et al. 2015, "Distilling the knowledge in a neural network"; the student learns the chances
themselves (temperature 1), of every category of every sentence. Several networks speak by the
mean of their logits, and beside a reader, where there is one, by a share.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import torch
from tokenizers import Tokenizer
from torch import Tensor

from catnlp.tag.network import CategoryTagger, Details
from catnlp.tag.prediction import highest
from catnlp.tag.triggers import trigger_spans
from catnlp.tag.windows import collate
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated, Label
from catnlp.train.examples import Example, examples, runs
from catnlp.train.unlabelled import UNREAD

LIKELY = 0.35  # from which a category gets a label, with trigger, status and actor
READER = 0.5  # what a reader counts beside the networks
BATCH_TOKENS = 4096


@torch.inference_mode()
def taught(
    networks: Sequence[CategoryTagger],
    corpus: Sequence[Annotated],
    tokenizer: Tokenizer,
    taxonomy: Taxonomy,
) -> Iterator[Annotated]:
    """The sentences with the networks' labels and chances, in no fixed order; those that a reader
    labelled keep their mentions, with chances between the reader's and the networks'."""
    read = [
        (example, sentences)
        for run in runs(corpus)
        for example, sentences in _placed(run, tokenizer, taxonomy)
    ]
    read.sort(key=lambda pair: len(pair[0].window.ids))
    while read:  # the longest first: what is too long for the memory shows at once
        count = max(1, BATCH_TOKENS // len(read[-1][0].window.ids))
        yield from _labelled(networks, read[-count:], taxonomy)
        del read[-count:]


Placed = tuple[Example, list[Annotated]]


def _placed(run: Sequence[Annotated], tokenizer: Tokenizer, taxonomy: Taxonomy) -> Iterator[Placed]:
    """The windows of a run, each with the sentences that are read in it."""
    rest = list(run)
    for example in examples([run], tokenizer, taxonomy, bare=False, alone=False):
        count = len(example.window.sentences)
        yield example, rest[:count]
        rest = rest[count:]


def _labelled(
    networks: Sequence[CategoryTagger], part: Sequence[Placed], taxonomy: Taxonomy
) -> Iterator[Annotated]:
    batch = collate([example.window for example, _ in part])
    sentences = [s for _, several in part for s in several]
    places = [place for example, _ in part for place in example.window.sentences]
    found = [network(batch) for network in networks]
    chances = _mean([each.presence for each in found]).sigmoid()
    mentions: list[tuple[int, int, Label | None]] = []  # sentence, category, what the reader says
    for row, sentence in enumerate(sentences):
        if sentence.source == UNREAD:
            likely = (chances[row] >= LIKELY).nonzero().flatten().tolist()
            mentions += [(row, category, None) for category in likely]
        else:
            mentions += [(row, taxonomy.category_ids.index(x.category), x) for x in sentence.labels]
    labels: list[list[Label]] = [[] for _ in sentences]
    if mentions:
        rows = torch.tensor([row for row, _, _ in mentions])
        categories = torch.tensor([category for _, category, _ in mentions])
        details = [
            network.details(each, batch, rows, categories)
            for network, each in zip(networks, found, strict=True)
        ]
        statuses = _spread(details, lambda x: x.status)
        actors = _spread(details, lambda x: x.actor)
        for n, (row, category, label) in enumerate(mentions):
            if label is None:
                _, offset, encoding = places[row]
                _, span = trigger_spans(details[-1].trigger[n], offset, encoding)
                label = _named(
                    category, sentences[row].text, span, statuses[n], actors[n], taxonomy
                )
            else:
                label = _between(label, statuses[n], actors[n], sentences[row], taxonomy)
            labels[row].append(label)
    for sentence, mine, chance in zip(sentences, labels, chances.tolist(), strict=True):
        if sentence.source != UNREAD:
            there = {label.category for label in mine}
            chance = _mixed([float(x in there) for x in taxonomy.category_ids], chance)
        yield replace(sentence, labels=tuple(mine), chances=_rounded(chance))


def _named(
    category: int,
    text: str,
    span: tuple[int, int],
    status: Sequence[float],
    actor: Sequence[float],
    taxonomy: Taxonomy,
) -> Label:
    """The networks' own label; the words are those of the last of them."""
    return Label(
        taxonomy.category_ids[category],
        text[slice(*span)],
        *span,
        taxonomy.statuses[highest(status)],
        taxonomy.actors[highest(actor)],
        status_chances=_rounded(status),
        actor_chances=_rounded(actor),
        read=False,
    )


def _between(
    label: Label,
    status: Sequence[float],
    actor: Sequence[float],
    sentence: Annotated,
    taxonomy: Taxonomy,
) -> Label:
    """The reader's label with chances; of a category told of twice the status is the reader's,
    since networks give one a category."""
    statuses = [float(x == label.status) for x in taxonomy.statuses]
    actors = [float(x == label.actor) for x in taxonomy.actors]
    once = sum(x.category == label.category for x in sentence.labels) == 1
    return replace(
        label,
        status_chances=_rounded(_mixed(statuses, status) if once else statuses),
        actor_chances=_rounded(_mixed(actors, actor)),
    )


def _mean(logits: Sequence[Tensor]) -> Tensor:
    return torch.stack([each.float() for each in logits]).mean(0)


def _spread(details: Sequence[Details], of: Callable[[Details], Tensor]) -> list[list[float]]:
    chances: list[list[float]] = _mean([of(each) for each in details]).softmax(-1).tolist()
    return chances


def _mixed(reader: Sequence[float], networks: Sequence[float]) -> list[float]:
    return [READER * a + (1 - READER) * b for a, b in zip(reader, networks, strict=True)]


def _rounded(chances: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(x, 4) for x in chances)
