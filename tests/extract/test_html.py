"""Web pages: the main text in order, without what frames it, and what was left out."""

from pathlib import Path

import pytest
from lxml import html as libxml

from catnlp.domain import Document
from catnlp.extract import extract

BEATEN = "Police in Lomé beat four detainees until they signed what had been written for them."
DENIED = "The ministry denied it, and the court of appeal heard none of the four before May."
RAIN = "Heavy rain closed the northern road for three weeks, and the bridge was not repaired."
COURT = "The court of the second district heard nine cases of officers who had taken bribes."


def read(path: Path, page: str) -> Document:
    path.write_text(page, encoding="utf-8")
    (document,) = extract(path)
    return document


def page(body: str, head: str = "<title>Report on Togo</title>") -> str:
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]


def test_headings_lists_tables_and_notes_stand_in_order(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.html",
        page(
            f"<main><h1>Report on Togo</h1><h2>Torture</h2><p>{BEATEN}<sup>1</sup></p>"
            "<ul><li>Lomé: four</li><li>Kara: two<ol><li>one of them a child</li></ol></li></ul>"
            "<table><caption>Cases</caption><tr><th>Year</th><th>Cases</th></tr>"
            "<tr><td>2022</td><td>9</td></tr></table>"
            f"<h3>Answers</h3><p>{DENIED}</p><p><b>Prisons.</b> They were full.</p>"
            '<div class="footnotes"><ol><li>Interview, Lomé, 2 May.</li></ol></div></main>'
        ),
    )
    assert outline(document) == [
        ("heading", 1, "Report on Togo"),
        ("heading", 2, "Torture"),
        ("paragraph", 0, f"{BEATEN}¹"),
        ("list-item", 0, "Lomé: four"),
        ("list-item", 0, "Kara: two"),
        ("list-item", 0, "one of them a child"),
        ("paragraph", 0, "Cases"),
        ("table-row", 0, "Year | Cases"),
        ("table-row", 0, "2022 | 9"),
        ("heading", 3, "Answers"),
        ("paragraph", 0, DENIED),
        ("heading", 7, "Prisons."),
        ("paragraph", 0, "They were full."),
        ("note", 0, "Interview, Lomé, 2 May."),
    ]


def test_a_table_for_layout_is_no_table_and_emphasis_in_a_sentence_no_heading(
    tmp_path: Path,
) -> None:
    document = read(
        tmp_path / "a.html",
        page(
            f"<h1>Report on Togo</h1><table><tr><td><h2>Torture</h2><p>{BEATEN}</p></td>"
            f"<td><p><b>Police</b> in Kara did the same.</p><p>{DENIED}</p></td></tr></table>"
        ),
    )
    assert [text for _, _, text in outline(document)] == [
        "Report on Togo",
        "Torture",
        BEATEN,
        "Police in Kara did the same.",
        DENIED,
    ]
    assert not {"table-row"} & {block.kind for block in document.blocks}


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        (f"<b>Political Prisoners</b><br>{DENIED}", "Political Prisoners"),
        ("<b>Police</b> in Kara<br>did the same.", None),
        (f"<b>Police in Kara beat them,</b><br>{DENIED}", None),
    ],
)
def test_strong_words_on_a_line_of_their_own_are_a_heading(
    tmp_path: Path, paragraph: str, heading: str | None
) -> None:
    document = read(tmp_path / "a.html", page(f"<h1>Report on Togo</h1><p>{paragraph}</p>"))
    assert [text for _, level, text in outline(document) if level == 7] == (
        [heading] if heading else []
    )


@pytest.mark.parametrize(
    ("frame", "kept"),
    [
        ('<nav><a href="/">Home</a> <a href="/n">News</a></nav>', False),
        ('<div class="cookie-banner">We use cookies.</div>', False),
        ('<div role="dialog">Please subscribe.</div>', False),
        ('<div style="display: none">Template text.</div>', False),
        ('<ul><li><a href="/1">Older report</a></li><li><a href="/2">Another one</a></li></ul>',
         False),
        ("<footer>All rights reserved.</footer>", False),
        ("<script>var police = 'beat';</script><style>p { }</style>", False),
        ('<footer class="footnotes">Interview in Kara.</footer>', True),
        ('<div class="navy-report">The navy shelled the port.</div>', True),
        ('<p>See <a href="/1">the report</a> and <a href="/2">the answer</a> of the ministry, '
         "which came in May.</p>", True),
    ],
)  # fmt: skip
def test_what_frames_the_text_is_left_out(tmp_path: Path, frame: str, kept: bool) -> None:
    document = read(
        tmp_path / "a.html", page(f"<h1>Report on Togo</h1><p>{BEATEN}</p>{frame}<p>{DENIED}</p>")
    )
    texts = [text for _, _, text in outline(document)]
    assert len(texts) == 3 + kept
    assert [texts[0], texts[1], texts[-1]] == ["Report on Togo", BEATEN, DENIED]
    assert not document.warnings


def lost(document: Document) -> list[str]:
    return [warning for warning in document.warnings if "visible prose" in warning]


def test_prose_outside_the_main_text_is_measured(tmp_path: Path) -> None:
    main = f"<main><h1>Report on Togo</h1>{f'<p>{BEATEN}</p>' * 9}</main>"
    aside = f'<div class="related">{f"<p>{COURT}</p>" * 4}</div>'
    document = read(tmp_path / "a.html", page(main + aside))
    assert COURT not in document.text
    assert lost(document) == [
        "60 of 195 words of visible prose were left out as outside the main text; "
        "compare with the page"
    ]


@pytest.mark.parametrize(
    "aside",
    [
        f'<div class="related"><p>{COURT}</p></div>',  # few words
        f'<div class="related">{f"<p><a href=/>{COURT}</a></p>" * 9}</div>',  # links
        f'<div role="dialog">{f"<p>{COURT}</p>" * 4}</div>',  # the page says that it is no text
        f"<div hidden>{f'<p>{COURT}</p>' * 4}</div>",  # not visible
        f"<p>{COURT}</p>" * 4,  # read
    ],
)
def test_what_is_read_or_no_prose_is_no_loss(tmp_path: Path, aside: str) -> None:
    text = f"<h1>Report on Togo</h1>{f'<p>{BEATEN}</p>' * 9}"
    assert not lost(read(tmp_path / "a.html", page(f"<main>{text}{aside}</main>")))


def test_words_that_stand_elsewhere_in_blocks_are_no_loss(tmp_path: Path) -> None:
    lines = "<br>".join(f"{COURT} {n}" for n in range(4))
    document = read(
        tmp_path / "a.html",
        page(
            f"<h1>Report on Togo</h1><p><b>Courts</b>: {COURT}</p><p>{lines}<br><br>{RAIN}</p>"
            f"<table><tr><td>{BEATEN}</td><td>{DENIED} <i>None</i> of them was heard again</td>"
            "</tr></table>"
        ),
    )
    assert ("heading", 7, "Courts:") in outline(document)
    assert not lost(document)


HEAD = (
    "<title>Who is beaten in Lomé | The Togo Desk</title>"
    '<meta property="og:site_name" content="The Togo Desk">'
    '<meta property="article:published_time" content="2023-05-04T10:00:00+01:00">'
    '<link rel="canonical" href="https://example.org/lome">'
)


def test_head_tells_title_publisher_date_address_and_language(tmp_path: Path) -> None:
    document = read(tmp_path / "a.html", page(f"<p>{BEATEN}</p><p>{DENIED}</p>", HEAD))
    assert (document.title, document.publisher) == ("Who is beaten in Lomé", "The Togo Desk")
    assert (document.published, document.language) == ("2023-05-04", "en")
    assert document.url == "https://example.org/lome"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<script>{"datePublished": "2022-03-01"}</script>', "", "2022-03-01"),
        ("", '<time datetime="2021-07-09">9 July</time>', "2021-07-09"),
        ("", "<time>9 July</time>", ""),
        ('<meta name="date" content="soon">', "", ""),
    ],
)
def test_date_of_a_page(tmp_path: Path, head: str, body: str, published: str) -> None:
    found = read(tmp_path / "a.html", page(f"<p>{BEATEN}</p>{body}<p>{DENIED}</p>", head))
    assert found.published == published


def test_address_that_is_none_is_left_out(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="javascript:alert(1)"><title>T</title>'
    assert read(tmp_path / "a.html", page(f"<p>{BEATEN}</p>", head)).url == ""


# The marks of a State Department report, with the fault of its pages: an element of the
# navigation is never closed, so that libxml2 takes all that follows for navigation.
STATE = page(
    '<header><nav class="site-nav"><div class="about"><a href="/">Home</a></nav></header>'
    '<main><p class="bc_middle"><a href="/r">Reports</a><a href="/h">Human Rights 2023</a></p>'
    '<h1 class="report-header__headline">Togo</h1>'
    '<nav class="report-toc"><a href="#1">Torture</a></nav><div class="report__content">'
    '<h2>On This Page</h2><p>A list of links.</p>'
    '<div class="report-toc-section">Section 1.</div>'
    f'<h5 class="report__section-title">Integrity of the Person</h5><p>{BEATEN}</p>'
    f'<h5 class="report__section-subtitle">a. Torture</h5><p>{DENIED}</p>'
    '<a class="back-to-top" href="#">Back to Top</a></div>'
    "<div class='share'>Share this page</div></main>"
)  # fmt: skip


def test_report_of_the_state_department(tmp_path: Path) -> None:
    main = libxml.document_fromstring(STATE).find(".//main")
    assert main is not None
    assert "nav" in [above.tag for above in main.iterancestors()]
    document = read(tmp_path / "togo.html", STATE)
    assert document.title == "Human Rights 2023: Togo"
    assert outline(document) == [
        ("heading", 1, "Human Rights 2023: Togo"),
        ("heading", 2, "Section 1. Integrity of the Person"),
        ("paragraph", 0, BEATEN),
        ("heading", 3, "a. Torture"),
        ("paragraph", 0, DENIED),
    ]
    assert not document.warnings


def test_same_classes_without_the_marker_are_any_page(tmp_path: Path) -> None:
    source = STATE.replace("report__content", "content")
    levels = [level for kind, level, _ in outline(read(tmp_path / "a.html", source)) if level]
    assert 5 in levels
    assert 3 not in levels
