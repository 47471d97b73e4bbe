import pytest

from catnlp.gazetteer import country_codes, country_in_text
from catnlp.gazetteer.countries import _with_article


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("USA", "the United States"),
        ("GMB", "the Gambia"),
        ("BHS", "the Bahamas"),
        ("COD", "the Democratic Republic of the Congo"),
        ("PHL", "the Philippines"),
        ("TGO", "Togo"),
        ("SDN", "Sudan"),
        ("XYZ", "XYZ"),
    ],
)
def test_name_within_a_sentence(code: str, name: str) -> None:
    assert country_in_text(code) == name


def test_articles_are_of_countries_of_the_table() -> None:
    assert _with_article() <= set(country_codes())
