"""Which state is responsible for a mention, and where it happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catnlp.domain import CountryLink, Document, Mention, Role, Sentence
from catnlp.gazetteer import find_places
from catnlp.link.evidence import Clue, Evidence, read_evidence

LEAST_NAMED = 3  # times a country must be named to stand for a document
STATE_ACTORS = ("state", "state-aligned")


@dataclass(frozen=True, slots=True)
class Choice:
    """Countries of one role, with the reason."""

    countries: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a sentence."""

    subject: tuple[str, ...]  # countries that the document is about
    subject_reason: str
    heading: tuple[str, str]  # country of the section, and its words; empty where none
    is_country_report: bool
    before: Evidence
    after: Evidence
    most_named: Choice | None = None  # where nothing nearer speaks


NONE = Choice((), 0.0, "")


def choose(
    here: Evidence, start: int, end: int, actor: str, context: Context
) -> tuple[Choice, Choice]:
    """Responsible and location of the mention whose trigger is `[start, end)`."""
    responsible = _responsible(here, start, end, context) if actor in STATE_ACTORS else NONE
    location = _location(here, start, end, context, responsible)
    if not responsible.countries and actor in STATE_ACTORS and location.countries:
        words = f"state actor, in {location.reason}"
        responsible = Choice(location.countries[:1], 0.6 * location.score, words)
    return responsible, location


def _responsible(here: Evidence, start: int, end: int, context: Context) -> Choice:
    foreign = [c for c in here.actors if c.country not in context.subject and c.weight >= 0.8]
    own = [c for c in here.actors if c.country in context.subject and c.weight >= 0.8]
    if context.is_country_report and context.subject:
        near = [c for c in foreign if _rules_clause(c, own, start)]
        if near:
            return _of(_nearest(near, start), 0.75)
        return Choice(context.subject[:1], 0.9, context.subject_reason)
    strong = [c for c in here.actors if c.weight >= 0.8]
    if strong:
        return _of(_nearest(strong, start), 0.85)
    if context.heading[0]:
        return Choice((context.heading[0],), 0.75, f"heading: {context.heading[1]}")
    if len(context.subject) == 1:
        return Choice(context.subject, 0.75, context.subject_reason)
    weak = [c for c in here.actors if c.weight >= 0.5]
    if weak:
        return _of(_nearest(weak, start), 0.6)
    return _from_around(context)


def _from_around(context: Context) -> Choice:
    """A state that acts in the sentence before, or one of several subjects."""
    acting = [c for c in context.before.actors if c.weight >= 0.8]
    if acting:
        return Choice((acting[-1].country,), 0.55, f"sentence before: {acting[-1].words}")
    if context.subject:
        return Choice(context.subject[:1], 0.5, context.subject_reason)
    return context.most_named or NONE


def _rules_clause(clue: Clue, own: Sequence[Clue], start: int) -> bool:
    """In a country report another state counts when it stands before the trigger, or after
    "by", and no force of the report's own state stands nearer."""
    distance = abs(clue.start - start)
    return (
        clue.weight >= 0.9
        and distance < 90
        and all(abs(other.start - start) > distance for other in own)
    )


def _location(
    here: Evidence, start: int, end: int, context: Context, responsible: Choice
) -> Choice:
    strong = [c for c in here.places if c.weight >= 0.9]
    if context.is_country_report and context.subject:
        other = [c for c in strong if c.country not in context.subject and abs(c.start - end) < 60]
        own = [c for c in here.places if c.country in context.subject]
        if other and not own:
            return _of(_nearest(other, end), 0.6)
        return Choice(context.subject[:1], 0.9, context.subject_reason)
    if strong:
        return _listed(strong, end, 0.85)
    if context.heading[0]:
        return Choice((context.heading[0],), 0.75, f"heading: {context.heading[1]}")
    weak = [c for c in here.places if c.weight >= 0.5]
    if len(context.subject) == 1:
        return Choice(context.subject, 0.75, context.subject_reason)
    if weak:
        return _of(_nearest(weak, end), 0.6)
    around = [c for c in (*context.before.places, *context.after.places) if c.weight >= 0.9]
    if around and not responsible.countries:
        return Choice((around[0].country,), 0.5, f"sentence beside: {around[0].words}")
    if responsible.countries:
        return Choice(responsible.countries, 0.6, f"state responsible: {responsible.reason}")
    if here.named:
        return _of(_nearest(list(here.named), end), 0.5)
    if context.subject:
        return Choice(context.subject[:1], 0.45, context.subject_reason)
    return context.most_named or NONE


def _nearest(clues: Sequence[Clue], offset: int) -> Clue:
    return min(clues, key=lambda c: (min(abs(c.start - offset), abs(c.end - offset)), c.start))


def _of(clue: Clue, score: float) -> Choice:
    return Choice((clue.country,), round(score * min(1.0, clue.weight + 0.1), 2), clue.words)


def _listed(clues: Sequence[Clue], offset: int, score: float) -> Choice:
    """The nearest place, with the places of the same list ("in Mali and Niger")."""
    best = _nearest(clues, offset)
    countries = [best.country]
    words = [best.words]
    for clue in clues:
        if clue.country not in countries and abs(clue.start - best.start) < 40:
            countries.append(clue.country)
            words.append(clue.words)
    return Choice(tuple(sorted(countries)), score, ", ".join(words))


def _subject(title: str, subject: Sequence[str]) -> tuple[tuple[str, ...], str]:
    if subject:
        return tuple(subject), "subject of the document"
    named = find_places(title)
    ordered = [p for p in named if p.kind == "country"] or named
    codes = tuple(dict.fromkeys(p.code for p in ordered))
    return codes, f"title: {title[:80]}" if codes else ""


def _heading(section: Sequence[str], subject: Sequence[str]) -> tuple[str, str]:
    """The innermost heading that names exactly one country, where the document has no subject."""
    if len(subject) == 1:
        return "", ""
    for heading in reversed(section):
        codes = {p.code for p in find_places(heading) if p.kind == "country"}
        if len(codes) == 1:
            return codes.pop(), heading
    return "", ""


def _most_named(sentences: Sequence[Sentence]) -> Choice | None:
    """The country that at least half of the places named in a document belong to."""
    counted = Counter(place.code for s in sentences for place in find_places(s.text))
    if not counted:
        return None
    (code, count), total = counted.most_common(1)[0], counted.total()
    if count < LEAST_NAMED or count * 2 < total:
        return None
    return Choice((code,), 0.4, f"named most in the document ({count} of {total} places)")


def _is_country_report(title: str, genre: str, subject: Sequence[str]) -> bool:
    return len(subject) == 1 and (
        genre == "country-report" or "Country Report" in title or "Human Rights Practices" in title
    )


def link(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[CountryLink, ...]:
    """Links of all mentions of a document, in their order."""
    subject, reason = _subject(document.title, document.subject_countries)
    is_report = _is_country_report(document.title, document.genre, subject)
    most_named = None if subject or not mentions else _most_named(sentences)
    position = {sentence.id: number for number, sentence in enumerate(sentences)}
    read: dict[int, Evidence] = {}

    def evidence(number: int, section: tuple[str, ...]) -> Evidence:
        if not 0 <= number < len(sentences) or sentences[number].section != section:
            return read_evidence("")
        if number not in read:
            read[number] = read_evidence(sentences[number].text)
        return read[number]

    links: list[CountryLink] = []
    for mention in mentions:
        number = position[mention.sentence_id]
        sentence = sentences[number]
        context = Context(
            subject, reason, _heading(sentence.section, subject), is_report,
            evidence(number - 1, sentence.section), evidence(number + 1, sentence.section),
            most_named,
        )  # fmt: skip
        responsible, location = choose(
            evidence(number, sentence.section), mention.start - sentence.start,
            mention.end - sentence.start, mention.actor, context,
        )  # fmt: skip
        links += _links(mention.id, "responsible", responsible)
        links += _links(mention.id, "location", location)
    return tuple(links)


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
    subject, reason = _subject(title, subject_countries)
    context = Context(
        subject, reason, _heading(section, subject), _is_country_report(title, genre, subject),
        read_evidence(prev), read_evidence(next),
    )  # fmt: skip
    here = read_evidence(text)
    result = []
    for mention in mentions:
        responsible, location = choose(
            here, mention["start"], mention["end"], mention["actor"], context
        )
        result.append((responsible.countries, location.countries, responsible.reason))
    return result
