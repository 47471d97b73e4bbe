"""Services of a state in a text."""

import pytest

from catnlp.sales.services import acting_services, services_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("support for the Royal Saudi Air Force’s F-15 fleet", ("air force",)),
        ("Saudi Arabia will absorb these articles into its navy", ("navy",)),
        ("a review by the U.S. Army and the U.S. Air Force", ()),
        ("Military Department: Army (SR-B-AAA)", ()),
        ("vehicles for the Kuwaiti army", ()),
    ],
)
def test_services_of_gives_those_of_the_state(text: str, found: tuple[str, ...]) -> None:
    assert services_of(text, "SAU") == found


def test_acting_services_stand_before_the_abuse_or_after_by() -> None:
    text = "In 2021 the Saudi air force hit a bus."
    assert acting_services(text, "SAU", text.index("hit")) == ("air force",)
    text = "A bus was hit by the air force."
    assert acting_services(text, "SAU", text.index("hit")) == ("air force",)
    text = "Rebels hit a bus that the air force had left."
    assert acting_services(text, "SAU", text.index("hit")) == ()
    text = "The Emirati air force hit a bus."
    assert acting_services(text, "SAU", text.index("hit")) == ()
