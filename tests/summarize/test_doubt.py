from dataclasses import replace

import pytest

from catnlp.summarize.doubt import doubt, other_states
from catnlp.summarize.strength import strongest
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


def test_doubt_says_why() -> None:
    (named,) = evidence("Soldiers of Ghana burned the huts.")
    assert doubt(named, "TGO") == "the quote names Ghana"
    (plain,) = evidence("Soldiers burned the huts.")
    assert doubt(plain, "TGO") == ""
    weak = replace(plain, links=tuple(replace(k, score=0.3) for k in plain.links))
    assert doubt(weak, "TGO") == "the linker is unsure"


def test_doubtful_quotes_stand_last_and_are_not_lost() -> None:
    strong, weak = evidence(
        "On May 3, soldiers of Ghana shot twelve villagers in Kara.", "There was some violence."
    )
    found = strongest([strong, weak], 2, doubtful={strong.mention.sentence_id})
    assert [e.quote for e in found] == [weak.quote, strong.quote]
