"""The weak stage: paragraphs of country reports, labelled by the heading they stand under."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from catnlp.errors import InputError
from catnlp.extract import extract
from catnlp.resources import read_toml
from catnlp.segment.passages import passages
from catnlp.segment.sections import sections
from catnlp.train.corpus import Annotated, Label

SHORTEST, LONGEST = 25, 160  # words of a paragraph
MOST = 1300  # paragraphs of a category
RUN_IN = re.compile(r"^([A-Z][A-Za-z ,/-]{3,60}):")
KEY = 60  # first characters by which a sentence of the gold is known again


def weak_corpus(folder: Path, leave_out: Sequence[Annotated], *, seed: int) -> list[Annotated]:
    """At most MOST paragraphs a category, without any that hold a sentence of `leave_out`."""
    gold = keys(leave_out)
    by_category: dict[str, list[Annotated]] = defaultdict(list)
    seen: set[str] = set()
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        for name, heading, text in _paragraphs(file):
            categories = _categories(heading, text)
            if text[:80] in seen or not categories or any(key in text for key in gold):
                continue
            seen.add(text[:80])
            by_category[categories[0]].append(_sentence(name, text, categories))
    chance = random.Random(seed)
    chosen: list[Annotated] = []
    for category in sorted(by_category):
        chance.shuffle(by_category[category])
        chosen += by_category[category][:MOST]
    chance.shuffle(chosen)
    return chosen


def keys(sentences: Sequence[Annotated]) -> set[str]:
    """Their first characters, white space apart, by which they are known in another text."""
    return {" ".join(sentence.text.split())[:KEY] for sentence in sentences}


def _paragraphs(file: Path) -> Iterator[tuple[str, str, str]]:
    """Document, innermost heading and text of the paragraphs of fitting length."""
    try:
        documents = list(extract(file))
    except InputError:
        return
    for document in documents:
        for span in passages(document, sections(document)):
            for line in document.text[span.start : span.end].split("\n"):
                if span.section and SHORTEST <= len(line.split()) <= LONGEST:
                    yield document.id[:12], span.section[-1], line


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    data = read_toml("catnlp.train", "headings.toml")
    return tuple((re.compile(r["heading"], re.IGNORECASE), r["category"]) for r in data["rule"])


def _categories(heading: str, text: str) -> list[str]:
    run_in = RUN_IN.match(text)
    named = (heading, run_in[1] if run_in else "")
    return sorted({c for rule, c in _rules() if any(rule.search(n) for n in named if n)})


def _sentence(name: str, text: str, categories: Sequence[str]) -> Annotated:
    labels = tuple(Label(c, text[:1], 0, 1, "affirmed", "state") for c in categories)
    return Annotated(f"weak-{name}", "weak", name, "", (), "", text, "", labels)
