import pytest

from catnlp.store import Origin
from catnlp.summarize.periods import covered, periods
from tests.summarize.quotes import evidence


@pytest.mark.parametrize(
    ("title", "published", "year"),
    [
        ("2022 Country Reports: Togo", "2023-03-20", "2022"),
        ("Togo", "2023-03-20", "2023"),
        ("Togo 2019 to 2021", "2022", "2022"),
        ("Togo", "", ""),
    ],
)
def test_covered(title: str, published: str, year: str) -> None:
    assert covered(title, published) == year


def test_periods_count_documents_about_the_country_where_there_are_such() -> None:
    found = evidence("Police took bribes in Lomé.", name="a", title="Togo 2022")
    documents = [
        Origin("a", "Togo 2022", "2023", 1, 100),
        Origin("b", "Ghana 2022", "2023", 0, 900),
        Origin("c", "Undated", "", 0, 10),
    ]
    first, undated = periods(found, documents)
    assert (first.year, first.documents, first.sentences) == ("2022", 1, 100)
    assert first.by_category == {"impunity": 1}
    assert (undated.year, undated.documents, dict(undated.by_status)) == ("", 1, {})
