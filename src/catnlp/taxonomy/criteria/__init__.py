"""Legal and policy criteria, and which evidence bears on which of them: as data.

A bearing says that a mention belongs to a QUESTION which a reviewer has to answer. It never
answers it, and nothing here adds anything up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from catnlp.errors import CatnlpError
from catnlp.resources import read_toml
from catnlp.taxonomy.criteria.checks import check

ABROAD, UNIT = "abroad", "unit"  # cues that the linker gives


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, treaty or policy with its source and date."""

    id: str
    label: str
    date: str  # of adoption
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of an instrument; `unreached` says why no evidence of ours bears on it."""

    id: str
    instrument: str
    article: str
    question: str
    summary: str
    unreached: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the crosswalk: evidence that fits all its parts bears on its criteria."""

    criteria: tuple[str, ...]
    categories: tuple[str, ...]
    why: str
    statuses: tuple[str, ...] = ("affirmed", "alleged", "negated")
    actors: tuple[str, ...] = ("state", "state-aligned")
    roles: tuple[str, ...] = ("responsible",)
    cues: tuple[str, ...] = ()

    def fits(self, finding: "Finding") -> bool:
        return (
            finding.category in self.categories
            and finding.status in self.statuses
            and finding.actor in self.actors
            and finding.role in self.roles
            and finding.cues.issuperset(self.cues)
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """What in a sentence or a heading narrows a rule."""

    id: str
    text: re.Pattern[str] | None = None
    section: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the crosswalk looks at in a mention and the country it is linked to."""

    category: str
    status: str
    actor: str
    role: str
    cues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bearing:
    """A criterion on which a finding bears, and why."""

    criterion: str
    why: str


@dataclass(frozen=True)
class Criteria:
    """All of it, in the order in which people read it."""

    instruments: tuple[Instrument, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    cues: tuple[Cue, ...]

    def bearings(self, finding: Finding) -> list[Bearing]:
        """The criteria on which a finding bears, each once, in the order of the table."""
        why: dict[str, str] = {}
        for rule in self.rules:
            if rule.fits(finding):
                for criterion in rule.criteria:
                    why.setdefault(criterion, rule.why)
        return [Bearing(c.id, why[c.id]) for c in self.criteria if c.id in why]

    def cues_of(self, text: str, section: Sequence[str]) -> frozenset[str]:
        """The cues that a sentence and the headings above it give."""
        headings = " > ".join(section)
        return frozenset(
            cue.id
            for cue in self.cues
            if (cue.text and cue.text.search(text))
            or (cue.section and cue.section.search(headings))
        )


@cache
def criteria() -> Criteria:
    """The criteria that ship with the package."""
    names = ("instruments", "criteria", "crosswalk", "cues")
    return parse({name: read_toml("catnlp.taxonomy.criteria", f"{name}.toml") for name in names})


def parse(data: dict[str, dict[str, Any]]) -> Criteria:
    """Checked criteria; CatnlpError names the file, what was found and what is allowed."""
    check(data)
    return Criteria(
        instruments=tuple(Instrument(**row) for row in data["instruments"]["instrument"]),
        criteria=tuple(Criterion(**row) for row in data["criteria"]["criterion"]),
        rules=tuple(_rule(row) for row in data["crosswalk"]["rule"]),
        cues=tuple(
            Cue(row["id"], _pattern(row, "text"), _pattern(row, "section"))
            for row in data["cues"]["cue"]
        ),
    )


def _rule(row: dict[str, Any]) -> Rule:
    listed = {key: tuple(value) for key, value in row.items() if key != "why"}
    return Rule(why=row["why"], **listed)


def _pattern(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
    """All patterns of a cue as one; CatnlpError names the one that is wrong."""
    patterns = row.get(key, ())
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise CatnlpError(
                f"cues.toml: {row['id']}: {pattern!r} is no regular expression ({error})"
            ) from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
