"""Which state is responsible for a mention, and where it happened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from catnlp.domain import CountryLink, Document, Mention, Role, Sentence
from catnlp.link.agents import plain_agent
from catnlp.link.attacked import target
from catnlp.link.choice import NONE, STATE_ACTORS, Choice
from catnlp.link.context import Reader, read_sentence
from catnlp.link.evidence import PLACED, Clue
from catnlp.link.features import (
    Act,
    Features,
    Surroundings,
    location_features,
    responsible_features,
    with_references,
)
from catnlp.link.grounds import acts_at_home, is_grounded, is_patient
from catnlp.link.groups import is_by_group, steered_again
from catnlp.link.joined import joined_actors, joined_places, listed_actors
from catnlp.link.mentioned import without_mentioned, without_ways
from catnlp.link.opposed import without_opposed
from catnlp.link.persons import without_persons
from catnlp.link.ranker import Ranked, rank
from catnlp.link.siblings import completed
from catnlp.link.territories import names_state
from catnlp.link.trials import is_tried_there
from catnlp.resources import read_toml

OVERRULED = ("non-state", "unknown")  # by a state's force that plainly acts
STEERED_RIGHT = 0.94  # of 36 training mentions by those who act for a state, 34 against it
SURE_TARGET = 0.95  # of the country that the text says was attacked
SURE_ABROAD = 0.6  # of a country that a report is not on, where it does not act in the sentence
LEAST_SURE = 0.35  # a country less likely than this is not named at all


def choose(act: Act, clues: Sequence[Clue], around: Surroundings) -> tuple[Choice, Choice]:
    """Responsible and location of a mention."""
    text, start, end, actor = act.text, act.start, act.end, act.actor
    clues = without_opposed(act, clues, around.reported)
    clues = without_mentioned(act, clues, around.reported)
    if around.reported:  # in a report on another country, who is called like a ruler and arrested
        clues = [
            c for c in clues
            if c.kind != "ruler" or c.country == around.reported or not is_patient(act, c)
        ]  # fmt: skip
    clues = with_references(text, clues, around)
    if actor == "state" and act.is_split:  # those who act for one have a mention of their own
        own = tuple(c for c in clues if c.kind != "steered")
        clues = own if any(c.acts for c in own) else clues
    if actor == "state-aligned":
        clues = sorted([*clues, *steered_again(text, clues, around)], key=lambda c: c.start)
    responsible = NONE
    agent = plain_agent(act, clues, governing=actor in STATE_ACTORS)
    others = around.ruled_by_others and not names_state(text, around.reported, clues)
    if actor in OVERRULED and agent is not None:
        responsible = _of_agent(agent, act, clues, around)
    elif actor in STATE_ACTORS and (agent is not None or not is_by_group(act, clues, around)):
        found = responsible_features(text, clues, start, end, around)
        best = rank(found, "responsible")
        if agent is None:
            best = _at_home(best, clues, around)
        elif agent.country != best.country:
            best = replace(_only(found, agent.country), reason=agent.words)
        steering = _steering(clues, actor)
        if steering:
            best = _only(found, steering)
        beside = listed_actors(text, clues, best.country)
        codes = joined_actors(text, clues, best.country, start, only=actor if act.is_split else "")
        if any(
            _is_named(replace(best, country=code), beside, "responsible", act, clues, around)
            for code in codes
        ):
            ruling = _ruling(codes)
            if not (others and ruling == (around.reported,)):
                words = _words(ruling, best, clues, end)
                responsible = Choice(ruling, best.score, best.reason, words)
    struck = target(text, end, clues)
    if struck is not None:
        return responsible, Choice((struck.country,), SURE_TARGET, struck.words)
    clues = without_ways(act, clues, around.reported)
    place = rank(
        location_features(text, clues, start, end, around, responsible.countries), "location"
    )
    if not any(
        c.kind in PLACED and c.country == place.country and not is_tried_there(act, c)
        for c in clues
    ):
        place = _at_home(place, clues, around)
    places = joined_places(text, clues, place.country)
    if not _is_named(place, places, "location", act, clues, around):
        if not acts_at_home(place.country, act, responsible.countries, around):
            return responsible, NONE
        places = (place.country,)
    location = Choice(places, place.score, place.reason, _words(places, place, clues, end))
    named = any(c.acts and c.country in responsible.countries for c in clues)
    if responsible.countries and not named and set(responsible.countries) < set(location.countries):
        responsible = replace(
            responsible, countries=_ruling(location.countries)
        )  # "in both countries"
    return responsible, location


def _of_agent(agent: Clue, act: Act, clues: Sequence[Clue], around: Surroundings) -> Choice:
    """Of the state's force that plainly acts, against the actor that the tagger found."""
    found = responsible_features(act.text, clues, act.start, act.end, around)
    score = rank(found, "responsible").scores.get(agent.country, 0.0)
    codes = joined_actors(act.text, clues, agent.country, act.start)
    ruling = _ruling(codes)
    reason = f"{agent.words}: the agent of the sentence, though found {act.actor}"
    return Choice(ruling, score, reason) if score >= LEAST_SURE else NONE


def _is_named(
    best: Ranked, codes: Sequence[str], role: Role, act: Act, clues: Sequence[Clue],
    around: Surroundings,
) -> bool:  # fmt: skip
    """Whether the best country is sure enough to be named; those of a list are, together."""
    score = max(best.score, sum(best.scores.get(code, 0.0) for code in codes))
    if not best.country or score < LEAST_SURE:
        return False
    return is_grounded(best.country, score, role, act, clues, around)


def _at_home(best: Ranked, clues: Sequence[Clue], around: Surroundings) -> Ranked:
    """In a report on a country, that one instead of another which does nothing in the sentence and
    is not sure."""
    home = around.reported
    if not home or best.country in ("", home) or best.score >= SURE_ABROAD:
        return best
    if any(c.acts and c.country == best.country for c in clues):
        return best
    score = best.scores.get(home, 0.0)
    return replace(best, country=home, score=score, reason=around.subject_reason)


def _steering(clues: Sequence[Clue], actor: str) -> str:
    """Of an act of those who act for a state: that state, where the sentence names just one."""
    steered = {c.country for c in clues if c.kind == "steered"}
    return steered.pop() if actor == "state-aligned" and len(steered) == 1 else ""


def _only(found: Features, country: str) -> Ranked:
    """The country, with the words that speak most for it."""
    return replace(rank({country: found.get(country, {})}, "responsible"), score=STEERED_RIGHT)


def _words(
    countries: Sequence[str], best: Ranked, clues: Sequence[Clue], end: int
) -> dict[str, str]:
    """Of the countries that stand beside the best one in a list: the nearest words naming them."""
    return {
        country: min(named, key=lambda clue: abs(clue.start - end)).words
        for country in countries
        if country != best.country and (named := [c for c in clues if c.country == country])
    }


def actor_of(actor: str, responsible: Collection[str]) -> str:
    """The actor of a mention that is linked: where a state's force plainly acts, that state."""
    return "state" if actor in OVERRULED and responsible else actor


def _ruling(codes: Sequence[str]) -> tuple[str, ...]:
    """The states that answer for what those of these countries and territories do."""
    return tuple(dict.fromkeys(_administered().get(code, code) for code in codes))


@cache
def _administered() -> Mapping[str, str]:
    return read_toml("catnlp.link", "administered.toml")


def link(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[CountryLink, ...]:
    """Links of all mentions of a document, in their order."""
    if not mentions:
        return ()
    reader = Reader(*without_persons(document, sentences))
    position = {sentence.id: number for number, sentence in enumerate(sentences)}
    kinds = frozenset((m.sentence_id, m.category, m.actor) for m in mentions)
    links: list[CountryLink] = []
    for sentence_id, group in groupby(mentions, key=lambda m: m.sentence_id):
        number = position[sentence_id]
        sentence, together = sentences[number], list(group)
        acts = [
            Act(
                sentence.text, m.start - sentence.start, m.end - sentence.start,
                m.actor, m.category, m.actor_score,
                all((m.sentence_id, m.category, actor) in kinds for actor in STATE_ACTORS),
            )
            for m in together
        ]  # fmt: skip
        clues, around = reader.clues(number), reader.around(number)
        chosen = completed(acts, [choose(act, clues, around) for act in acts], clues, around)
        for mention, (responsible, location) in zip(together, chosen, strict=True):
            links += _links(mention.id, "responsible", responsible)
            links += _links(mention.id, "location", location)
    return tuple(links)


def _links(mention_id: str, role: Role, choice: Choice) -> list[CountryLink]:
    return [
        CountryLink(
            mention_id, country, role, choice.score, choice.words.get(country, choice.reason)
        )
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
    kinds = frozenset((m.get("category", ""), m["actor"]) for m in mentions)
    acts = [
        Act(
            text, m["start"], m["end"], m["actor"], m.get("category", ""),
            m.get("actor_score", 1.0),
            is_split=all((m.get("category", ""), actor) in kinds for actor in STATE_ACTORS),
        )
        for m in mentions
    ]  # fmt: skip
    chosen = completed(acts, [choose(act, clues, around) for act in acts], clues, around)
    return [
        (responsible.countries, location.countries, responsible.reason)
        for responsible, location in chosen
    ]
