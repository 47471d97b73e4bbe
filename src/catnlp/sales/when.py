"""When what a mention speaks of happened, as far as the text says."""

import re
from dataclasses import dataclass

from catnlp.extract.dates import first_full_date, first_month

YEAR = re.compile(r"(?<![\d/-])(?:19[5-9]|20[0-4])\d(?![\d-]|/\d)")


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


def happened(sentence: str, title: str, published: str) -> When | None:
    """The date in the sentence, else the year that the title covers, else the publication."""
    years = YEAR.findall(sentence)
    if years:
        exact = first_full_date(sentence) or first_month(sentence)
        return When(exact or max(years), "sentence")
    covered = set(YEAR.findall(title))
    if len(covered) == 1:
        return When(covered.pop(), "title")
    if re.match(r"\d{4}", published):
        return When(published, "publication")
    return None
