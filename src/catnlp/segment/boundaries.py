"""Where sentences must and must not begin, beside what the statistical splitter says."""

import re
from collections.abc import Iterator

LINE_BREAK = re.compile(r"\n+")
# A full stop after these is no end: cross references, numbered paragraphs, ranks, Latin.
NO_END = re.compile(
    r"(?:\b(?:[Ss]ections?|[Aa]rticles?|[Aa]rts?|[Pp]aras?|[Nn]os?|[Pp]p?|[Cc]f|[Vv]s?|[Ff]ig|"
    r"[Cc]ol|[Ll]t|[Gg]en|[Mm]aj|[Bb]rig|[Cc]apt|[Ss]gt|[Ii]nsp|[Aa]dm|[Hh]on|[Dd]r|[Mm]rs?|"
    r"[Mm]s|[Pp]rof|[Ss]en|[Rr]ep|[Gg]ov|[Ss]t|[Ee]tc)\.\s+"
    r"|\b(?:[Ss]ections?|[Aa]rticles?|[Pp]aras?\.?|[Pp]aragraphs?)\s+\d+\.(?:[a-z]\.?)?[,)]?\s+"
    r"|\b(?:i\.e|e\.g|U\.S|U\.N|U\.K|viz|et al)\.,?\s+)(?=\S)"
)


INSIDE_BRACKETS = re.compile(r"[\[(]\s*(?=\S)")
NOTE_MARKS = re.compile(r"[.!?][”’\")]*[⁰¹²³⁴-⁹\s]*[⁰¹²³⁴-⁹]\s+(?=[A-Z“])")


def forced_starts(text: str) -> Iterator[int]:
    """Offsets right after a line break (a new block), and after a stop with a raised note mark."""
    for pattern in (LINE_BREAK, NOTE_MARKS):
        for match in pattern.finditer(text):
            yield match.end()


def forbidden_starts(text: str) -> Iterator[int]:
    """Offsets after an abbreviation, a cross reference or an opening bracket."""
    for match in INSIDE_BRACKETS.finditer(text):
        yield match.end()
    for match in NO_END.finditer(text):
        following = text[match.end()]
        before = match[0].rstrip()
        if (
            following.islower()
            or following.isdigit()
            or not before.lower().startswith(
                ("etc", "u.s", "u.n", "u.k", "section", "article", "para")
            )
        ):
            yield match.end()
