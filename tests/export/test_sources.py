import json
import re

from catnlp.export import flags
from catnlp.store import Store
from tests.analyses import analysis
from tests.export.write import written


def test_each_source_is_cited_once(store: Store) -> None:
    text = written("bibtex", flags(store))
    keys = re.findall(r"@misc\{([^,]+),", text)
    assert len(keys) == len(set(keys)) == 2
    assert "  year = {2023},\n  month = {5},\n" in text
    records = json.loads(written("csl-json", flags(store)))
    assert [record["id"] for record in records] == keys
    assert records[0]["issued"] == {"date-parts": [[2023, 5]]}
    assert records[0]["URL"] == "https://example.org/b"


def test_bibtex_escapes_what_tex_would_read(store: Store) -> None:
    store.put(analysis("c", title="50% of {R&D}_costs"), "x")
    text = written("bibtex", flags(store))
    assert r"title = {{50\% of \{R\&D\}\_costs}}" in text
