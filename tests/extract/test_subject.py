"""Which countries a document is about."""

import pytest

from catnlp.extract.draft import Draft, DraftBlock
from catnlp.extract.metadata import subject_countries


@pytest.mark.parametrize(
    ("title", "texts", "subject"),
    [
        ("A year of arrests", ["Chad", "Introduction", "Conclusion"], ("TCD",)),
        ("A year of arrests", ["Chad", "Georgia", "Conclusion"], ()),
        ("A year of arrests", ["Introduction", "CHAD", "GUINEA-BISSAU"], ()),
        ("A year of arrests", ["Congo", "Conclusion"], ()),
        ("A year of arrests in Kenya", ["Chad", "Georgia"], ("KEN",)),
        ("Chad", ["Chad", "Georgia", "Kenya"], ()),
        ("Chad and its neighbours", ["Introduction", "Chad", "Niger"], ("TCD",)),
        ("A year of arrests", ["Alabama", "Georgia", "Texas"], ()),
        ("Universal Periodic Review: Chad", ["Chad", "Georgia", "Kenya"], ("TCD",)),
        ("Universal Periodic Review: China (with Hong Kong, China)", ["Kenya"], ("CHN",)),
    ],
)
def test_a_document_with_chapters_on_several_countries_is_about_none_throughout(
    title: str, texts: list[str], subject: tuple[str, ...]
) -> None:
    draft = Draft(blocks=tuple(DraftBlock(text, "heading", 2) for text in texts), title=title)
    assert subject_countries(draft, "") == subject


def test_countries_in_the_rows_of_a_table_are_no_chapters() -> None:
    blocks = (DraftBlock("Chad", "heading", 1), DraftBlock("Georgia", "table-row"))
    assert subject_countries(Draft(blocks=blocks), "") == ("TCD",)
