from dataclasses import replace

import pytest

from catnlp.domain import Evidence
from catnlp.summarize.doubt import assessed, other_states
from tests.summarize.quotes import evidence


@pytest.mark.parametrize(
    ("quote", "states"),
    [
        ("Soldiers of Ghana burned the huts of thirty villagers.", ("Ghana",)),
        ("Soldiers of Togo and Ghana burned the huts of thirty villagers.", ()),
        ("Soldiers burned the huts of thirty villagers.", ()),
        ("Soldiers of Ghana burned huts near Lomé.", ("Ghana",)),
        ("Soldiers burned the huts of thirty villagers near Accra.", ()),
        ("A panel on Togo wrote that Ghana’s armed forces burned thirty huts.", ("Ghana",)),
        ("A panel on Ghana wrote that Togo’s armed forces burned thirty huts.", ()),
        ("A panel wrote that Ghanaian and Togolese soldiers burned thirty huts.", ()),
    ],
)
def test_other_states(quote: str, states: tuple[str, ...]) -> None:
    assert other_states(evidence(quote)[0], "TGO") == states


@pytest.mark.parametrize(
    ("changes", "link", "why"),
    [
        ({}, 0.95, ()),
        ({"status_score": 0.6}, 0.95, ("whether it is affirmed or alleged is unclear",)),
        ({"actor_score": 0.7}, 0.95, ("who acts is unclear",)),
        ({"score": 0.5}, 0.95, ("whether it is about impunity is unclear",)),
        ({}, 0.4, ("which state is responsible is unclear",)),
        (
            {"status_score": 0.5, "actor_score": 0.5},
            0.95,
            ("whether it is affirmed or alleged is unclear", "who acts is unclear"),
        ),
    ],
)
def test_assessed_says_what_is_unclear(
    changes: dict[str, float], link: float, why: tuple[str, ...]
) -> None:
    found = with_scores(evidence("Soldiers burned the huts.")[0], link, **{"score": 1.0, **changes})
    assert assessed(found, "TGO").unclear == why


def test_assessed_names_the_weakest_field_where_each_alone_would_do() -> None:
    found = with_scores(
        evidence("Soldiers burned the huts.")[0], 0.92, score=0.93, status_score=0.94,
        actor_score=0.91,
    )  # fmt: skip
    assert assessed(found, "TGO").certainty == pytest.approx(0.93 * 0.94 * 0.91 * 0.92, abs=1e-4)
    assert assessed(found, "TGO").unclear == ("who acts is unclear",)


def test_assessed_names_the_states_that_the_quote_names() -> None:
    found = with_scores(evidence("Soldiers of Ghana burned the huts.")[0], 1.0, score=1.0)
    assert assessed(found, "TGO").unclear == ("the quote names Ghana",)


def test_what_a_reviewer_decided_is_certain() -> None:
    found = with_scores(evidence("Soldiers of Ghana burned the huts.")[0], 0.3, score=0.2)
    decided = assessed(replace(found, review="accepted"), "TGO")
    assert (decided.certainty, decided.unclear) == (1.0, ())


def with_scores(found: Evidence, link: float, **scores: float) -> Evidence:
    return replace(
        found,
        mention=replace(found.mention, **scores),  # type: ignore[arg-type]
        links=tuple(replace(k, score=link) for k in found.links),
    )
