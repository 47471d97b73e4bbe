from dataclasses import replace

import pytest

from catnlp.domain import Period
from catnlp.store import Origin
from catnlp.summarize.chapters import chapters, in_chapter
from catnlp.summarize.chart import timeline
from catnlp.summarize.periods import change, covered, incomparable, periods
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


class Held:
    """A store whose documents have these headings."""

    def sections(self, document_id: str) -> dict[tuple[str, ...], int]:
        return {("Ghana",): 900, ("Togo", "Prisons"): 40, ("Togo",): 90, (): 7}


def test_of_a_report_on_many_countries_the_chapter_counts() -> None:
    (inside,) = evidence("Police took bribes in Lomé.", name="a", title="World 2022")
    (beside,) = evidence("Soldiers of Togo took bribes there.", name="a", title="World 2022")
    inside = replace(inside, section=("TOGO", "Prisons"))
    beside = replace(beside, section=("Ghana",))
    documents = [Origin("a", "World 2022", "2023", 0, 1037, "ngo-report")]
    own = chapters(Held(), "TGO", [inside, beside], documents)
    assert own == {"a": 130}
    (year,) = periods([inside, beside], documents, "TGO", own)
    assert (year.sentences, year.own, year.kind) == (130, 130, "ngo-report")
    assert year.by_category == {"impunity": 1}


def test_a_document_about_the_country_has_no_chapter_on_it() -> None:
    (found,) = evidence("Police took bribes in Lomé.", name="a", title="Togo 2022")
    found = replace(found, section=("Togo",))
    assert chapters(Held(), "TGO", [found], [Origin("a", "Togo 2022", "", 1, 500)]) == {}


def test_a_heading_with_more_than_the_name_is_no_chapter() -> None:
    assert in_chapter(("Togo",), "TGO")
    assert not in_chapter(("Togo and Ghana",), "TGO")
    assert not in_chapter(("Arms for Togo",), "TGO")
    assert not in_chapter((), "TGO")


def year(name: str, own: int, kind: str = "country-report", **counts: int) -> Period:
    return Period(name, 1, own, {"affirmed": sum(counts.values())}, counts, own, kind)


@pytest.mark.parametrize(
    ("before", "last", "why"),
    [
        (year("2022", 400), year("2023", 500), ""),
        (year("2022", 400), year("2023", 8), "2023 has 8 sentences"),
        (year("2022", 0), year("2023", 400), "2022 has no sentences"),
        (year("2022", 400), year("2023", 1300), "more than 3 times"),
        (year("2022", 400), year("2023", 400, "news"), "different kinds"),
    ],
)
def test_only_years_of_like_sources_are_compared(before: Period, last: Period, why: str) -> None:
    said = incomparable(before, last)
    assert why in said
    assert bool(said) == bool(why)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [(0, 3, "new"), (3, 0, "no longer found"), (2, 9, "more"), (9, 2, "less"), (4, 5, "about the")],
)
def test_change_of_a_category(then: int, now: int, said: str) -> None:
    before, last = year("2022", 400, impunity=then), year("2023", 400, impunity=now)
    assert change("impunity", before, last).startswith(said)


def test_the_chart_has_no_column_where_little_is_written() -> None:
    assert "9 affirmed" in timeline([year("2022", 400, impunity=9)], [])
    assert timeline([year("2022", 20, impunity=9)], []) == ""
