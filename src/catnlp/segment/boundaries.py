"""Where sentences must and must not begin, beside what the statistical splitter says."""

import re
from collections.abc import Iterator

from catnlp.extract.dates import MONTH_NAMES, WEEKDAY

LINE_BREAK = re.compile(r"\n+")
# A full stop after these is no end: cross references, numbered paragraphs, ranks, Latin.
NO_END = re.compile(
    r"(?:\b(?:[Ss]ections?|[Aa]rticles?|[Aa]rts?|[Pp]aras?|[Nn]os?|[Pp]p?|[Cc]f|[Vv]s?|[Ff]ig|"
    r"[Cc]ol|[Ll]t|[Gg]en|[Mm]aj|[Bb]rig|[Cc]apt|[Ss]gt|[Ii]nsp|[Aa]dm|[Hh]on|[Dd]r|[Mm]rs?|"
    r"[Mm]s|[Pp]rof|[Ss]en|[Rr]ep|[Gg]ov|[Ss]t|[Ee]tc|[Vv]ols?|Fed|Cir|App|Supp|Kft)\.\s+"
    r"|\b(?:Figure|Table|Box)\s\d+\.\s+"
    r"|\b(?:[Ss]ections?|[Aa]rticles?|[Pp]aras?\.?|[Pp]aragraphs?)\s+\d+\.(?:[a-z]\.?)?[,)]?\s+"
    r"|\b(?:i\.e|e\.g|U\.S|U\.N|U\.K|viz|et al)\.,?\s+)(?=\S)"
)


GOES_ON = (
    re.compile(r"[\[(]\s*(?=\S)"),
    re.compile(r"(?<![.!?…:;”\"])\)[ \u00a0]+(?=\w)"),  # "the Repeal (DADT) Act"
    re.compile(r"[.!?][”’\"')\]]+[ \u00a0]+(?=[a-z])"),  # "“shame on you!” and left"
    re.compile(r"[\w,][ \u00a0]+(?=[a-z\[(])"),
    re.compile(r"(?:^|(?<=\n))[⁰¹²³⁴-⁹]+\s+(?=\S)"),  # a note behind its number
    re.compile(r"\w(?=-\w)|(?<=\w)-(?=\w)"),  # "Anti-corruption groups"
    re.compile(r"\.[ \u00a0](?=\.)|(?<=\.[ \u00a0])\.[ \u00a0]+(?=[a-z,])"),  # ". . ."
)
NOTE_MARKS = re.compile(r"[.!?][”’\")]*[⁰¹²³⁴-⁹\s]*[⁰¹²³⁴-⁹]\s+(?=[A-Z“])")
SHORT_FORM_ENDS = re.compile(r"\b[A-Z]{2,}/[A-Z]\.[ \u00a0]+(?=[A-Z])")  # "forms of FGM/C."
DATE_ENDS = re.compile(rf"\b(?:{MONTH_NAMES})\s\d{{1,2}}(?:,\s\d{{4}})?\.[ \u00a0]+(?=[A-Z“])")
TIME_ENDS = re.compile(
    rf"\d\s?[ap]\.m\.[ \u00a0]+(?!{WEEKDAY}|{MONTH_NAMES}|Eastern|Central|Pacific|Greenwich)"
    r"(?=[A-Z][a-z])"
)


def forced_starts(text: str) -> Iterator[int]:
    """Offsets right after a line break (a new block), and after a stop with a raised note mark or
    of a short form, a date or a time of day."""
    for pattern in (LINE_BREAK, NOTE_MARKS, SHORT_FORM_ENDS, DATE_ENDS, TIME_ENDS):
        for match in pattern.finditer(text):
            yield match.end()


def forbidden_starts(text: str) -> Iterator[int]:
    """Offsets after an abbreviation, a cross reference, an opening bracket, and where a sentence
    plainly goes on."""
    for pattern in GOES_ON:
        for match in pattern.finditer(text):
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
