"""Which state is responsible for a mention, and where it happened."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from catnlp.domain import CountryLink, Document, Mention, Role, Sentence
from catnlp.gazetteer import find_places, title_countries
from catnlp.link.evidence import Clue, is_abroad, is_away, read_evidence
from catnlp.link.features import (
    Surroundings,
    joined_actors,
    joined_places,
    location_features,
    responsible_features,
    with_references,
)
from catnlp.link.ranker import rank

STATE_ACTORS = ("state", "state-aligned")
EARLIER = 8  # sentences before that may say who "they" are
LEAST_NAMED = 3  # times that a country is named before it can stand for a document
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """Countries of one role, with the reason."""

    countries: tuple[str, ...]
    score: float
    reason: str


NONE = Choice((), 0.0, "")


def choose(
    text: str, clues: Sequence[Clue], start: int, end: int, actor: str, around: Surroundings
) -> tuple[Choice, Choice]:
    """Responsible and location of the mention whose trigger is `text[start:end]`."""
    clues = with_references(text, clues, around)
    responsible = NONE
    if actor in STATE_ACTORS:
        best = rank(responsible_features(text, clues, start, end, around), "responsible")
        if best.country:
            codes = joined_actors(text, clues, best.country, actor)
            ruling = tuple(dict.fromkeys(_administered().get(code, code) for code in codes))
            responsible = Choice(ruling, best.score, best.reason)
    place = rank(
        location_features(text, clues, start, end, around, responsible.countries), "location"
    )
    if not place.country:
        return responsible, NONE
    location = Choice(joined_places(text, clues, place.country), place.score, place.reason)
    named = any(c.acts and c.country in responsible.countries for c in clues)
    if responsible.countries and not named and set(responsible.countries) < set(location.countries):
        responsible = replace(responsible, countries=location.countries)  # "in both countries"
    return responsible, location


@cache
def _administered() -> Mapping[str, str]:
    text = files("catnlp.link").joinpath("administered.toml").read_text(encoding="utf-8")
    table: Mapping[str, str] = tomllib.loads(text)
    return table


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all sentences of a document."""

    title: str
    subject: tuple[str, ...]
    subject_reason: str
    is_report: bool
    date: str
    near: frozenset[str]  # countries named in the title and by the subject
    title_clues: tuple[Clue, ...]
    shares: Mapping[str, float]

    def around(
        self, section: Sequence[str], before: Sequence[Clue], after: Sequence[Clue],
        earlier: Sequence[Clue] = (), *, away: bool = False,
    ) -> Surroundings:  # fmt: skip
        return Surroundings(
            subject=self.subject,
            subject_reason=self.subject_reason,
            is_report=self.is_report,
            is_abroad=is_abroad(section),
            is_away=away,
            heading=_heading(section, self.subject),
            title=() if self.is_report else self.title_clues,
            before=tuple(before),
            after=tuple(after),
            earlier=tuple(earlier),
            shares={} if self.is_report else self.shares,
        )


def _frame(
    title: str, subject: Sequence[str], genre: str, published: str, shares: Mapping[str, float]
) -> Frame:
    reason = "subject of the document" if subject else f"title: {title[:80]}"
    codes = tuple(subject) or title_countries(title)
    year = YEAR.search(title)
    near = frozenset((*codes, *shares))
    return Frame(
        title, codes, reason if codes else "", _is_country_report(title, genre, codes),
        published or (year[0] if year else ""), near, read_evidence(title, near), shares,
    )  # fmt: skip


def _is_country_report(title: str, genre: str, subject: Sequence[str]) -> bool:
    return len(subject) == 1 and (
        genre == "country-report"
        or "Human Rights Practices" in title
        or "Freedom in the World" in title
        or "recommendations to" in title
    )


def _heading(section: Sequence[str], subject: Sequence[str]) -> tuple[str, str]:
    """The innermost heading that names exactly one country, where the document has no subject."""
    if len(subject) == 1:
        return "", ""
    for heading in reversed(section):
        codes = {p.code for p in find_places(heading) if p.kind == "country"}
        if len(codes) == 1:
            return codes.pop(), heading
    return "", ""


def link(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[CountryLink, ...]:
    """Links of all mentions of a document, in their order."""
    if not mentions:
        return ()
    frame = _frame(
        document.title, document.subject_countries, document.genre, document.published,
        _shares(sentences),
    )  # fmt: skip
    reader = _Reader(frame, sentences)
    links: list[CountryLink] = []
    for mention in mentions:
        number = reader.position[mention.sentence_id]
        sentence = sentences[number]
        responsible, location = choose(
            sentence.text, reader.clues(number), mention.start - sentence.start,
            mention.end - sentence.start, mention.actor, reader.around(number),
        )  # fmt: skip
        links += _links(mention.id, "responsible", responsible)
        links += _links(mention.id, "location", location)
    return tuple(links)


class _Reader:
    """Reads each sentence of a document once, and only where a mention needs it."""

    def __init__(self, frame: Frame, sentences: Sequence[Sentence]) -> None:
        self._frame = frame
        self._sentences = sentences
        self._read: dict[int, tuple[Clue, ...]] = {}
        self._around: dict[int, Surroundings] = {}
        self.position = {sentence.id: number for number, sentence in enumerate(sentences)}

    def clues(self, number: int) -> tuple[Clue, ...]:
        if number not in self._read:
            text = self._sentences[number].text
            self._read[number] = read_evidence(text, self._frame.near, self._frame.date)
        return self._read[number]

    def around(self, number: int) -> Surroundings:
        if number not in self._around:
            section = self._sentences[number].section
            earlier = [c for n in range(number - EARLIER, number - 1) for c in self._of(n, section)]
            beside = [s.text for s in self._sentences[max(0, number - 1) : number + 1]]
            self._around[number] = self._frame.around(
                section, self._of(number - 1, section), self._of(number + 1, section), earlier,
                away=is_away(*beside),
            )  # fmt: skip
        return self._around[number]

    def _of(self, number: int, section: tuple[str, ...]) -> tuple[Clue, ...]:
        """Clues of a neighbour, where it stands in the same section."""
        if not 0 <= number < len(self._sentences) or self._sentences[number].section != section:
            return ()
        return self.clues(number)


def _shares(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Of the places named in a document, the share of each country named often enough."""
    counted = Counter(place.code for s in sentences for place in find_places(s.text))
    total = counted.total()
    return {code: n / total for code, n in counted.items() if n >= LEAST_NAMED}


def _links(mention_id: str, role: Role, choice: Choice) -> list[CountryLink]:
    return [
        CountryLink(mention_id, country, role, choice.score, choice.reason)
        for country in choice.countries
    ]


def link_sentence(
    *,
    title: str,
    section: Sequence[str],
    prev: str,
    text: str,
    next: str,
    mentions: Sequence[Mapping[str, Any]],
    subject_countries: Sequence[str] = (),
    genre: str = "",
) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Responsible, location and reason for each mention of the annotation schema."""
    clues, around = read_sentence(title, section, prev, text, next, subject_countries, genre)
    result = []
    for mention in mentions:
        responsible, location = choose(
            text, clues, mention["start"], mention["end"], mention["actor"], around
        )
        result.append((responsible.countries, location.countries, responsible.reason))
    return result


def read_sentence(
    title: str, section: Sequence[str], prev: str, text: str, next: str,
    subject_countries: Sequence[str] = (), genre: str = "",
) -> tuple[tuple[Clue, ...], Surroundings]:  # fmt: skip
    """The clues of a sentence of the annotation schema, and what is around it."""
    frame = _frame(title, subject_countries, genre, "", {})
    beside = (find_places(words) for words in (prev, text, next, *section))
    near = frame.near | {place.code for places in beside for place in places}
    clues, before, after = (read_evidence(t, near, frame.date) for t in (text, prev, next))
    return clues, frame.around(section, before, after, away=is_away(prev, text))
