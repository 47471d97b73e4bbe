"""Countries of mentions in whole documents that we wrote, gold mentions given.

    python benchmarks/stories.py            print the figures, by kind of document
    python benchmarks/stories.py --gate     exit 1 when one falls below benchmarks/stories.json
    python benchmarks/stories.py --wrong    ... and print every wrong link
    python benchmarks/stories.py --pin      write new floors; refuses to lower one without --lower

Gold: `corpora/authored/stories*.jsonl`, invented news, NGO and UN papers, policy and law texts. A
document is linked as in a run, with its title, genre and all its sentences. A link is wrong where
the gold does not have its country; a set is exact where it has the same countries, or none. The
labels are those of the writers, read again by an editor: they are no better than that, and the
weights of the linker are not fitted on them.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from catnlp.domain import Block, Document, Mention, Sentence
from catnlp.extract.draft import Draft
from catnlp.extract.metadata import subject_countries
from catnlp.link import link
from catnlp.train.corpus import Annotated, read_corpora
from floors import add_options, settle

AUTHORED = Path(__file__).parents[1] / "corpora" / "authored"
PINS = Path(__file__).with_suffix(".json")
ROLES = ("responsible", "location")
GENRES = {
    "cr": "country-report", "fh": "ngo-report", "amnesty": "ngo-report", "armspages": "ngo-report",
    "ngo-hrw": "ngo-report", "ngo-phr": "ngo-report", "ngo-unhcr": "ngo-report",
    "ngo-ohchr": "policy", "ngo-unodc": "policy", "upr": "policy", "policy": "policy",
    "law": "law", "dsca": "sale-notice",
}  # fmt: skip
SURE = 0.99  # of the actor: what the tagger is not certain of does not count here


def document_of(gold: Sequence[Annotated]) -> tuple[Document, list[Sentence], list[Mention]]:
    """A document of those sentences, with a mention for each label, in their order."""
    first = gold[0]
    text = "\n".join(sentence.text for sentence in gold)
    document = Document(
        id="d", uri=first.document, media_type="text/plain", reader="text", title=first.title,
        text=text, blocks=(Block(0, len(text)),), genre=GENRES.get(first.source, "news"),
        subject_countries=subject_countries(Draft(blocks=(), title=first.title), ""),
    )  # fmt: skip
    sentences: list[Sentence] = []
    mentions: list[Mention] = []
    start = 0
    for number, sentence in enumerate(gold):
        end = start + len(sentence.text)
        name = f"s{number}"
        sentences.append(Sentence(name, "d", start, end, sentence.text, sentence.section, 1))
        for place, label in enumerate(sentence.labels):
            mentions.append(
                Mention(
                    f"{name}-{place}", "d", name, start + label.start, start + label.end,
                    label.trigger, label.category, label.status, label.actor, 1.0, "gold",
                    actor_score=SURE,
                )
            )  # fmt: skip
        start = end + 1
    return document, sentences, mentions


def measure(*, show: bool) -> dict[tuple[str, str], Counter[str]]:
    """By role and source ("all" too): mentions, links, wrong links and exact sets."""
    tallies: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    corpus = read_corpora(sorted(AUTHORED.glob("stories*.jsonl")))
    for _, group in groupby(corpus, key=lambda sentence: sentence.document):
        gold = list(group)
        document, sentences, mentions = document_of(gold)
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for each in link(document, sentences, mentions):
            found[each.mention_id, each.role].add(each.country)
        labels = [(sentence, label) for sentence in gold for label in sentence.labels]
        for mention, (sentence, label) in zip(mentions, labels, strict=True):
            for role in ROLES:
                mine, right = found[mention.id, role], set(getattr(label, role))
                wrong = mine - right
                for source in ("all", sentence.source):
                    tallies[role, source] += Counter(
                        mentions=1, links=len(mine), wrong=len(wrong), exact=mine == right
                    )
                if wrong and show:
                    print(f"{sentence.id} {role} {sorted(wrong)}, not {sorted(right)}: ")
                    print(f"    “{label.trigger}” in {sentence.text}")
    return tallies


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_options(parser)
    parser.add_argument("--wrong", action="store_true", help="print every wrong link")
    options = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    for (role, source), tally in sorted(
        measure(show=options.wrong).items(), key=lambda item: (item[0][0], -item[1]["mentions"])
    ):
        right = 1 - tally["wrong"] / max(1, tally["links"])
        exact = tally["exact"] / tally["mentions"]
        print(
            f"{role:12} {source:10} mentions {tally['mentions']:6}  links {tally['links']:6}  "
            f"wrong {1 - right:.1%}  exact sets {exact:.3f}"
        )
        if source == "all":
            figures |= {f"{role} links right": right, f"{role} exact sets": exact}
    return settle(figures, PINS, options, noise=0.003)


if __name__ == "__main__":
    sys.exit(main())
