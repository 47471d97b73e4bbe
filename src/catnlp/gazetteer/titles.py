"""Which countries a title names, however its words were shortened to make an address of them."""

import difflib
import re
from functools import cache

from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.places import find_places
from catnlp.gazetteer.towns import without_accents

WORD = re.compile(r"[a-z0-9]+")
REPORT = re.compile(
    r"(?:Human Rights Practices|Freedom in the World \d{4}|recommendations to)[: ]+"
)
BARE_POSSESSIVE = re.compile(r"(?<=[a-rt-z])s\b(?! *[a-z])")  # "Mexicos Disappeared"
LEFTOVER = re.compile(r"__\w+$")  # "Ghana__trashed"
LIKENESS = 0.85  # of a misspelt country ("Uraguay") in the title of a report on it
LONGEST = 7  # words of a name


def title_countries(title: str) -> tuple[str, ...]:
    """Codes in the order of the title; countries before peoples, cities and regions."""
    named = find_places(title)
    ordered = [p.code for p in named if p.kind == "country"]
    codes = ordered or _folded(title) or [p.code for p in named]
    return tuple(dict.fromkeys(codes))


def _folded(title: str) -> list[str]:
    """Names without case, accents and hyphens: "timor leste", "Democratic Peoples Republic"."""
    report = REPORT.search(title)
    lower = title == title.lower()
    if not (report or lower or title == title.title()):
        possessive = BARE_POSSESSIVE.sub("’s", title)
        return [p.code for p in find_places(possessive) if p.kind == "country"]
    tail = LEFTOVER.sub("", title[report.end() :] if report else title)
    words = WORD.findall(without_accents(tail).lower())
    codes, start = [], 0
    while start < len(words):
        for length in range(min(LONGEST, len(words) - start), 0, -1):
            code = folded_names().get("".join(words[start : start + length]))
            if code:
                codes.append(code)
                start += length
                break
        else:
            start += 1
    if not codes and report:
        close = difflib.get_close_matches("".join(words), folded_names(), n=1, cutoff=LIKENESS)
        codes = [folded_names()[name] for name in close]
    return codes


def folded(name: str) -> str:
    """The letters of a name without case, accents, hyphens and spaces."""
    return "".join(WORD.findall(without_accents(name).lower().replace("’", "").replace("'", "")))


@cache
def folded_names() -> dict[str, str]:
    """Codes by folded name. Abbreviations are left out: lower case, they are other words."""
    return {
        folded(name): country.code
        for country in countries().values()
        for name in (country.name, *country.aliases)
        if name.upper() != name
    }
