"""Country pages in Chromium: nothing is fetched, nothing overflows, the keyboard is enough."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from catnlp.settings import Settings
from catnlp.store import open_store
from catnlp.summarize import write_comparison, write_pages
from catnlp.taxonomy import taxonomy
from tests.analyses import analysis
from tests.browser import CHROMIUM, Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
QUOTES = tuple(
    (f"Number {n} of them spoke of torture in Kara.", "torture", "torture-ill-treatment", status)
    for n, status in enumerate(taxonomy().statuses)
)
CONTRAST = """
(() => {
  const light = c => {
    const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(Number)
      .map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor;
      if (!c.endsWith(', 0)')) return c;
    }
    return 'rgb(255, 255, 255)';
  };
  return Math.min(...[...document.querySelectorAll('p, a, th, td, li, .badge, blockquote, caption')]
    .filter(e => e.textContent.trim() && !behind(e).startsWith('color'))
    .map(e => [light(getComputedStyle(e).color), light(behind(e))])
    .map(([a, b]) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05)));
})()
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    with open_store(out / "s.db") as store:
        for code in ("TGO", "GHA"):
            store.begin_input(code, code, 1)
            url = f"https://example.org/{code}"
            title = f"{code} 2022"
            read = analysis(code, QUOTES, code, title=title, sale=True, url=url)
            store.put(read, code)
        store.put(analysis("none", QUOTES, ""), "TGO")
        store.relink_sales()
        write_comparison(write_pages(store, out, settings=Settings()), out)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


PAGES = ("index.html", "countries/TGO.html", "countries/none.html", "compare-GHA-TGO.html")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_reads_well_in_both_schemes_and_fetches_nothing(
    browser: Browser, out: Path, page: str, scheme: str
) -> None:
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.call("Emulation.setEmulatedMedia", features=[feature])
    browser.open((out / page).as_uri())
    assert browser.look("performance.getEntriesByType('resource').length") == 0
    assert browser.look("document.documentElement.scrollWidth <= innerWidth")
    dark = browser.look("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark is (scheme == "dark")
    assert browser.look(CONTRAST) >= 4.5


def test_the_matrix_fits_a_screen_and_says_what_dashes_are(browser: Browser, out: Path) -> None:
    browser.open((out / "index.html").as_uri())
    assert browser.look("innerWidth") == 1200
    assert browser.look("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.scroll'))")
    assert "row of dashes" in browser.look("document.querySelector('.matrix caption').textContent")


@pytest.mark.parametrize("page", PAGES)
def test_page_has_the_structure_that_a_screen_reader_needs(
    browser: Browser, out: Path, page: str
) -> None:
    browser.open((out / page).as_uri())
    assert browser.look("document.documentElement.lang") == "en"
    assert browser.look("document.querySelectorAll('h1').length") == 1
    assert browser.look("document.querySelectorAll('table:not(:has(th[scope]))').length") == 0
    assert browser.look("document.querySelectorAll('svg:not([role=img][aria-label])').length") == 0
    levels = browser.look("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_keyboard_skips_to_the_evidence(browser: Browser, out: Path) -> None:
    browser.open((out / "countries" / "TGO.html").as_uri())
    browser.press("Tab")
    assert browser.look("document.activeElement.className") == "skip"
    assert browser.look("document.activeElement.getBoundingClientRect().left >= 0")
    browser.press("Enter")
    assert browser.look("location.hash") == "#main"


def test_every_in_page_link_has_its_place(browser: Browser, out: Path) -> None:
    browser.open((out / "countries" / "TGO.html").as_uri())
    lost = "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById("
    assert browser.look(lost + "a.hash.slice(1))).length") == 0
