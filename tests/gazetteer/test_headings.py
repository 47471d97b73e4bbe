import json
from pathlib import Path

import pytest

from catnlp.gazetteer import chapter_countries, heading_countries

CASES = Path(__file__).parents[1] / "cases" / "headings.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: str(case["heading"]),
)
def test_heading_countries_of_the_case_file(case: dict[str, object]) -> None:
    assert list(heading_countries(str(case["heading"]))) == case["countries"]


@pytest.mark.parametrize(
    ("headings", "chapters"),
    [
        (["Georgia", "Guinea", "Conclusion"], {"Georgia": ("GEO",), "Guinea": ("GIN",)}),
        (["Alabama", "Georgia", "Texas"], {}),
        (["Annex", "Conclusion"], {}),
    ],
)
def test_among_regions_of_a_country_georgia_is_one(
    headings: list[str], chapters: dict[str, tuple[str, ...]]
) -> None:
    assert chapter_countries(headings) == chapters
