"""What stands on a page, and how it is read: each case is a fault of a real document."""

from pathlib import Path

import pytest

from catnlp.domain import Document
from catnlp.errors import InputError
from catnlp.extract import extract, ocr
from tests.extract.pages import Text, lines, write_pdf, write_scan

LONG = "The commission heard forty witnesses in the provincial capital during the month of May and"
FULL = [LONG, LONG.replace("forty", "sixty"), LONG.replace("forty", "ninety")]
needs_ocr = pytest.mark.skipif(not ocr.version(), reason="Tesseract is not installed")


def read(path: Path) -> Document:
    return next(iter(extract(path)))


def blocks(document: Document, kind: str = "paragraph") -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_paragraph_goes_on_over_the_page_and_its_notes(tmp_path: Path) -> None:
    first = [
        *lines(72, 100, [*FULL, "heard that troops had shot nine men in the bazaar of a town and"]),
        *lines(72, 720, ["1 Interview with a trader, 4 May.", "2 14 Official Gazette 3."], size=7),
    ]  # fmt: skip
    second = lines(72, 100, ["buried them at night.", *FULL, "rose."])
    document = read(write_pdf(tmp_path / "a.pdf", [first, second]))
    assert "bazaar of a town and buried them at night." in blocks(document)[0]
    assert blocks(document, "note") == [
        "1 Interview with a trader, 4 May.",
        "2 14 Official Gazette 3.",
    ]


@pytest.mark.parametrize(
    ("under", "bold", "title"),
    [
        ("Gabon", True, "Report on the Periodic Review: Gabon"),
        ("Gabon", False, "Report on the Periodic Review: Gabon"),
        ("Libreville, at night", False, "Report on the Periodic Review"),
    ],
)
def test_title_has_the_country_named_under_it(
    tmp_path: Path, under: str, bold: bool, title: str
) -> None:
    page = [
        Text(72, 60, "UNITED", 16, bold=True), Text(72, 90, "NATIONS A", 16, bold=True),
        Text(72, 140, "Report on the Periodic Review*", 16, bold=True),
        Text(72, 200, under, 14 if bold else 10, bold), *lines(72, 300, FULL),
    ]  # fmt: skip
    assert read(write_pdf(tmp_path / "a.pdf", [page])).title == title


def test_raised_mark_stays_apart_from_the_word_and_the_number(tmp_path: Path) -> None:
    page = [
        *lines(72, 100, FULL),
        Text(72, 136, "nobody was charged."), Text(161, 134, "14", 6), Text(169, 136, "The army"),
        *lines(72, 148, ["denied it. In all, 25 men were held."]),
    ]  # fmt: skip
    (text, *_) = blocks(read(write_pdf(tmp_path / "a.pdf", [page])))
    assert "nobody was charged.¹⁴ The army denied it. In all, 25 men" in text


def test_running_heads_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    pages = [
        [Text(72, 30, "Report on the prisons"), *lines(72, 100, FULL), Text(290, 810, str(40 + n))]
        for n in range(4)
    ]
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert "Report on the prisons" not in document.text
    assert [page.label for page in document.pages] == ["40", "41", "42", "43"]


def test_numbered_headings_at_the_top_of_pages_are_text(tmp_path: Path) -> None:
    pages = [
        [Text(72, 120, f"Recommendation {n}", 14, bold=True), *lines(72, 160, [*FULL, "rose."])]
        for n in range(1, 5)
    ]
    assert "Recommendation 3" in read(write_pdf(tmp_path / "a.pdf", pages)).text


def test_page_number_under_a_short_page_is_no_text(tmp_path: Path) -> None:
    pages = [[*lines(72, 120, [*FULL, f"{name} rose."]), Text(290, 400, f"IV-{n}")]
             for n, name in enumerate(("Prices", "Wages", "Rents"), 7)]  # fmt: skip
    document = read(write_pdf(tmp_path / "a.pdf", pages))
    assert "IV-" not in document.text
    assert [page.label for page in document.pages] == ["IV-7", "IV-8", "IV-9"]


def test_imprint_at_the_foot_does_not_break_a_sentence(tmp_path: Path) -> None:
    first = [
        *lines(72, 640, [*FULL, LONG]),
        Text(72, 790, "Office of Studies | www.studies.example"),
    ]
    second = lines(72, 100, ["left before dawn.", *FULL, "rose."])
    document = read(write_pdf(tmp_path / "a.pdf", [first, second]))
    assert any("month of May and left before dawn." in text for text in blocks(document))


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"Left line number {n} of the first column is" for n in range(20)]
    right = [f"right line number {n} of the second one and" for n in range(20)]
    page = [*lines(60, 100, left), *lines(320, 100, [*right, "ends."])]
    text = read(write_pdf(tmp_path / "a.pdf", [page])).text
    assert text.index("Left line number 19") < text.index("right line number 0")
    assert "is right line number 0" in text


def test_hyphens_stay_where_a_document_breaks_no_words(tmp_path: Path) -> None:
    page = lines(72, 100, [LONG + " one-", "sided trials. " + LONG, *FULL * 6, LONG + " self-",
                           "styled judges. " + LONG, *FULL * 6, "rose."])  # fmt: skip
    text = read(write_pdf(tmp_path / "a.pdf", [page])).text
    assert "one-sided" in text
    assert "self-styled" in text


def test_broken_words_are_mended_where_a_document_breaks_them(tmp_path: Path) -> None:
    texts = ["The prosecution of the detainees and the commission:", LONG + " prose-"]
    texts += ["cution began. The wit-", "nesses feared the detai-", "nees and the com-", "mission."]
    text = read(write_pdf(tmp_path / "a.pdf", [lines(72, 100, texts)])).text
    assert "prosecution began" in text
    assert "detainees and the commission." in text


def test_rows_of_a_table_without_rules_are_cells(tmp_path: Path) -> None:
    rows = [
        ("Infantry course", "2", "Army Brigade", "$1,200", "1/2/2007", "3/4/2007"),
        ("Coastal patrol", "11", "Navy Squadron", "$900", "5/2/2007", "6/4/2007"),
        ("Legal seminar", "4", "Police Academy of the", "$50", "5/3/2007", "7/4/2007"),
        ("", "", "second district", "", "", ""),
        ("Staff college", "1", "Army Brigade", "$8,000", "9/2/2007", "9/9/2007"),
        ("Pilot training", "3", "Air Force Wing", "$70,500", "1/9/2007", "9/9/2007"),
    ]
    places = (60, 180, 220, 360, 430, 500)
    page = [
        Text(x, 100 + 12 * n, cell)
        for n, row in enumerate(rows) for x, cell in zip(places, row, strict=True) if cell
    ]  # fmt: skip
    found = blocks(read(write_pdf(tmp_path / "a.pdf", [page])), "table-row")
    assert found[0] == "Infantry course | 2 | Army Brigade | $1,200 | 1/2/2007 | 3/4/2007"
    assert "Legal seminar | 4 | Police Academy of the second district | $50" in found[2]
    assert len(found) == 5


def test_prose_with_numbers_is_no_table(tmp_path: Path) -> None:
    page = lines(72, 100, [f"In {year} the court tried 14 officers and freed 3 of them, and"
                           for year in range(2010, 2022)])  # fmt: skip
    assert not blocks(read(write_pdf(tmp_path / "a.pdf", [page])), "table-row")


@needs_ocr
def test_scan_is_read_and_marked(tmp_path: Path) -> None:
    text = lines(72, 100, ["Soldiers detained three journalists in the capital.", "Two of them",
                           "were released after a week."], size=12, leading=16)  # fmt: skip
    document = read(write_scan(tmp_path / "s.pdf", write_pdf(tmp_path / "a.pdf", [text])))
    assert "Soldiers detained three journalists" in document.text
    assert [page.quality for page in document.pages] == ["ocr"]
    assert "read by OCR" in document.warnings[0]


def test_scan_without_ocr_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = write_scan(
        tmp_path / "s.pdf", write_pdf(tmp_path / "a.pdf", [[Text(72, 100, "Seen")]]), scale=1
    )
    monkeypatch.setattr(ocr, "version", lambda: "")
    with pytest.raises(InputError, match=r"1 of 1 pages are images; install Tesseract"):
        read(scan)


def test_unread_pages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = write_pdf(tmp_path / "b.pdf", [lines(72, 100, FULL), []])
    monkeypatch.setattr(ocr, "version", lambda: "")
    document = read(blank)
    assert [page.quality for page in document.pages] == ["text", "empty"]
    assert document.warnings == ()  # a blank page is no loss


def test_text_under_a_binary_name_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("404 Not Found")
    with pytest.raises(InputError, match="no PDF, but 13 bytes of text"):
        read(tmp_path / "report.pdf")


def test_heading_in_the_margin_is_no_part_of_the_sentence(tmp_path: Path) -> None:
    """The file holds it last, after a sentence that goes on over the page."""
    first = [
        *lines(
            216,
            100,
            [
                *(line[:64] for line in FULL),
                "heard that troops had shot nine men in a town and they",
            ],
        ),
        Text(36, 112, "What the Troops Did", 10.7),
    ]
    second = lines(216, 100, ["buried them at night.", *FULL, "rose."])
    document = read(write_pdf(tmp_path / "a.pdf", [first, second]))
    assert any("in a town and they buried them at night." in text for text in blocks(document))


def test_heading_in_the_margin_stands_apart_from_the_line_beside_it(tmp_path: Path) -> None:
    page = [
        Text(36, 100, "What the Troops Did", 13),
        Text(216, 100, "Troops shot nine men in a town and"),
        *lines(
            216,
            112,
            [
                "buried them at night beside the river, as forty witnesses said. The",
                "commission heard them in May.",
                *FULL,
            ],
        ),
    ]
    document = read(write_pdf(tmp_path / "a.pdf", [page]))
    assert blocks(document, "heading") == ["What the Troops Did"]
    assert blocks(document)[0].startswith("Troops shot nine men in a town and buried them at night")


def test_columns_of_unlike_width_have_each_their_edge(tmp_path: Path) -> None:
    narrow = [f"The panel of eight heard {n:02}" for n in range(24)]
    narrow[9] = "the army and the"
    narrow[10] = "Council of the town ended 10"
    wide = [
        f"Wide line number {n:02} of the second column of this page is much longer"
        for n in range(24)
    ]
    page = [*lines(45, 100, narrow, leading=14), *lines(226, 100, wide, leading=14)]
    texts = blocks(read(write_pdf(tmp_path / "a.pdf", [page])))
    assert any("the army and the Council of the town" in text for text in texts)
    assert any("longer Wide line number 01" in text for text in texts)


def test_items_of_a_list_may_end_with_commas(tmp_path: Path) -> None:
    page = lines(
        90,
        100,
        [
            "1. release all prisoners of conscience,",
            "2. try the officers of the camp,",
            "3. close the camp, and",
            "4. pay the families of the dead.",
        ],
    )
    found = blocks(read(write_pdf(tmp_path / "a.pdf", [[*lines(72, 60, FULL), *page]])))
    assert found[-4:] == [text.text for text in page]


def test_number_within_a_sentence_begins_no_item(tmp_path: Path) -> None:
    page = lines(
        72,
        100,
        [
            "1. The court sentenced the colonel to nine years in the case of that",
            "12. Brigade which had burned the village, and the others to five.",
        ],
    )
    (text,) = blocks(read(write_pdf(tmp_path / "a.pdf", [page])))
    assert text.endswith("that 12. Brigade which had burned the village, and the others to five.")


def test_bold_paragraph_on_a_bold_page_is_no_heading(tmp_path: Path) -> None:
    bold = [Text(72, 100 + 12 * n, FULL[n % 3], bold=True) for n in range(40)]
    cut = Text(
        72,
        600,
        "7. Take action at once on what the committee of jurists recommended in 2009, by the",
        bold=True,
    )
    after = [Text(72, 100, "court in May (Peru);", bold=True)]
    plain = [lines(72, 100, FULL * 12) for _ in range(4)]
    document = read(write_pdf(tmp_path / "a.pdf", [*plain, [*bold, cut], after]))
    assert any("2009, by the court in May (Peru);" in text for text in blocks(document))


def test_list_of_contents_is_rows(tmp_path: Path) -> None:
    titles = ["Results in Brief", "What the Troops Did", "The Trial", "The Camp", "Conclusions"]
    page = [Text(72, 60, "Contents", 18)]
    for number, title in enumerate(titles):
        page += [Text(72, 100 + 14 * number, title), Text(500, 100 + 14 * number, f"{number + 11}")]
    document = read(write_pdf(tmp_path / "a.pdf", [page, lines(72, 100, FULL)]))
    assert blocks(document, "table-row")[0] == "Results in Brief | 11"
    assert blocks(document, "table-row")[-1] == "Conclusions | 15"


def test_lines_that_end_with_numbers_are_no_list_of_contents(tmp_path: Path) -> None:
    page = lines(
        72, 100, [f"In the district the police killed no fewer than {n}" for n in range(20, 28)]
    )
    assert blocks(read(write_pdf(tmp_path / "a.pdf", [page])), "table-row") == []


def test_points_of_slides_in_larger_type_are_no_headings(tmp_path: Path) -> None:
    body = lines(60, 300, [f"The report goes on with line {n} of its own text." for n in range(20)])
    slide = [
        *lines(60, 60, ["What We Found"], size=16),
        *lines(60, 100, ["• Guards beat detainees in four of nine jails."], size=14),
        *lines(60, 140, ["Nobody was ever charged with any of this in court."], size=14),
    ]
    document = read(write_pdf(tmp_path / "x.pdf", [[*slide, *body]]))
    assert blocks(document, "heading") == ["What We Found"]
    assert blocks(document, "list-item") == ["• Guards beat detainees in four of nine jails."]


def test_bookmark_makes_a_heading_of_the_level_of_its_like(tmp_path: Path) -> None:
    pages = [
        [Text(72, 60, "The Camp", 18), *lines(72, 100, [*FULL, "rose."])],
        [Text(72, 60, "The trial"), *lines(72, 100, [*FULL, "rose."])],
    ]
    marks = [("The Camp", 1), ("The  Trial", 2), ("The Verdict", 2)]
    document = read(write_pdf(tmp_path / "a.pdf", pages, bookmarks=marks))
    heads = [
        (document.text[b.start : b.end], b.level) for b in document.blocks if b.kind == "heading"
    ]
    assert heads == [("The Camp", 1), ("The trial", 1)]
    plain = read(write_pdf(tmp_path / "b.pdf", pages))
    assert blocks(plain, "heading") == ["The Camp"]


def test_dots_of_a_list_of_contents_are_no_text(tmp_path: Path) -> None:
    titles = ["Results in Brief", "What the Troops Did", "The Trial", "The Camp", "Conclusions"]
    page = [Text(72, 60, "Contents", 18)]
    page += lines(72, 100, [f"{title} {'.' * 40} {n}" for n, title in enumerate(titles, 11)])
    document = read(write_pdf(tmp_path / "a.pdf", [page, lines(72, 100, FULL)]))
    assert blocks(document, "table-row")[0] == "Results in Brief | 11"


def test_headings_that_a_file_has_first_stand_over_their_columns(tmp_path: Path) -> None:
    left = [f"Left line {n:02} of the narrow one is" for n in range(9)]
    below = [f"Lower line {n:02} of the same one is" for n in range(9)]
    left[-1], below[-1] = "as the ministry asked.", "as the court asked."
    wide = [f"Wide line number {n:02} of the second column of this page is" for n in range(20)]
    headings = [
        Text(240, 120, "What was found", 14, bold=True),
        Text(240, 700, "Office of Accountability"),
        Text(40, 120, "Why we asked", 14, bold=True),
    ]
    page = [
        *headings,
        *lines(40, 140, left),
        Text(40, 270, "What is to be done", 14, bold=True),  # in its place already
        *lines(40, 290, below),
        *lines(240, 140, wide),
    ]
    document = read(write_pdf(tmp_path / "a.pdf", [page]))
    assert [(b.kind, document.text[b.start : b.end].split(" of ")[0]) for b in document.blocks] == [
        ("paragraph", "Office"),
        ("heading", "Why we asked"),
        ("paragraph", "Left line 00"),
        ("heading", "What is to be done"),
        ("paragraph", "Lower line 00"),
        ("heading", "What was found"),
        ("paragraph", "Wide line number 00"),
    ]
