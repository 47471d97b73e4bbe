from catnlp.summarize.contradictions import contradictions
from tests.summarize.quotes import evidence

DENIED = evidence("Torture by police was not reported in Togo.", name="b", status="negated")


def test_a_denial_stands_against_what_speaks_of_the_same() -> None:
    said = evidence("Guards bribed judges in Kara.", "Torture of detainees went on in Kara.")
    (pair,) = contradictions({"impunity": said}, {"impunity": DENIED})
    assert pair.said.quote == "Torture of detainees went on in Kara."
    assert pair.denied == DENIED[0]


def test_a_denial_of_the_whole_category_stands_against_all_of_it() -> None:
    said = evidence("Guards bribed judges in Kara.")
    denied = evidence("Impunity was unknown in Togo.", name="b", status="negated")
    assert len(contradictions({"impunity": said}, {"impunity": denied})) == 1


def test_a_denial_without_a_counterpart_is_no_contradiction() -> None:
    said = evidence("Guards bribed judges in Kara.")
    assert contradictions({"impunity": said}, {"impunity": DENIED}) == ()
    assert contradictions({}, {"impunity": DENIED}) == ()
