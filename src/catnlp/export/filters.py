"""What is exported: filters over flags, and the ids that an earlier export already has."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from catnlp.domain import Flag
from catnlp.errors import InputError
from catnlp.store import NO_COUNTRY


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty tuple or text lets everything through."""

    countries: tuple[str, ...] = ()  # NO_COUNTRY: flags without one
    categories: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()  # ids, or the instrument before the point
    sources: tuple[str, ...] = ()  # in publisher, title or address, in any case
    since: str = ""  # ISO date of publication, as precise as wanted
    until: str = ""
    min_score: float = 0.0
    known: frozenset[str] = frozenset()  # ids that are left out

    @property
    def dated(self) -> bool:
        return bool(self.since or self.until)

    def lets_through(self, flag: Flag) -> bool:
        return (
            all(
                not allowed or value in allowed
                for allowed, value in (
                    (self.countries, flag.country or NO_COUNTRY),
                    (self.categories, flag.category),
                    (self.statuses, flag.status),
                    (self.actors, flag.actor),
                    (self.roles, flag.role),
                )
            )
            and flag.score >= self.min_score
            and flag.id not in self.known
            and self._bears(flag)
            and self._from_source(flag)
            and self._in_time(flag.published)
        )

    def _bears(self, flag: Flag) -> bool:
        return not self.criteria or any(
            held == wanted or held.startswith(f"{wanted}.")
            for held in flag.criteria
            for wanted in self.criteria
        )

    def _from_source(self, flag: Flag) -> bool:
        named = "\n".join((flag.publisher, flag.document_title, flag.uri, flag.url)).casefold()
        return not self.sources or any(source.casefold() in named for source in self.sources)

    def _in_time(self, published: str) -> bool:
        """A date that is only a year or month counts where any day of it does."""
        return not (
            (self.since and published < self.since[: len(published)])
            or (self.until and published[: len(self.until)] > self.until)
        )


EVERYTHING = Filters()


def known_ids(path: Path) -> frozenset[str]:
    """The ids of flags in an earlier JSONL or CSV export; InputError where there are none."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        if text.startswith("{"):
            found = {json.loads(line)["id"] for line in text.splitlines() if line.strip()}
        else:
            found = {row["id"] for row in csv.DictReader(text.splitlines())}
    except (KeyError, json.JSONDecodeError) as error:
        raise InputError(
            f"{path}: no `id` of flags in it ({error}); give an earlier export as jsonl or csv"
        ) from error
    return frozenset(found)
