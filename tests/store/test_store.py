"""What a store does, in SQLite and in PostgreSQL alike."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from catnlp.address import Where
from catnlp.errors import RefusedError
from catnlp.review import decide
from catnlp.store import NO_COUNTRY, InputRow, Store, open_store
from tests.analyses import analysis
from tests.review.decisions import decision


@pytest.fixture
def store(address: Where) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


def keep(store: Store, name: str, sha256: str = "1", **changes: object) -> None:
    uri = f"in/{name}.html"
    store.begin_input(uri, sha256, 10)
    store.put(analysis(name, **changes), uri)  # type: ignore[arg-type]
    store.finish_input(InputRow(uri, sha256, 10, "done", fingerprint="v1", documents=1))


def test_store_gives_back_evidence_with_its_place(store: Store) -> None:
    keep(store, "a", pages=True, sale=True)
    store.relink_sales()
    first, second = store.evidence("TGO")
    assert first.quote == "Police in Lomé beat detainees – on May 3, 2023."
    at = first.mention.start - first.quote_start
    assert first.quote[at:].startswith(first.mention.trigger)
    assert (first.page, first.page_label, first.section[-1]) == (1, "iv", "c. Torture")
    assert first.sale_links[0].kind == "recipient"
    assert second.mention.status == "negated"
    assert not list(store.evidence("GHA"))
    ((sale, title),) = store.sales("TGO")
    assert (sale.items[0].quantity, title) == (12, "Report on Togo")


def test_store_refuses_rows_that_contradict_each_other_and_keeps_the_rest(store: Store) -> None:
    keep(store, "a")
    before = list(store.dump())
    twice = analysis("b")
    store.begin_input("in/b.html", "2", 10)
    with pytest.raises(RefusedError, match="mentions"):
        store.put(replace(twice, mentions=twice.mentions * 2), "in/b.html")
    store.finish_input(InputRow("in/a.html", "1", 10, "done", fingerprint="v1", documents=1))
    assert [r for r in store.dump() if "in/b.html" not in str(r)] == before


def test_store_says_done_only_of_what_it_holds(store: Store) -> None:
    """A run that puts documents in, and one that begins with the same input meanwhile."""
    row = InputRow("in/a.zip", "1", 10, "done", fingerprint="v1", documents=3)
    store.begin_input("in/a.zip", "1", 10)
    store.put(analysis("a"), "in/a.zip")
    store.put(analysis("b"), "in/a.zip")
    store.begin_input("in/a.zip", "1", 10)
    store.put(analysis("c"), "in/a.zip")
    kept = store.finish_input(row)
    assert (kept.status, kept.reason[:48]) == (
        "failed", "the store holds 1 of its documents, and 3 were p",
    )  # fmt: skip
    assert store.finished("in/a.zip", "1", "v1") is None
    assert store.extent() == (0, 0)
    store.begin_input("in/a.zip", "1", 10)
    for name in "abcb":
        store.put(analysis(name), "in/a.zip")
    assert store.finish_input(row) == row
    assert store.finished("in/a.zip", "1", "v1") == row


@pytest.mark.parametrize("name", ["bad\udcff.html", "big" * 3_000_000])
def test_store_refuses_a_name_that_it_cannot_hold_and_keeps_the_rest(
    store: Store, name: str
) -> None:
    keep(store, "a")
    before = list(store.dump())
    longest = name if "bad" in name else f"{name}\udcff"
    refusals: list[Callable[[], object]] = [
        lambda: store.begin_input(longest, "2", 10),
        lambda: store.put(analysis("b", title=longest), "in/a.html"),
        lambda: store.put(analysis("b"), longest),
        lambda: store.finish_input(InputRow(longest, "2", 10, "failed", "no text")),
        lambda: store.finished(longest, "2", "v1"),
    ]
    for refused in refusals:
        with pytest.raises(RefusedError, match="cannot hold it"):
            refused()
    assert list(store.dump()) == before
    keep(store, "b")


def test_store_has_the_same_rows_in_any_order(new_address: Callable[[], Where]) -> None:
    dumps = []
    for names in ("abc", "cba", "abcab"):
        with open_store(new_address()) as store:
            for name in names:
                keep(store, name)
            dumps.append(list(store.dump()))
    assert dumps[0] == dumps[1] == dumps[2]


def test_store_remembers_what_is_finished(store: Store) -> None:
    keep(store, "a")
    assert store.finished("in/a.html", "1", "v1")
    assert not store.finished("in/a.html", "2", "v1")
    assert not store.finished("in/a.html", "1", "v2")
    assert not store.finished("in/b.html", "1", "v1")


def test_store_tries_failures_again(store: Store) -> None:
    store.finish_input(InputRow("x", "1", 1, "failed", "no text", fingerprint="v1"))
    assert store.finished("x", "1", "v1") is None
    assert [u.reason for u in store.unread()] == ["no text"]


def test_store_drops_what_a_changed_file_had_said(store: Store) -> None:
    keep(store, "a")
    store.begin_input("in/a.html", "2", 10)
    assert not list(store.evidence("TGO"))
    assert not list(store.search("detainees"))
    with store.snapshot() as db:
        for table in ("sentences", "mentions", "country_links", "mention_units", "event_dates"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table


def test_store_keeps_a_document_that_another_input_has_too(store: Store) -> None:
    keep(store, "a")
    store.begin_input("copy.html", "1", 10)
    store.put(analysis("a"), "copy.html")
    store.begin_input("in/a.html", "2", 10)
    assert len(list(store.evidence("TGO"))) == 2


def test_store_failed_input_leaves_no_document(store: Store) -> None:
    store.begin_input("in/a.html", "1", 10)
    store.put(analysis("a"), "in/a.html")
    store.finish_input(InputRow("in/a.html", "1", 10, "failed", "crashed"))
    assert not list(store.evidence("TGO"))


@pytest.mark.parametrize("query", ["detainees", "POLICE beat", "lome", "beat detainees."])
def test_search_finds_words_in_any_case_and_accent(store: Store, query: str) -> None:
    keep(store, "a")
    (hit,) = store.search(query)
    assert "beat detainees" in hit.text


@pytest.mark.parametrize("query", ["", '"', "a AND", "NEAR(", "x*y", "harvest", "-"])
def test_search_survives_odd_queries_and_finds_nothing(store: Store, query: str) -> None:
    keep(store, "a")
    assert list(store.search(query)) == []


def test_search_filters_by_country_and_category(store: Store) -> None:
    keep(store, "a")
    assert list(store.search("detainees", country="TGO", category="torture-ill-treatment"))
    assert not list(store.search("detainees", country="GHA"))
    assert not list(store.search("detainees", category="impunity"))


def test_readers_work_while_a_run_writes(store: Store, address: Where) -> None:
    keep(store, "a")
    with store.transaction(), open_store(address, read_only=True) as reader:
        assert len(list(reader.evidence("TGO"))) == 2


def test_counts_by_country_category_and_year(store: Store) -> None:
    keep(store, "a")
    keep(store, "b", country="GHA", role="location")
    torture, missing = "torture-ill-treatment", "enforced-disappearance"
    assert store.counts() == [("TGO", missing, "2023", 1), ("TGO", torture, "2023", 1)]
    assert store.matrix() == [("TGO", missing, "negated", 1), ("TGO", torture, "affirmed", 1)]
    assert store.matrix(min_score=0.95) == []
    decide(store, [decision(analysis("a"), 0, "reject"),
                   decision(analysis("a"), 1, "correct", responsible=("GHA", "TGO"))])  # fmt: skip
    assert store.counts() == [("GHA", missing, "2023", 1), ("TGO", missing, "2023", 1)]
    assert store.matrix() == [("GHA", missing, "negated", 1), ("TGO", missing, "negated", 1)]
    store.begin_input("in/a.html", "2", 10)
    assert store.counts() == store.matrix() == []


def test_top_gives_the_surest_that_decisions_leave(store: Store) -> None:
    keep(store, "a")
    assert sorted(hit.text[:6] for hit in store.top("TGO")) == ["Police", "There "]
    assert not list(store.top("GHA"))
    decide(store, [decision(analysis("a"), 0, "reject")])
    assert [hit.text[:6] for hit in store.top("TGO")] == ["There "]
    assert not list(store.top("TGO", category="torture-ill-treatment"))
    assert len(list(store.top("TGO", category="enforced-disappearance", limit=1))) == 1


def test_search_is_best_first_and_ends_at_its_limit(store: Store) -> None:
    quotes = tuple((f"Tear gas {'was used here ' * n}again.", "", "", "") for n in range(1, 9))
    keep(store, "a", quotes=quotes)
    found = [hit.text for hit in store.search("gas tear", limit=3)]
    assert found == [quotes[0][0], quotes[1][0], quotes[2][0]]
    assert len(list(store.search("tear-gas"))) == 8
    assert not list(store.search("gas-tear"))  # what stands together is found together


def test_store_tells_what_the_documents_of_an_input_gave(store: Store) -> None:
    found = analysis("a")
    unread = replace(found.document, warnings=("pages without text: 2",))
    store.begin_input("in/a.zip", "1", 10)
    store.put(replace(found, document=unread), "in/a.zip")
    store.put(analysis("b"), "in/a.zip")
    keep(store, "c")
    assert [(r.warnings, r.sentences, r.mentions) for r in store.readings("in/a.zip")] == [
        (("pages without text: 2",), 2, 2),
        ((), 2, 2),
    ]
    assert not store.readings("in/b.zip")


COMMON = (  # (sentence, trigger, category, status) and how sure the tagger is
    (("Police came.", "", "", ""), 0.0),
    (("Police beat detainees and left the town again.", "beat", "torture-ill-treatment",
      "affirmed"), 0.7),
    (("The police of the port took bribes from drivers.", "bribes", "bribery-extortion",
      "affirmed"), 0.9),
    (("Soldiers beat detainees.", "beat", "torture-ill-treatment", "affirmed"), 0.95),
    (("Clerks in the police\N{RIGHT SINGLE QUOTATION MARK}s office took bribes.", "bribes",
      "bribery-extortion", "affirmed"), 0.8),
)  # fmt: skip


def test_search_for_common_words_has_the_surest_first(store: Store) -> None:
    made = analysis("a", tuple(quote for quote, _ in COMMON))
    sure = [score for _, score in COMMON if score]
    mentions = [replace(m, score=s) for m, s in zip(made.mentions, sure, strict=True)]
    store.begin_input("in/a.html", "1", 10)
    store.put(replace(made, mentions=tuple(mentions)), "in/a.html")

    def found(words: str, **options: object) -> list[int]:
        texts = [quote for (quote, *_), _ in COMMON]
        return [texts.index(hit.text) for hit in store.search(words, **options)]  # type: ignore[arg-type]

    assert found("police")[0] == 0  # few: the best first, which is the shortest
    for common in (3, 2):
        store._db.full_text = replace(store._db.full_text, common=common)
        assert found("POLICE") == [2, 4, 1, 0]  # then those without a mention
        assert found("police", limit=2) == [2, 4]
        assert found("police", category="bribery-extortion") == [2, 4]
        assert found("police", country="TGO", category="torture-ill-treatment") == [1]
        assert not found("police", country="GHA")
        assert found("detainees") == [3, 1]  # not common
    decide(store, [decision(replace(made, mentions=tuple(mentions)), 1, "reject")])
    assert found("police") == [4, 1, 0, 2]
    assert found("police", category="bribery-extortion") == [4]


def test_store_refuses_a_mention_of_another_document(store: Store) -> None:
    keep(store, "a")
    other = analysis("b")
    mentions = tuple(
        replace(mention, document_id="a", id=f"{mention.id}b") for mention in other.mentions
    )
    store.begin_input("in/b.html", "2", 10)
    with pytest.raises(RefusedError, match="a mention stands in a sentence of its document"):
        store.put(replace(other, mentions=mentions), "in/b.html")
    assert not list(store.search("detainees", category="impunity"))
    assert len(list(store.search("detainees"))) == 1


def test_what_names_no_country_is_told_apart_as_decisions_leave_it(store: Store) -> None:
    torture, missing = "torture-ill-treatment", "enforced-disappearance"
    keep(store, "a")
    keep(store, "b", country="", title="Second report")
    assert store.unlinked() == {missing: 1, torture: 1}
    assert store.unlinked(statuses=("affirmed", "alleged")) == {torture: 1}
    assert store.unlinked(min_score=0.95) == {}
    (held,) = store.evidence(NO_COUNTRY, statuses=("affirmed", "alleged"))
    assert (held.document_title, held.mention.category, held.links) == (
        "Second report", torture, (),
    )  # fmt: skip
    assert [e.mention.category for e in store.evidence(NO_COUNTRY)] == [torture, missing]
    assert {e.mention.document_id for e in store.evidence("TGO")} == {"a"}
    decide(store, [decision(analysis("a"), 0, "correct", responsible=()),
                   decision(analysis("b", country=""), 0, "correct", responsible=("TGO",)),
                   decision(analysis("b", country=""), 1, "reject")])  # fmt: skip
    assert store.unlinked() == {torture: 1}
    assert [e.mention.document_id for e in store.evidence(NO_COUNTRY)] == ["a"]
    assert store.countries() == ["TGO"]
