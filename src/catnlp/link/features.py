"""What speaks for each country that a text around a mention names, as features with their words.

A feature is a short name that says where the country stands ("before", "by", "title"), as what
("force", "in"), and whether other words come between. The weights are in `weights.json`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from catnlp.link.clauses import clause_rank, distance, gap, is_agent
from catnlp.link.evidence import PLACED, Clue
from catnlp.link.references import read_references
from catnlp.link.turns import agents_turned_to, places_turned_to

RESPONSIBLE = "state responsible"  # the reason of a place that nothing else names
LEAST_SHARE = 0.15  # of the places of a document, for a country that nothing else speaks for

Features = dict[str, dict[str, str]]  # country -> feature -> the words that show it


@dataclass(frozen=True, slots=True)
class Act:
    """What a mention speaks of: the trigger `text[start:end]` in its sentence, and its labels."""

    text: str
    start: int
    end: int
    actor: str
    category: str = ""
    actor_score: float = 1.0
    is_split: bool = False  # between a state and those who act for one: a mention for each


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a sentence."""

    subject: tuple[str, ...] = ()  # countries that the document is about
    subject_reason: str = ""
    is_report: bool = False  # on one country
    report_on: str = ""  # of a report on several countries, the first
    is_abroad: bool = False  # the section is on what a state does in other countries
    is_away: bool = False  # the sentences speak of a state's people elsewhere
    after_others: bool = False  # the sentence before is on what only forces of others do
    ruled_by_others: bool = False  # the part of the reported country that the sentence is on
    heading: tuple[str, str] = ("", "")  # country of the section, and its words
    title: tuple[Clue, ...] = ()
    before: tuple[Clue, ...] = ()
    after: tuple[Clue, ...] = ()
    earlier: tuple[Clue, ...] = ()  # sentences before that, in the same section
    shares: Mapping[str, float] = field(default_factory=dict)  # of the places named in the document
    sole: str = ""  # the country that the document names, where it names hardly any other
    is_whole: bool = False  # the whole document was read, not a sentence with its neighbours

    @property
    def is_open(self) -> bool:
        """Whether neither document nor section says of which country they speak throughout."""
        return self.is_whole and not (self.is_report or self.report_on or self.heading[0])

    @property
    def reported(self) -> str:
        """The country that document or section is a report on."""
        return self.subject[0] if self.is_report else self.heading[0]

    @property
    def home(self) -> str:
        """The state that "the government" and "police" mean here, as far as one can tell."""
        if self.heading[0]:
            return self.heading[0]
        if len(self.subject) == 1:
            return self.subject[0]
        if self.report_on:
            return self.report_on
        beside = (*self.earlier, *self.before)
        acting = [c.country for c in beside if c.acts and c.manner != "speaks"]
        if acting:
            return acting[-1]
        if self.subject:
            return self.subject[0]
        return max(self.shares, key=lambda c: self.shares[c]) if self.shares else ""

    @property
    def pair(self) -> tuple[str, ...]:
        """The two states that the sentence before, or the title, names."""
        for clues in (self.before, self.title):
            named = tuple(dict.fromkeys(c.country for c in clues if c.country))
            if len(named) == 2:
                return named
        return ()


def with_references(text: str, clues: Sequence[Clue], around: Surroundings) -> tuple[Clue, ...]:
    """The clues with "the government" and "the two countries" as clues for whom they mean."""
    taken = [(c.start, c.end) for c in clues]
    references = [
        clue
        for clue in read_references(text, clues, around.home, around.pair, around.reported)
        if not any(clue.start < end and start < clue.end for start, end in taken)
    ]
    return tuple(sorted([*clues, *references], key=lambda c: (c.start, -c.end)))


def responsible_features(
    text: str, clues: Sequence[Clue], start: int, end: int, around: Surroundings
) -> Features:
    """For every country named, and "" for none: why it could be the state responsible."""
    found: Features = defaultdict(dict)
    found[""]["none"] = ""
    if len({c.country for c in clues if c.country}) == 1:
        found[clues[0].country]["alone"] = clues[0].words
    for clue in clues:
        if clue.kind == "group":
            continue
        rank = clause_rank(text, clue, clues, start, end)
        mine = found[clue.country]
        kind = clue.kind if clue.acts or clue.kind in ("politics", "international") else "place"
        for name in (
            clue.kind,
            f"{kind}:{rank}:{clue.manner}",
            f"{rank}:{clue.manner}:{gap(text, clue, start, end)}" if kind != "place" else "",
            f"{kind}:{distance(clue, start, end)}",
            "agent" if clue.acts and is_agent(text, clue, rank, start, end) else "",
        ):
            if name:
                mine.setdefault(name, clue.words)
    told = any("agent" in named for named in found.values())
    _context_features(found, around, told=told)
    others = agents_turned_to(text, clues, start, end, around.reported, around.heading[1])
    return _only(found, others)


def location_features(
    text: str, clues: Sequence[Clue], start: int, end: int, around: Surroundings,
    responsible: Sequence[str],
) -> Features:  # fmt: skip
    """For every country named, and "" for none: why the mention could be placed there."""
    found: Features = defaultdict(dict)
    found[""]["none"] = ""
    if around.is_abroad:
        found[""]["abroad"] = ""
    if around.is_away:
        found[""]["away"] = ""
    if len({c.country for c in clues if c.country}) == 1:
        found[clues[0].country]["alone"] = clues[0].words
    located = any(c.kind in PLACED for c in clues)
    acting = {c.country for c in clues if c.acts and c.manner != "speaks"}
    for clue in clues:
        if not clue.country or (clue.manner == "speaks" and acting - {clue.country}):
            continue  # where somebody speaks of another state's acts is not where they happen
        mine = found[clue.country]
        side = "before" if clue.end <= start else "after" if clue.start >= end else "inside"
        kind = clue.kind
        for name in (
            kind,
            f"{kind}:{side}:{gap(text, clue, start, end)}",
            f"{kind}:{distance(clue, start, end)}",
            f"{kind}:unplaced" if not located else "",
            f"manner:{clue.manner}" if clue.manner else "",
        ):
            if name:
                mine.setdefault(name, clue.words)
    for country in responsible:
        mine = found[country]
        mine[f"responsible:{'placed' if located else 'unplaced'}"] = RESPONSIBLE
        mine[f"responsible:{'subject' if country in around.subject else 'other'}"] = RESPONSIBLE
        for kind in {c.kind for c in clues if c.acts and c.country == country}:
            mine[f"responsible:{kind}"] = RESPONSIBLE
    _context_features(found, around, told=located)
    return _only(found, places_turned_to(text, clues, start, end, around.reported))


def _only(found: Features, countries: Set[str]) -> Features:
    """What speaks for the countries that a sentence of a report turns to, where it does."""
    return {c: named for c, named in found.items() if c in countries} if countries else found


def _context_features(found: Features, around: Surroundings, *, told: bool) -> None:
    """What the title, headings and sentences around say, for both roles. Where the sentence itself
    tells of an agent or a place, the ones beside it do not count, and the rest counts apart."""
    inside = {country: frozenset(named) for country, named in found.items()}
    for number, code in enumerate(around.subject):
        if len(around.subject) == 1:
            name = "report" if around.is_report else "subject"
        else:
            name = "subject:first" if number == 0 else "subject:later"
        found[code][name] = around.subject_reason
        if around.is_abroad:
            found[code]["subject:abroad"] = around.subject_reason
        if around.is_away:
            found[code]["subject:away"] = around.subject_reason
    if around.heading[0]:
        found[around.heading[0]]["heading"] = f"heading: {around.heading[1]}"
    _side_features(found, "title", around.title, "title")
    if not told:
        _side_features(found, "before", around.before, "sentence before")
        _side_features(found, "after", around.after, "sentence after")
        _side_features(found, "earlier", around.earlier, "earlier in the section")
    for country, share in around.shares.items():
        if country not in found and share < LEAST_SHARE:
            continue
        words = "named most in the document"
        found[country]["document"] = words
        if share >= 0.5:
            found[country]["document:half"] = words
        if share == max(around.shares.values()):
            found[country]["document:most"] = words
    if told:
        for country, named in found.items():
            for name in sorted(set(named) - inside.get(country, frozenset())):
                named[f"{name}|told"] = named.pop(name)


def _side_features(found: Features, name: str, clues: Iterable[Clue], label: str) -> None:
    ordered = [c for c in clues if c.country]
    for clue in ordered:
        kind = _side_kind(clue)
        words = f"{label}: {clue.words}"
        found[clue.country].setdefault(f"{name}:{kind}", words)
        if name == "title" and clue.manner:
            found[clue.country].setdefault(f"{name}:{kind}:{clue.manner}", words)
    if ordered:
        first = ordered[0]
        kind = _side_kind(first)
        found[first.country].setdefault(f"{name}:first:{kind}", f"{label}: {first.words}")
    acting = [c for c in ordered if _side_kind(c) == "actor"]
    placed = [c for c in ordered if c.kind in PLACED]
    for last, role in ((acting[-1:], "actor"), (placed[-1:], "in")):
        for clue in last:
            found[clue.country].setdefault(f"{name}:last-{role}", f"{label}: {clue.words}")
    countries = {c.country for c in ordered}
    if len(countries) == 1:
        found[ordered[0].country].setdefault(f"{name}:alone", f"{label}: {ordered[0].words}")


def _side_kind(clue: Clue) -> str:
    if clue.manner == "speaks":
        return "speaker"
    return "actor" if clue.acts else clue.kind
