"""What title, document and the words before a sentence say that it is about."""

from collections.abc import Sequence

from catnlp.domain import Role
from catnlp.gazetteer import find_places
from catnlp.link.evidence import ACTORS, ADJECTIVES, PLACED, Clue
from catnlp.link.features import Act, Surroundings

MOSTLY = 0.5  # of the places named in a document: it is about their country


def is_mostly_on(country: str, around: Surroundings) -> bool:
    """Whether most places that the document names are in the country, and not just one or two."""
    return around.shares.get(country, 0.0) > MOSTLY


def is_only_one(country: str, around: Surroundings) -> bool:
    """Whether the document names hardly any other country, and this one more than twice."""
    return country == around.sole and country in around.shares


def is_topic(country: str, role: Role, mine: Sequence[Clue], around: Surroundings) -> bool:
    """Whether the document, its title or the sentence before speaks of the country: not only of one
    of its people whom something befalls in another; and an armed group or a citizen acts in other
    places than those they come from."""
    strangers = () if role == "responsible" else ("party", "private")
    if country in around.subject or country == around.sole:
        return True
    if is_mostly_on(country, around) and not any(c.kind in (*strangers, "people") for c in mine):
        return True
    return any(
        clue.country == country and clue.kind not in strangers
        for clue in (*around.title, *_without_strangers(around.before))
    )


def only_speaks(country: str, mine: Sequence[Clue], around: Surroundings) -> bool:
    """Whether sentence and title alike name the country as one that speaks: "Germany says"."""
    return bool(mine) and _is_silent_else(country, mine, around)


def only_reacts(country: str, mine: Sequence[Clue], around: Surroundings) -> bool:
    """Whether the title names the country as one that speaks of another or answers what that does
    ("US halts sales to"), and the sentence does not say otherwise."""
    others = any(c.manner != "speaks" and c.country for c in around.title)
    return others and _is_silent_else(country, mine, around)


def _is_silent_else(country: str, mine: Sequence[Clue], around: Surroundings) -> bool:
    """Whether the title names the country, and title and sentence only as one that speaks."""
    titled = [c for c in around.title if c.country == country]
    return bool(titled) and all(c.manner == "speaks" for c in (*mine, *titled))


def is_only_citizen(
    country: str, role: Role, act: Act, clues: Sequence[Clue], around: Surroundings
) -> bool:
    """Whether sentence and title name the country for one of its people only, to whom something
    happens elsewhere: by an armed group, under the name of another town, or in a document that
    names another country more often."""
    by_others = act.actor in ("non-state", "private")
    silent = ACTORS | {"politics"} if role == "location" and by_others else {"own"}
    titled = [c for c in around.title if c.country == country]
    named = [*titled, *(c for c in clues if c.country == country)]
    if any(c.kind != "private" and c.kind not in silent for c in named):
        return False
    if not any(c.kind == "private" for c in named) or not all(map(is_of_people, titled)):
        return False
    elsewhere = any(
        c.kind in ("dateline", *PLACED) and c.country != country for c in (*clues, *around.before)
    )
    most = max(around.shares, key=lambda code: around.shares[code], default=country)
    return by_others or elsewhere or most != country


def is_of_people(clue: Clue) -> bool:
    """Whether the words of a clue are of a people, not the name of its country."""
    return clue.words in ADJECTIVES or any(p.kind == "demonym" for p in find_places(clue.words))


def _without_strangers(before: Sequence[Clue]) -> list[Clue]:
    """The clues, but those for people of one country in a sentence placed in others only."""
    placed = {c.country for c in before if c.kind in PLACED}
    return [
        c for c in before
        if not placed or c.country in placed or c.kind not in ("people", "private")
    ]  # fmt: skip


def turned_away(country: str, around: Surroundings) -> bool:
    """Whether the sentence before speaks of other countries only."""
    before = {c.country for c in around.before if c.country and c.kind != "private"}
    return bool(before) and country not in before
