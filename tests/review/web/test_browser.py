"""The review page in Chromium, with the keyboard alone."""

import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from catnlp.review import reapply
from catnlp.store import open_store
from tests.analyses import analysis
from tests.browser import CHROMIUM, Browser
from tests.review.web.pages import fill, served

pytest.importorskip("flask", reason="the review page needs Flask (extra: review)")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "s.db", 500)
    return tmp_path / "s.db"


def verdicts(path: Path) -> list[str]:
    with sqlite3.connect(path) as db:
        return [row[0] for row in db.execute("SELECT verdict FROM decisions ORDER BY number")]


def quote(browser: Browser) -> str:
    return str(browser.look("document.querySelector('blockquote').textContent"))


def test_each_decision_is_kept_before_the_next_flag_shows(browser: Browser, path: Path) -> None:
    keys = ["a", "r", "a", "a", "r"] * 6
    with served(path) as (url, process):
        browser.open(url)
        assert browser.look("document.querySelector('header strong').textContent") == (
            "0 of 500 decided"
        )
        seen, times = [], []
        for number, key in enumerate(keys, 1):
            seen.append(quote(browser))
            started = time.perf_counter()
            browser.go(key)
            times.append(time.perf_counter() - started)
            assert len(verdicts(path)) == number
        assert len(set(seen)) == len(keys)
        assert browser.look("document.querySelector('header strong').textContent") == (
            f"{len(keys)} of 500 decided"
        )
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert verdicts(path) == [{"a": "accept", "r": "reject"}[key] for key in keys]
    assert sorted(times)[len(times) // 2] < 2.0


def test_correct_add_and_take_back_with_keys(browser: Browser, path: Path) -> None:
    with served(path) as (url, _):
        browser.open(url)
        first = quote(browser)
        browser.press("w")
        browser.write("two sources")
        browser.press("Enter", "c", "Tab")  # from category to status
        browser.press("a", "l")  # selects the status that begins so
        browser.press("Tab", "Tab", "Tab")
        browser.write("GHA")
        browser.go("Enter")
        assert quote(browser) != first
        with sqlite3.connect(path) as db:
            (given,) = db.execute("SELECT given FROM decisions").fetchone()
        assert '"alleged"' in given
        assert '"GHA"' in given
        browser.go("u")
        assert quote(browser) == first
        assert "affirmed" in browser.look("document.querySelector('.badge').textContent")
        browser.press("m", "i", "m", "p", "u", "n")  # impunity
        browser.press("Tab", "a", "f", "Tab", "s", "t", "Tab")
        browser.write("again")
        browser.go("Enter")
        assert "Impunity" in browser.look("document.querySelector('dl').textContent")
        browser.go("u")
        assert "Impunity" not in browser.look("document.querySelector('dl').textContent")
    assert verdicts(path) == ["correct", "withdraw", "add", "withdraw"]


def test_a_wrong_correction_is_told_and_nothing_kept(browser: Browser, path: Path) -> None:
    with served(path) as (url, _):
        browser.open(url)
        browser.press("c", "Tab", "Tab", "Tab", "Tab")
        browser.write("Togo")
        browser.go("Enter")
        assert "three letters" in browser.look("document.querySelector('.error').textContent")
        assert browser.look("document.querySelector('#correct').open")
    assert verdicts(path) == []


def test_moving_and_filtering_with_keys(browser: Browser, path: Path) -> None:
    with served(path) as (url, _):
        browser.open(url)
        first = quote(browser)
        browser.go("n")
        assert quote(browser) != first
        browser.go("p")
        assert quote(browser) == first
        browser.press("f", "G", "h")
        browser.go("Enter")
        assert "of 250" in browser.look("document.querySelector('header strong').textContent")
        browser.go("l")
        assert browser.look("document.querySelectorAll('tbody tr').length") == 100
        assert verdicts(path) == []


def test_a_run_may_write_meanwhile(browser: Browser, path: Path) -> None:
    with served(path) as (url, _), open_store(path) as store:
        browser.open(url)
        first = quote(browser)
        document = browser.look("JSON.parse(document.querySelector('[name=shown]').value)")
        text = ((first, "", "", ""),)  # another model finds nothing in it
        read = analysis(document["document_id"], (*text, ("Soldiers stole.", "stole", "impunity",
                                                          "alleged")))  # fmt: skip
        store.put(read, document["document_id"])
        reapply(store, [document["document_id"]])
        browser.go("a")
        kept = [e.quote for e in store.evidence("GHA") if e.review == "accepted"]
        kept += [e.quote for e in store.evidence("TGO") if e.review == "accepted"]
        assert kept == [first]
