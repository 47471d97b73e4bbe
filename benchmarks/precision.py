"""Speed and quality of the tagger in 32-bit floats, bfloat16 and 8-bit integers, on one core.

    python benchmarks/precision.py SENTENCES.jsonl [--passages 400]

SENTENCES are labelled (annotation schema). Quality: FIGURES over all of them.
Speed: sentences a second, neighbours included as in a document, best of three.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from catnlp.tag.models import find_model
from catnlp.tag.network import CategoryTagger
from catnlp.tag.tagger import Tagger, in_bytes, read_network
from catnlp.tag.windows import Passage
from catnlp.train.corpus import Annotated, Label, read_corpora
from catnlp.train.evaluate import evaluate
from catnlp.train.examples import passage

ROUNDS = 3
FIGURES = ("category_f1", "flag_f1", "status_accuracy", "actor_accuracy", "false_alarm_rate")
TOGETHER = 5  # sentences of a passage, when speed is measured


PRECISIONS: dict[str, Callable[[CategoryTagger], CategoryTagger]] = {
    "float32": lambda network: network,
    "bfloat16": lambda network: network.bfloat16(),
    "int8": lambda network: in_bytes(network, find_model()),
}


def labels(tagger: Tagger, gold: Sequence[Annotated]) -> dict[str, list[Label]]:
    """What the tagger finds in each sentence, by its id."""
    found = tagger.predict([passage(sentence) for sentence in gold])
    return {
        sentence.id: [
            Label(p.category, sentence.text[p.start : p.end], p.start, p.end, p.status, p.actor)
            for predictions in by_sentence
            for p in predictions
        ]
        for sentence, by_sentence in zip(gold, found, strict=True)
    }


def speed(tagger: Tagger, passages: Sequence[Passage]) -> float:
    """Sentences a second, the best of some rounds."""
    sentences = sum(len(p.sentences) for p in passages)
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _found in tagger.predict(passages):
            pass
        best = min(best, time.perf_counter() - started)
    return sentences / best


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--passages", type=int, default=400)
    options = parser.parse_args()
    torch.set_num_threads(1)
    gold = read_corpora([options.sentences])
    texts = [text for s in gold for text in (s.prev, s.text, s.next) if text]
    runs = [tuple(texts[i : i + TOGETHER]) for i in range(0, len(texts), TOGETHER)]
    passages = [Passage("Report", (), run) for run in runs][: options.passages]
    print(f"{'precision':10} {'sentences/s':>12} " + " ".join(FIGURES))
    tagger = Tagger(find_model())
    for name, change in PRECISIONS.items():
        tagger.network = change(read_network(find_model()).eval())
        figures = evaluate(gold, labels(tagger, gold), bootstrap=False)["figures"]
        rate = speed(tagger, passages)
        row = " ".join(f"{figures[figure]:{len(figure)}.3f}" for figure in FIGURES)
        print(f"{name:10} {rate:12.0f} {row}", flush=True)


if __name__ == "__main__":
    main()
