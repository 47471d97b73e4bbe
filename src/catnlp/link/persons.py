"""Hides names that are no country in this document: "Chad was released", after "Chad Marlowe"."""

from collections.abc import Sequence
from dataclasses import replace

from catnlp.domain import Document, Sentence
from catnlp.gazetteer import find_places, names_of_others

BLOT = "\ue010"  # of Unicode's private use: no letter


def without_persons(
    document: Document, sentences: Sequence[Sentence]
) -> tuple[Document, Sequence[Sentence]]:
    """The title and sentences with those names blotted out, so that offsets stay the same."""
    names = names_of_others([document.title, *(s.text for s in sentences)])
    if not names:
        return document, sentences
    return replace(document, title=_hidden(document.title, names)), [
        replace(s, text=_hidden(s.text, names)) for s in sentences
    ]


def _hidden(text: str, names: frozenset[str]) -> str:
    for place in find_places(text):
        if place.text.title() in names and place.kind == "country":
            text = text[: place.start] + BLOT * (place.end - place.start) + text[place.end :]
    return text
