"""The picture of what was read."""

from pathlib import Path

from catnlp.extract.drawing import draw
from tests.extract.pages import Text, lines, write_pdf


def test_boxes_stand_over_the_pages(tmp_path: Path) -> None:
    pages = [
        [Text(72, 30, "Report on the prisons"), Text(72, 140, f"{name} <b>", 18, bold=True),
         *lines(72, 180, [f"Police arrested forty people in the {name} on the first day."])]
        for name in ("Capital", "Province", "Harbour")
    ]  # fmt: skip
    page = draw(write_pdf(tmp_path / "a.pdf", pages))
    assert page.count("data:image/png;base64,") == 3
    assert page.count('class="box heading"') == 3
    assert page.count('class="box frame"') == 3
    assert "Capital &lt;b&gt;" in page


def test_text_without_pages_is_a_list_of_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The report\n\nPolice arrested forty people in the capital.\n")
    page = draw(tmp_path / "a.txt")
    assert '<li class="paragraph">' in page
    assert "<img" not in page
