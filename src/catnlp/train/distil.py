"""What a teacher says of sentences, as labels with chances that a student learns from.

Hinton et al. 2015, "Distilling the knowledge in a neural network"; the student learns the
teacher's chances themselves (temperature 1), of every category of every sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch
from tokenizers import Tokenizer

from catnlp.tag.network import CategoryTagger
from catnlp.tag.tagger import trigger_span
from catnlp.tag.windows import collate
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated, Label
from catnlp.train.examples import Example, examples, runs

LIKELY = 0.35  # from which a category gets a label, with trigger, status and actor
BATCH_TOKENS = 4096


@torch.inference_mode()
def taught(
    network: CategoryTagger, corpus: Sequence[Annotated], tokenizer: Tokenizer, taxonomy: Taxonomy
) -> Iterator[Annotated]:
    """The sentences with the network's labels and chances, in no fixed order."""
    read = [
        (example, sentences)
        for run in runs(corpus)
        for example, sentences in _placed(run, tokenizer, taxonomy)
    ]
    read.sort(key=lambda pair: len(pair[0].window.ids))
    while read:  # the longest first: what is too long for the memory shows at once
        count = max(1, BATCH_TOKENS // len(read[-1][0].window.ids))
        yield from _labelled(network, read[-count:], taxonomy)
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
    network: CategoryTagger, part: Sequence[Placed], taxonomy: Taxonomy
) -> Iterator[Annotated]:
    batch = collate([example.window for example, _ in part])
    found = network(batch)
    chances = found.presence.float().sigmoid()
    chosen, categories = (chances >= LIKELY).nonzero(as_tuple=True)
    labels: list[list[Label]] = [[] for _ in chances]
    sentences = [s for _, several in part for s in several]
    places = [place for example, _ in part for place in example.window.sentences]
    if len(chosen):
        details = network.details(found, batch, chosen, categories)
        statuses = details.status.float().softmax(-1).tolist()
        actors = details.actor.float().softmax(-1).tolist()
        for n, (row, category) in enumerate(zip(chosen.tolist(), categories.tolist(), strict=True)):
            _, offset, encoding = places[row]
            start, end = trigger_span(details.trigger[n], offset, encoding)
            labels[row].append(
                Label(
                    taxonomy.category_ids[category],
                    sentences[row].text[start:end],
                    start,
                    end,
                    taxonomy.statuses[_most(statuses[n])],
                    taxonomy.actors[_most(actors[n])],
                    status_chances=tuple(round(x, 4) for x in statuses[n]),
                    actor_chances=tuple(round(x, 4) for x in actors[n]),
                )
            )
    for sentence, mine, chance in zip(sentences, labels, chances.tolist(), strict=True):
        yield replace(sentence, labels=tuple(mine), chances=tuple(round(x, 4) for x in chance))


def _most(chances: Sequence[float]) -> int:
    return max(range(len(chances)), key=chances.__getitem__)
