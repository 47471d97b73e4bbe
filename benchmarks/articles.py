"""Countries of mentions in whole articles, gold mentions given: what is linked, and wrongly.

    python benchmarks/articles.py                      train of HRDsAttack beside the checkout
    python benchmarks/articles.py LABELS.jsonl FOLDER  labelled sentences, and their documents
    python benchmarks/articles.py --wrong              ... and every wrong link

`linking.py` reads a sentence with its neighbours only; here it is linked as in a run, with all its
article around it, so that `link/grounds.py` has its say. A document of FOLDER (or an article of an
HRDsAttack file) is that of all labels whose `document` ends with its name. A link is wrong where
the gold does not have its country; a set is exact where it has the same countries, or none.

The aim is wrong links of at most 1.5 % (responsible) and 3 % (location), then as many exact sets
as can be. Actors are those of the gold, so the words that `grounds.py` asks for where the tagger is
not certain of a state do not count here: read links of a run for them.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language

from catnlp.domain import Document, Mention, Sentence
from catnlp.extract import extract
from catnlp.link import link
from catnlp.segment.passages import passages
from catnlp.segment.sections import sections
from catnlp.tag.pipeline import split, splitter
from catnlp.train.corpus import Annotated, read_corpora
from hrdsattack import article

SHARED = Path(__file__).parents[2] / "shared"
LABELS = SHARED / "annotations" / "train.jsonl"
ARTICLES = SHARED / "benchmarks" / "hrdsattack" / "train.json"
ROLES = ("responsible", "location")


def documents(path: Path, wanted: set[str]) -> Iterator[tuple[str, Document]]:
    """The documents of those names: of a folder, or the articles of an HRDsAttack file."""
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.stem in wanted:
                for document in extract(file):
                    yield file.stem, document
        return
    for record in json.loads(path.read_text(encoding="utf-8")):
        if (document := article(record)).uri in wanted:
            yield document.uri, document


def sentences_of(document: Document, nlp: Language) -> list[Sentence]:
    spans = list(passages(document, sections(document)))
    found: list[Sentence] = []
    for span, doc in zip(spans, split(nlp, document, spans), strict=True):
        for sent in doc.sents:
            text = sent.text.strip()
            start = span.start + sent.start_char + len(sent.text) - len(sent.text.lstrip())
            place = (start, start + len(text))
            found.append(
                Sentence(f"s{len(found)}", document.id, *place, text, span.section, paragraph=1)
            )
    return found


def mentions_of(
    gold: Sequence[Annotated], document: Document, sentences: Sequence[Sentence]
) -> Iterator[tuple[Mention, dict[str, set[str]]]]:
    """The labels of the sentences that stand in the document, with their gold countries."""
    for sentence in gold:
        at = document.text.find(sentence.text)
        for number, label in enumerate(sentence.labels if at >= 0 else ()):
            start, end = at + label.start, at + label.end
            within = next((s for s in sentences if s.start <= start and end <= s.end), None)
            if within:
                countries = {role: set(getattr(label, role)) for role in ROLES}
                yield Mention(
                    f"{sentence.id}-{number}", document.id, within.id, start, end, label.trigger,
                    label.category, label.status, label.actor, 1.0, "gold", actor_score=1.0,
                ), countries  # fmt: skip


def measure(labels: Path, articles: Path, *, show: bool = False) -> dict[str, Counter[str]]:
    """By role: mentions, links, wrong links, and mentions whose set of countries is exact."""
    gold: dict[str, list[Annotated]] = defaultdict(list)
    for sentence in read_corpora([labels]):
        if sentence.labels:
            gold[sentence.document.rsplit("/", 1)[-1]].append(sentence)
    tallies: dict[str, Counter[str]] = {role: Counter() for role in ROLES}
    nlp = splitter()
    for name, document in documents(articles, set(gold)):
        sentences = sentences_of(document, nlp)
        labelled = list(mentions_of(gold[name], document, sentences))
        links = link(document, sentences, [mention for mention, _ in labelled])
        for mention, countries in labelled:
            for role in ROLES:
                found = {k.country for k in links if (k.mention_id, k.role) == (mention.id, role)}
                wrong = found - countries[role]
                tallies[role] += Counter(
                    mentions=1, links=len(found), wrong=len(wrong), exact=found == countries[role]
                )
                if show and wrong:
                    print(f"{name} {role}: {sorted(wrong)}, not {sorted(countries[role])}")
                    print(f"    {mention.category}, {mention.actor}: “{mention.trigger}” in")
                    print(f"    {next(s.text for s in sentences if s.id == mention.sentence_id)}")
    return tallies


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("labels", type=Path, nargs="?", default=LABELS)
    parser.add_argument("articles", type=Path, nargs="?", default=ARTICLES)
    parser.add_argument("--wrong", action="store_true", help="print every wrong link")
    options = parser.parse_args(arguments)
    if not (options.labels.exists() and options.articles.exists()):
        print("left out: no labels or no articles beside the checkout")
        return 0
    for role, tally in measure(options.labels, options.articles, show=options.wrong).items():
        wrong = tally["wrong"] / max(1, tally["links"])
        exact = tally["exact"] / max(1, tally["mentions"])
        print(
            f"{role:12} mentions {tally['mentions']}  links {tally['links']}  "
            f"wrong {tally['wrong']} ({wrong:.1%})  exact sets {exact:.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
