"""Genre, publisher, date and subject countries, by rules kept in `metadata.toml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from catnlp.extract.dates import first_full_date, first_month
from catnlp.extract.draft import Draft, DraftBlock
from catnlp.resources import read_toml

OPENING_CHARS = 3000
DATE_CHARS = 1500
TABLE_TYPES = frozenset({"text/csv", "application/x-ndjson", "application/json"})
FIELDS = ("title", "publisher", "url", "opening")
URL_WORDS = re.compile(r"[a-z]{3,}(?:-[a-z]+)*", re.I)
ALONE = frozenset({"heading", "paragraph"})  # blocks; countries in lists and tables are no chapters
CHAPTERS = 3  # on different countries, for a title that is only that of one of them
FIRST_BLOCKS, NAME_CHARS = 30, 60  # where a country's name may stand alone
DATE_LABEL = re.compile(
    r"(?:updated|published|date|issued|released|distr\.?:?\s*(?:general|limited))\W{0,3}", re.I
)


@dataclass(frozen=True)
class Rule:
    """A name that a document gets when all patterns are found in its fields."""

    name: str
    patterns: Mapping[str, re.Pattern[str]]

    def fits(self, fields: Mapping[str, str]) -> bool:
        return all(pattern.search(fields[name]) for name, pattern in self.patterns.items())


@dataclass(frozen=True)
class Rules:
    genres: tuple[Rule, ...]
    publishers: tuple[Rule, ...]
    mastheads: re.Pattern[str]
    reviews: re.Pattern[str]  # titles of reports on one country, which others speak in
    homes: tuple[tuple[re.Pattern[str], str], ...]  # publishers and the state they are of


@dataclass(frozen=True, slots=True)
class Metadata:
    genre: str
    publisher: str
    published: str
    subject_countries: tuple[str, ...]


def read_metadata(draft: Draft, media_type: str) -> Metadata:
    """What the file states, completed from its title, address and first words."""
    opening = f"{draft.margin}\n{_opening(draft.blocks)}"
    fields = {"title": draft.title, "url": draft.url, "opening": opening}
    publisher = draft.publisher or _first(rules().publishers, {**fields, "publisher": ""})
    genre = _first(rules().genres, {**fields, "publisher": publisher})
    if not genre:
        genre = "news" if media_type in TABLE_TYPES else "other"
    return Metadata(
        genre=genre,
        publisher=publisher,
        published=draft.published or _stated_date(draft),
        subject_countries=subject_countries(draft, publisher),
    )


def subject_countries(draft: Draft, publisher: str) -> tuple[str, ...]:
    """Countries named in the title, else in the address, else alone among the first blocks: not
    where chapters on other countries follow, though the title may be that of the first."""
    named = _countries(draft.title) or _countries(" / ".join(_address_words(draft.url)))
    if is_review(draft.title):
        return named[:1] or _country_alone(draft.blocks)
    if len(named) == 1:
        chapters = set(_alone(draft.blocks).values())
        if len(chapters) >= CHAPTERS and named in chapters:
            return ()
    if named:
        homes = {country for pattern, country in rules().homes if pattern.search(publisher)}
        return tuple(code for code in named if code not in homes) or named
    return _country_alone(draft.blocks)


def is_review(title: str) -> bool:
    """The title of a report on one state in which others speak of it."""
    return rules().reviews.search(title) is not None


def is_masthead(text: str) -> bool:
    """A line above the title that says who publishes, not what."""
    return rules().mastheads.fullmatch(text.strip(" *")) is not None


@cache
def rules() -> Rules:
    tables = read_toml("catnlp.extract", "metadata.toml")
    return Rules(
        genres=_rules(tables["genre"]),
        publishers=_rules(tables["publisher"]),
        mastheads=re.compile("|".join(f"(?:{line})" for line in tables["mastheads"]), re.I),
        reviews=re.compile(tables["reviews"], re.I),
        homes=tuple(
            (re.compile(entry["publisher"], re.I), entry["country"]) for entry in tables["home"]
        ),
    )


def _rules(entries: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            entry["name"],
            {name: re.compile(entry[name], re.I | re.S) for name in FIELDS if name in entry},
        )
        for entry in entries
    )


def _first(found: Sequence[Rule], fields: Mapping[str, str]) -> str:
    return next((rule.name for rule in found if rule.fits(fields)), "")


def _opening(blocks: Sequence[DraftBlock]) -> str:
    parts: list[str] = []
    length = 0
    for block in blocks:
        parts.append(block.text)
        length += len(block.text) + 1
        if length > OPENING_CHARS:
            break
    return "\n".join(parts)[:OPENING_CHARS]


def _stated_date(draft: Draft) -> str:
    """A date by itself or behind a label, near the beginning; the year of a report's title."""
    length = 0
    for block in draft.blocks:
        length += len(block.text)
        if length > DATE_CHARS or block.page > 1:
            break
        label = DATE_LABEL.match(block.text)
        if label or len(block.text) < 40:
            rest = block.text[label.end() if label else 0 :][:60]
            stated = first_full_date(rest) or first_month(rest)
            if stated:
                return stated
    return ""


def _address_words(url: str) -> list[str]:
    """Steps of an address as words, the last first; the host is no subject."""
    path = re.sub(r"\A\w+://[^/]*", "", url)
    return [
        word.replace("-", " ").title() for step in reversed(path.split("/"))
        for word in URL_WORDS.findall(step)
    ]  # fmt: skip


def _countries(text: str) -> tuple[str, ...]:
    """Codes of the countries named, in the order of the text."""
    if not text:
        return ()
    from catnlp.gazetteer import find_places

    places = [place for place in find_places(text) if place.kind == "country"]
    return tuple(dict.fromkeys(place.code for place in places))


def _alone(blocks: Sequence[DraftBlock]) -> dict[str, tuple[str, ...]]:
    """Blocks that are the name of a country, with the codes of those that have the name."""
    from catnlp.gazetteer import chapter_countries

    return chapter_countries(
        block.text for block in blocks if block.kind in ALONE and len(block.text) <= NAME_CHARS
    )


def _country_alone(blocks: Sequence[DraftBlock]) -> tuple[str, ...]:
    """The only country whose name is the whole text of a block, which is one of the first."""
    found = _alone(blocks)
    first = next((found[b.text] for b in blocks[:FIRST_BLOCKS] if b.text in found), ())
    return first if len(first) == 1 and len(set(found.values())) == 1 else ()
