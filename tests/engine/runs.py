"""Small reports to run over, and what a run leaves, for comparing."""

from pathlib import Path

from catnlp.export import EXPORTERS, flags
from catnlp.export.formats import lookup_in
from catnlp.store import open_store
from tests.export.write import written, written_bytes

PLACES = ("Aden", "Lagos", "Minsk", "Lima", "Dili", "Juba", "Riga", "Oslo", "Baku")


def write_reports(folder: Path) -> Path:
    """Twelve small documents, one of them broken, one empty, one a copy."""
    for number, place in enumerate(PLACES):
        (folder / f"{number}-{place}.txt").write_text(
            f"Report from {place}\n\nOn May {number + 1}, police in {place} beat detainees to "
            "extract confessions. The ministry denied it.\n\nThere were no reports of enforced "
            f"disappearances. The law prohibits torture. Rain fell in {place} for a week.\n" * 3,
            encoding="utf-8",
        )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing that follows is a PDF")
    (folder / "empty.html").write_bytes(b"")
    (folder / "copy.txt").write_bytes((folder / "0-Aden.txt").read_bytes())
    return folder


def rows(out: Path) -> list[object]:
    with open_store(out / "catnlp.db", read_only=True) as store:
        return list(store.dump())


def exported(out: Path) -> dict[str, bytes]:
    """Every export format over the store, and every page, by name."""
    found = {}
    with open_store(out / "catnlp.db", read_only=True) as store:
        for name, exporter in EXPORTERS.items():
            if exporter.binary:
                found[name] = written_bytes(name, flags(store), lookup_in(store))
            else:
                found[name] = written(name, flags(store), lookup_in(store)).encode()
    pages = [out / "index.html", out / "flags.jsonl", *(out / "countries").iterdir()]
    return found | {path.name: path.read_bytes() for path in pages}
