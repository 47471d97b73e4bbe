"""Where a text says that weapons were used, diverted or found, and whose make they were."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from catnlp.domain import Mention
from catnlp.gazetteer import find_places
from catnlp.resources import read_toml
from catnlp.sales.weapons import Weapon, find_weapons

MARK = {"W": "\ue000", "S": "\ue001"}
NEAR = 90  # characters around a weapon in which its maker is named


@dataclass(frozen=True, slots=True)
class Use:
    """A weapon that is used, with the words that say so, and the state it is said to be from."""

    weapon: Weapon
    how: str  # use, diversion, find; act where the weapon is one ("air strikes")
    verb: str
    supplier: str

    def told(self, origin: str = "") -> str:
        """What the text tells, for a reader: "the use of M4 rifles (“shot dead”)"."""
        name = f"{self.weapon.text} from {origin}" if origin else self.weapon.text
        return name if self.how == "act" else f"the {self.how} of {name} (“{self.verb}”)"


def uses(quote: str, mention: Mention) -> Iterator[Use]:
    """The uses of weapons in a sentence; the trigger itself may be the act ("air strikes")."""
    for weapon in find_weapons(quote):
        if weapon.how == "act":
            if _is_act(weapon, quote, mention):
                yield Use(weapon, "act", "", _supplier(weapon, quote))
        elif verb := _verb(weapon, quote):
            how = next((h for h, words in _kinds() if words.search(verb)), "use")
            yield Use(weapon, how, verb, _supplier(weapon, quote))


def _is_act(weapon: Weapon, quote: str, mention: Mention) -> bool:
    """An act counts where the mention's own words are part of its clause."""
    at = quote.find(mention.trigger)
    apart = quote[min(at, weapon.start) : max(at, weapon.end)]
    return at >= 0 and not re.search(r"[;:]|\.\s", apart) and len(apart) < 160


def _verb(weapon: Weapon, quote: str) -> str:
    masked = _masked(quote, weapon)
    for pattern in _patterns("before", "with", "after"):
        for match in pattern.finditer(masked):
            lead = masked[max(0, match.start() - 40) : match.start()]
            if not _not_used().search(lead.rsplit(",", 1)[-1] + match[0]):
                return match["verb"].lower()
    return ""


def _masked(quote: str, weapon: Weapon) -> str:
    return quote[: weapon.start] + MARK["W"] * (weapon.end - weapon.start) + quote[weapon.end :]


def _supplier(weapon: Weapon, quote: str) -> str:
    start, end = max(0, weapon.start - NEAR), weapon.end + NEAR
    window = quote[start:end]
    goods = _masked(quote, weapon)[start:end]
    for place in find_places(window):
        if place.kind not in ("country", "demonym"):
            continue
        marked = goods[: place.start] + MARK["S"] * len(place.text) + goods[place.end :]
        if any(pattern.search(marked) for pattern in _patterns("supplier")):
            return place.code
    return ""


@cache
def _patterns(*names: str) -> Sequence[re.Pattern[str]]:
    data = read_toml("catnlp.sales", "use.toml")
    return [
        re.compile(re.sub(r"\b([WS])\b", lambda m: MARK[m[1]] + "+", text), re.IGNORECASE)
        for name in names
        for text in data[name]
    ]


@cache
def _kinds() -> Sequence[tuple[str, re.Pattern[str]]]:
    data = read_toml("catnlp.sales", "use.toml")
    return [
        (how, re.compile(rf"\b(?:{'|'.join(words)})\b", re.I)) for how, words in data["how"].items()
    ]


@cache
def _not_used() -> re.Pattern[str]:
    data = read_toml("catnlp.sales", "use.toml")
    return re.compile("|".join(data["not_used"]), re.IGNORECASE)
