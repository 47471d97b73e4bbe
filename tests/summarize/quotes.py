"""Evidence made of sentences, for tests."""

from pathlib import Path
from tempfile import TemporaryDirectory

from catnlp.domain import Evidence
from catnlp.store import open_store
from tests.analyses import analysis


def evidence(
    *quotes: str,
    name: str = "a",
    status: str = "affirmed",
    category: str = "impunity",
    title: str = "",
) -> list[Evidence]:
    """The quotes as evidence of one document; each has its first word as trigger."""
    rows = tuple((quote, quote.split()[0], category, status) for quote in quotes)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        store.begin_input("x", "1", 1)
        store.put(analysis(name, rows, title=title or f"Report {name}"), "x")
        return list(store.evidence("TGO"))
