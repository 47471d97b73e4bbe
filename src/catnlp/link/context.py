"""What is around a sentence: its document, section, and the sentences beside it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from catnlp.domain import Document, Sentence
from catnlp.extract.metadata import is_review
from catnlp.gazetteer import find_places
from catnlp.link.abbreviations import NONE_DEFINED, abbreviations
from catnlp.link.behind import placed
from catnlp.link.chapters import Chapters
from catnlp.link.delegations import without_delegations
from catnlp.link.evidence import Clue, read_evidence
from catnlp.link.features import Surroundings
from catnlp.link.headlines import as_speakers, speakers, title_subject
from catnlp.link.references import read_references
from catnlp.link.territories import is_ruled_by_others
from catnlp.link.turns import is_abroad, is_away
from catnlp.resources import read_toml

EARLIER = 8  # sentences before that may say who "they" are
SOLE = 0.9  # of the places named in a document, for a country that is its only one
LEAST_NAMED = 3  # times that a country is named before it can stand for a document
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
UNREADABLE = ("garbled", "empty")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all sentences of a document."""

    subject: tuple[str, ...]
    subject_reason: str
    is_report: bool  # on one country
    report_on: str  # of a report on several countries, the first
    date: str
    near: frozenset[str]  # countries that the document names
    title_clues: tuple[Clue, ...]
    shares: Mapping[str, float]
    sole: str = ""  # the country that it names, where it names hardly any other
    is_whole: bool = False  # it was read as a whole
    is_review: bool = False  # of one country, by others, who speak in it
    defined: Mapping[str, str] = field(default_factory=dict)  # what abbreviations stand for in it

    @property
    def home(self) -> str:
        """The country of a report on one."""
        return self.subject[0] if self.is_report else ""

    def read(self, text: str, near: Set[str] = frozenset()) -> tuple[Clue, ...]:
        """The clues of a sentence of the document."""
        clues = read_evidence(text, self.near | near, self.date, self.home, self.defined, near)
        return without_delegations(text, clues, self.home) if self.is_review else clues

    def in_chapter(self, code: str, words: str) -> "Frame":
        """The frame of a section under the heading of a country: a report on it, whatever the
        title says. A report on one country stays one on that."""
        if self.is_report or self.report_on:
            return self
        return replace(
            self, subject=(code,), subject_reason=f"heading: {words}", is_report=True,
            near=frozenset((code,)), title_clues=(), shares={}, sole="",
        )  # fmt: skip

    def unclaimed(self) -> "Frame":
        """The frame of a section that is about no country one could tell."""
        if self.is_report or self.report_on:
            return self
        return replace(self, subject=(), subject_reason="", title_clues=(), shares={}, sole="")

    def around(
        self, section: Sequence[str], before: Sequence[Clue], after: Sequence[Clue],
        earlier: Sequence[Clue] = (), *, away: bool = False, prev: str = "", ruled: bool = False,
    ) -> Surroundings:  # fmt: skip
        return Surroundings(
            subject=self.subject,
            subject_reason=self.subject_reason,
            is_report=self.is_report,
            report_on=self.report_on,
            is_abroad=is_abroad(section),
            is_away=away,
            after_others=_is_on_others(prev, before, self.home),
            ruled_by_others=ruled,
            heading=_heading(section, self.subject),
            title=() if self.is_report else self.title_clues,
            before=tuple(before),
            after=() if self.is_review else tuple(after),  # another delegation's words
            earlier=tuple(earlier),
            shares={} if self.is_report or self.report_on else self.shares,
            sole=self.sole,
            is_whole=self.is_whole,
        )


def _is_on_others(text: str, clues: Sequence[Clue], home: str) -> bool:
    """Whether a sentence of a report on `home` is on what forces of others do, and not its own."""
    forces = [c for c in clues if c.kind in ("force", "unit") and c.manner in ("", "by")]
    if not home or all(c.country in ("", home) for c in forces):
        return False
    own = read_references(text, clues, home, ())
    return not any(c.acts and c.country == home for c in (*clues, *own))


def make_frame(
    title: str, subject: Sequence[str] = (), genre: str = "", published: str = "",
    named: Counter[str] | None = None, defined: Mapping[str, str] = NONE_DEFINED,
) -> Frame:  # fmt: skip
    """The frame of a document; its title gives the subject where nothing else does. `named` are
    the countries of all places in a document that was read as a whole, `defined` what it says that
    its abbreviations stand for."""
    shares = _shares(named) if named else {}
    speaking = speakers(title)
    codes = tuple(subject) or title_subject(title, speaking)
    reason = "subject of the document" if subject else f"title: {title[:80]}"
    year = YEAR.search(title)
    near = frozenset((*codes, *shares))
    reviewed = is_review(title)
    is_report = (
        reviewed
        or genre == "country-report"
        or (genre != "news" and _reports().search(title) is not None)
    )
    frame = Frame(
        codes, reason if codes else "", is_report and len(codes) == 1,
        codes[0] if is_report and len(codes) > 1 else "", published or (year[0] if year else ""),
        near, as_speakers(read_evidence(title, near), speaking), shares, _sole(named),
        named is not None, reviewed and len(codes) == 1, defined,
    )  # fmt: skip
    return frame.unclaimed() if genre == "law" else frame  # what it forbids, others do


@cache
def _reports() -> re.Pattern[str]:
    return re.compile("|".join(read_toml("catnlp.link", "reports.toml")["titles"]), re.I)


def _heading(section: Sequence[str], subject: Sequence[str]) -> tuple[str, str]:
    """The innermost heading that names exactly one country, where the document has no subject."""
    if len(subject) == 1:
        return "", ""
    for heading in reversed(section):
        codes = {p.code for p in find_places(heading) if p.kind == "country"}
        if len(codes) == 1:
            return codes.pop(), heading
    return "", ""


class Reader:
    """Reads each sentence of a document once, and only where a mention needs it."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._frame = make_frame(
            document.title, document.subject_countries, document.genre, document.published,
            Counter(place.code for s in sentences for place in placed(s.text)),
            abbreviations(s.text for s in sentences),
        )  # fmt: skip
        self._broken = frozenset(_behind_unreadable_pages(document, sentences))
        self._chapters = Chapters([s.section for s in sentences], [s.text for s in sentences])
        self._read: dict[int, tuple[Clue, ...]] = {}
        self._around: dict[int, Surroundings] = {}

    def clues(self, number: int) -> tuple[Clue, ...]:
        if number not in self._read:
            self._read[number] = self._frame_of(number).read(self._sentences[number].text)
        return self._read[number]

    def around(self, number: int) -> Surroundings:
        if number not in self._around:
            self._around[number] = self._look_around(number)
        return self._around[number]

    def _look_around(self, number: int) -> Surroundings:
        section = self._sentences[number].section
        earlier = [c for n in range(number - EARLIER, number - 1) for c in self._of(n, section)]
        beside = [s.text for s in self._sentences[max(0, number - 1) : number + 1]]
        before = self._of(number - 1, section)
        return self._frame_of(number).around(
            self._headings(number), before, self._of(number + 1, section), earlier,
            away=is_away(*beside), prev=beside[0] if before else "", ruled=self._is_ruled(number),
        )  # fmt: skip

    def _is_ruled(self, number: int) -> bool:
        """Whether the sentence is on a part of the country of a report that others rule."""
        here = self._sentences[number]
        under = (
            (s.text, s.paragraph == here.paragraph)
            for s in reversed(self._sentences[max(0, number - EARLIER) : number])
            if s.section == here.section
        )
        return is_ruled_by_others(here.text, under, self._frame.home)

    def _frame_of(self, number: int) -> Frame:
        """The frame of the document, as its chapter narrows it."""
        section = self._headings(number)
        code, words = self._chapters.heading(section)
        if code:
            return self._frame.in_chapter(code, words)
        unclaimed = self._chapters.is_unclaimed(number, section)
        return self._frame.unclaimed() if unclaimed else self._frame

    def _headings(self, number: int) -> tuple[str, ...]:
        """The headings that say what a sentence is about."""
        section = () if number in self._broken else self._sentences[number].section
        unclaimed = self._chapters.is_unclaimed(number, section)
        return self._chapters.beside(section) if unclaimed else section

    def _of(self, number: int, section: tuple[str, ...]) -> tuple[Clue, ...]:
        """Clues of a neighbour, where it stands in the same section."""
        if not 0 <= number < len(self._sentences) or self._sentences[number].section != section:
            return ()
        return self.clues(number)


def _behind_unreadable_pages(document: Document, sentences: Sequence[Sentence]) -> list[int]:
    """Sentences parted from their heading by a page that could not be read: another heading
    may have stood there, so the one before it no longer says what they are about."""
    lost = [page.index for page in document.pages if page.quality in UNREADABLE]
    if not lost:
        return []
    broken = []
    for _, run in groupby(enumerate(sentences), key=lambda item: item[1].section):
        placed = [(number, s.page) for number, s in run if s.page is not None]
        first = placed[0][1] if placed else 0
        broken += [n for n, page in placed if any(first < gap <= page for gap in lost)]
    return broken


def _shares(named: Counter[str]) -> dict[str, float]:
    """Of the places named in a document, the share of each country named often enough."""
    total = named.total()
    return {code: n / total for code, n in named.items() if n >= LEAST_NAMED}


def _sole(named: Counter[str] | None) -> str:
    ((code, most),) = named.most_common(1) if named else (("", 0),)
    return code if named and most >= SOLE * named.total() else ""


def read_sentence(
    title: str, section: Sequence[str], prev: str, text: str, next: str,
    subject_countries: Sequence[str] = (), genre: str = "",
) -> tuple[tuple[Clue, ...], Surroundings]:  # fmt: skip
    """The clues of a sentence of the annotation schema, and what is around it."""
    frame = make_frame(title, subject_countries, genre)
    code, words = Chapters([section], [f"{prev} {text} {next}"]).heading(section)
    frame = frame.in_chapter(code, words) if code else frame
    beside = (find_places(words) for words in (prev, text, next, *section))
    near = {place.code for places in beside for place in places}
    clues, before, after = (frame.read(t, near) for t in (text, prev, next))
    ruled = is_ruled_by_others(text, [(prev, True)], frame.home)
    around = frame.around(section, before, after, away=is_away(prev, text), prev=prev, ruled=ruled)
    return clues, around
