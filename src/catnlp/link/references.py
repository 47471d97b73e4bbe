"""Words that mean a state without naming it: "the government", "its forces", "both countries"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from catnlp.link.evidence import OPENING, PLACED, Clue, is_place, manner_of
from catnlp.link.patterns import either
from catnlp.resources import read_toml

WHERE = re.compile(r"(?:’s|'s)?,?\swhere\b[^;]*$")
NAMED = re.compile(r"[A-ZÀ-Þ][\w’-]*\s$")
OF = re.compile(r"\s(?:of|in|from)\s(?:the\s)?")


def read_references(
    text: str, clues: Sequence[Clue], home: str, pair: Sequence[str], reported: str = ""
) -> Iterator[Clue]:
    """Words for the state that the text is about ("the government", "police"), as clues for
    `home`, in a report on `reported` "the government" always; "its forces" for the state named
    before; "the two countries" for the `pair`."""
    both = list(_patterns()["both"].finditer(text)) if len(pair) == 2 else []
    for match in both:
        where = is_place(text, match.start())
        for country in pair:
            yield Clue(country, *match.span(), "in" if where else "own", match[0])
    for match in _patterns()["own"].finditer(text):
        if match[0].lower().startswith("regime") and NAMED.search(text[: match.start()]):
            continue  # "the Kim regime"
        if any(OF.fullmatch(text, match.end(), clue.start) for clue in clues):
            continue  # "the government of Egypt" names its state
        if any(c.kind == "international" and c.start <= match.start() < c.end for c in clues):
            continue  # "KFOR soldiers"
        central = reported and match[0].lower() in _words()["own"]["central"]
        country = _where_clause(text, clues, match.start(), opening=not central) or home
        if match[0].lower().startswith(("its", "their")):
            before = [c for c in clues if c.end <= match.start() and c.country]
            speaking = [c for c in before if c.acts or c.kind in ("politics", "named")]
            country = speaking[-1].country if speaking else home
        if country:
            yield Clue(country, *match.span(), "own", match[0], manner_of(text, *match.span()))


def _where_clause(text: str, clues: Sequence[Clue], start: int, *, opening: bool) -> str:
    """The place that the words stand under: "in Australia, where the government", or first in
    the sentence, where its `opening` counts: "In Australia, the government"."""
    for clue in reversed([c for c in clues if c.country and c.end <= start]):
        if WHERE.match(text, clue.end, start) or (
            opening and clue.kind in PLACED and OPENING.match(text[: clue.start])
        ):
            return clue.country
    return ""


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return read_toml("catnlp.link", "cues.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    own = _words()["own"]
    return {
        "both": re.compile(rf"\b(?:{either(_words()['both']['words'])})\b", re.I),
        "own": re.compile(
            rf"(?<![\w’-])(?:{either(own['words'])})\b(?!\s(?:{either(own['nothing'])})\b)", re.I
        ),
    }
