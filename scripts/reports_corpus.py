"""Stand-off labels on public documents: made, fetched for, and joined with their text again.

    python scripts/reports_corpus.py strip SENTENCES.jsonl... -o corpora/reports/NAME.jsonl
    python scripts/reports_corpus.py fetch corpora/reports --to FOLDER
    python scripts/reports_corpus.py restore corpora/reports --texts FOLDER... -o OUT.jsonl

`fetch` downloads the documents whose public address stands in corpora/reports/sources.csv,
one a second. `restore` reads documents (or JSONL sentences) and says what it did not find.
"""

import argparse
import csv
import json
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

from catnlp.train.corpus import read_corpora
from catnlp.train.standoff import read_standoff, restore, strip

SOURCES = Path(__file__).parents[1] / "corpora" / "reports" / "sources.csv"
PAUSE = 1.0  # seconds between downloads


def write(records: list[dict], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(r, ensure_ascii=False, sort_keys=True) + "\n" for r in records)
    path.write_text("".join(lines), encoding="utf-8")


def address(document: str, sources: list[dict[str, str]]) -> str:
    """Public address of a document, empty where none is known."""
    for source in sources:
        prefix, template = source["prefix"], source["address"]
        if template and document.startswith(prefix):
            parts = document.removeprefix(prefix).split("/")
            return template.format(*parts, document=document)
    return ""


def fetch(records: list[dict], folder: Path) -> int:
    """Downloads what is not there yet; returns how many documents have no text."""
    with SOURCES.open(encoding="utf-8", newline="") as stream:
        sources = list(csv.DictReader(stream))
    lost: Counter[str] = Counter()
    for document in sorted({r["document"] for r in records}):
        file = folder / (document.replace("://", "/").strip("/") + ".html")
        url = address(document, sources)
        if file.exists() or not url:
            lost["no public address known"] += not url
            continue
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                data = answer.read()
        except (urllib.error.URLError, TimeoutError) as error:
            print(f"{document}: {url}: {error}", file=sys.stderr)
            lost["not to be had"] += 1
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        time.sleep(PAUSE)
    print(f"without a text: {dict(lost)}")
    return lost.total()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("strip", "fetch", "restore"):
        command = commands.add_parser(name)
        command.add_argument("files", nargs="+", type=Path)
        if name == "fetch":
            command.add_argument("--to", type=Path, required=True)
        else:
            command.add_argument("-o", "--out", type=Path, required=True)
        if name == "restore":
            command.add_argument("--texts", nargs="+", type=Path, required=True)
    options = parser.parse_args()
    if options.command == "strip":
        records = [strip(s) for s in read_corpora(options.files)]
        write(records, options.out)
        print(f"{len(records)} sentences, {sum(len(r['mentions']) for r in records)} mentions")
        return 0
    records = read_standoff(options.files)
    if options.command == "fetch":
        return int(fetch(records, options.to) > 0)
    result = restore(records, options.texts)
    write(result.found, options.out)
    missing = Counter(r["source"] for r in result.missing)
    print(
        f"{len(result.found)} of {len(records)} sentences restored; without a text: {dict(missing)}"
    )
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
