import pytest

from catnlp.summarize.strength import strength, strongest
from tests.summarize.quotes import evidence

DATED = "On May 3, 2023, police of the Third Brigade shot 12 detainees in the yard of the prison."
VAGUE = "There was some violence by some persons in some places over the course of time."
LIST = (
    "Significant human rights issues included killings, torture by police, and 12 detainees shot."
)
POINTER = "See the Department of Labor’s Findings of May 3, 2023 on 12 detainees in Kara prison."


@pytest.mark.parametrize(
    ("stronger", "weaker"), [(DATED, VAGUE), (DATED, LIST), (VAGUE, LIST), (VAGUE, POINTER)]
)
def test_strength_prefers_the_specific(stronger: str, weaker: str) -> None:
    (first,), (second,) = evidence(stronger), evidence(weaker)
    assert strength(first) > strength(second)


def test_strength_prefers_affirmed_to_alleged() -> None:
    assert strength(evidence(DATED)[0]) > strength(evidence(DATED, status="alleged")[0])


def test_strongest_says_the_same_words_once_and_names_the_other() -> None:
    found = [*evidence(DATED, VAGUE), *evidence(DATED + " ", name="b")]
    first, second = strongest(found, 5)
    assert first.quote.strip() == DATED
    assert first.also_in == ("Report b",)
    assert second.quote == VAGUE


def test_strongest_spreads_over_documents() -> None:
    many = evidence(DATED, VAGUE, "Police of the city took bribes from drivers on four roads.")
    assert len(strongest(many, 5)) == 3
    assert len(strongest(many, 5, per_document=1)) == 1
    assert len(strongest(many, 2)) == 2


def test_strongest_prefers_another_document_to_a_slightly_stronger_quote() -> None:
    one = evidence(
        "On May 3, 2023, police of the Third Brigade shot 12 detainees in Kara.",
        "On June 9, 2023, soldiers of a brigade burned the huts of 30 villagers.",
    )
    other = evidence("In May, guards beat 12 detainees of the prison.", name="b", title="R 2021")
    assert {e.mention.document_id for e in strongest([*one, *other], 2)} == {"a", "b"}
