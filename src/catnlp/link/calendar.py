"""What a document says of its own time."""

import re
from dataclasses import dataclass

TITLE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The year that a report covers, empty where it is none, and the day of publication."""

    year: str
    published: str

    @property
    def end(self) -> str:
        return f"{self.year}-12-31" if self.year else self.published

    def year_of(self, parts: str) -> str:
        """The year of a month or day without one ("03", "03-15"): the report's, else the last
        before publication."""
        if self.year:
            return self.year
        if len(self.published) < 7:
            return ""
        year = int(self.published[:4])
        later = parts > self.published[5 : 5 + len(parts)]
        return str(year - 1 if later else year)


def calendar(title: str, genre: str, published: str) -> Calendar:
    """A country report covers the year of its title, where it names one."""
    years = set(TITLE_YEAR.findall(title))
    is_report = genre == "country-report" or "Human Rights Practices" in title
    return Calendar(years.pop() if is_report and len(years) == 1 else "", published)
