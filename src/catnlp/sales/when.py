"""When what a mention speaks of happened, as far as the text says."""

import re
from dataclasses import dataclass

from catnlp.domain import EventDate
from catnlp.extract.dates import first_full_date, first_month

YEAR = re.compile(r"(?<![\d/-])(?:19[5-9]|20[0-4])\d(?![\d-]|/\d)")

LAW = "law|act|constitution|decree|convention|code|treaty|covenant|protocol|resolution|agreement"
OF_A_LAW = re.compile(
    rf"\b\d{{4}}\s+(?:[\w’-]+\s+){{0,4}}?(?:{LAW})\b"
    rf"|\b(?:{LAW}|no\.?|number)\s+(?:[\w./-]+\s+){{0,3}}?(?:of|/)\s*\d{{4}}\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"\b(?:since|after|from|until|before)\s+(?:\w+\s+)?\d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as known (2023, 2023-04, 2023-04-12), and what says it."""

    date: str
    said_by: str  # sentence, title, publication

    @property
    def year(self) -> float:
        """As a number: 2023-07 is 2023.5; a year alone stands in its middle."""
        parts = [int(part) for part in self.date.split("-")]
        if len(parts) == 1:
            return parts[0] + 0.5
        return parts[0] + (parts[1] - 1) / 12 + ((parts[2] - 1) / 365 if len(parts) > 2 else 0.04)


def happened(
    sentence: str, title: str, published: str, event: EventDate | None = None
) -> When | None:
    """The day or month that was found for the mention; else the date in the sentence, the year
    that the title covers, the publication.

    The year of a law is not that of an event, and "since 2003" goes on to the time of the text.
    """
    if event and event.precision in ("day", "month") and (event.until or event.since):
        return When(event.until or event.since, "sentence")
    told = OF_A_LAW.sub("", sentence)
    years = YEAR.findall(told)
    if years and not (GOES_ON.search(told) and len(set(years)) == 1):
        exact = first_full_date(told) or first_month(told)
        return When(exact or max(years), "sentence")
    covered = set(YEAR.findall(title))
    if len(covered) == 1:
        return When(covered.pop(), "title")
    if re.match(r"\d{4}", published):
        return When(published, "publication")
    return None
