"""Dates of events in sentences."""

import pytest

from catnlp.domain import EventDate
from catnlp.sales.when import When, happened


@pytest.mark.parametrize(
    ("sentence", "title", "published", "found"),
    [
        ("On May 3, 2021, police beat him.", "", "2022", When("2021-05-03", "sentence")),
        ("In 2020 and 2021 police beat him.", "", "2022", When("2021", "sentence")),
        ("Police beat him.", "Report on 2021", "2022-04", When("2021", "title")),
        ("Police beat him.", "Report", "2022-04", When("2022-04", "publication")),
        ("Police beat him.", "Report", "", None),
        ("He was held under the 1959 Nationality Law.", "2023 report", "", When("2023", "title")),
        ("He was held under Law No. 31 of 1970.", "2023 report", "", When("2023", "title")),
        ("Groups registered after 2003 were banned.", "2023 report", "", When("2023", "title")),
        ("Room 2021/3 was empty.", "", "", None),
    ],
)
def test_happened(sentence: str, title: str, published: str, found: When | None) -> None:
    assert happened(sentence, title, published) == found


def test_happened_takes_the_day_that_was_found() -> None:
    event = EventDate("m", "2022-03", "2022-03", "month", "In March")
    assert happened("In March police beat him.", "2022 report", "", event) == When(
        "2022-03", "sentence"
    )


def test_year_is_a_place_on_an_axis() -> None:
    assert When("2023", "").year == 2023.5
    assert 2023 < When("2023-02-23", "").year < 2023.2
