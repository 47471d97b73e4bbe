"""Hides names that are no country in this document: "Chad was released", after "Chad Wheeler"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catnlp.domain import Document, Sentence
from catnlp.gazetteer import names_of_others


def without_persons(
    document: Document, sentences: Sequence[Sentence]
) -> tuple[Document, Sequence[Sentence]]:
    """The title and sentences with those names in capitals, which no country's name is, so that
    offsets stay the same."""
    names = names_of_others([document.title, *(s.text for s in sentences)])
    if not names:
        return document, sentences
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(names))})\b")

    def hidden(text: str) -> str:
        return pattern.sub(lambda match: match[0].upper(), text)

    return replace(document, title=hidden(document.title)), [
        replace(s, text=hidden(s.text)) for s in sentences
    ]
