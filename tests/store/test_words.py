"""Words are cut for PostgreSQL as SQLite's full-text index cuts them."""

import sqlite3

import pytest

from catnlp.store.words import LONGEST_WORD, has, runs, vector, wanted, words

TEXTS = (
    "Police in Lomé beat detainees – on May 3, 2023.",
    "Tear-gas and/or “live” rounds; the U.N. said so (para. 12).",
    "Şırnak, Đà Nẵng, Kraków and São Tomé",
    "e-mail to a_b@example.org, 1,200.50 dollars, 𝟏𝟐 protesters",
    "«قوات الأمن» سنة 2020",
    "it’s don't O'Neill",
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_sqlite(text: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab (t, instance)")
    db.execute("INSERT INTO t VALUES (?)", (text,))
    found = [row[0] for row in db.execute("SELECT term FROM v ORDER BY offset")]
    db.close()
    assert words(text) == found


def test_vector_and_query_are_written_as_postgresql_reads_them() -> None:
    assert vector("Tear gas, tear") == "'tear':1 'gas':2 'tear':3"
    assert wanted("Police tear-gas") == "('police') & ('tear' <-> 'gas')"
    assert wanted("-' \" ") == ""
    assert len(words("x" * 3000)[0]) == LONGEST_WORD


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "query",
    ["lome", "POLICE beat", "beat police", "tear-gas", "gas-tear", "gas", "U.N.", "n u", "Sırnak",
     "sirnak", "nang", "b@example", "1,200", "200,1", "o'neill", "neill t", "it's", "olice", "a_b",
     "b_a", "2023 may", "may-3", "may-2023", "قوات"],
)  # fmt: skip
def test_a_text_has_the_words_that_sqlite_finds_in_it(text: str, query: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (x, tokenize='unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO t VALUES (?)", (text,))
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in query.split())
    found = db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (quoted,)).fetchone()[0]
    db.close()
    assert has(text, runs(query)) == bool(found)
