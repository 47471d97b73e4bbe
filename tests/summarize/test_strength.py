import pytest

from catnlp.domain import Evidence
from catnlp.store import open_store
from catnlp.summarize.strength import strength, strongest
from tests.analyses import analysis


def evidence(*quotes: str, name: str = "a", status: str = "affirmed") -> list[Evidence]:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    rows = tuple((quote, quote.split()[0], "impunity", status) for quote in quotes)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis(name, rows, title=f"Report {name}"), "x")
        return list(store.evidence("TGO"))


DATED = "On May 3, 2023, police of the Third Brigade shot 12 detainees in the yard of the prison."
VAGUE = "There was some violence by some persons in some places over the course of time."
LIST = (
    "Significant human rights issues included killings, torture by police, and 12 detainees shot."
)


@pytest.mark.parametrize(("stronger", "weaker"), [(DATED, VAGUE), (DATED, LIST), (VAGUE, LIST)])
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
