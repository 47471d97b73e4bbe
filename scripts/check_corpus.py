"""Check sentences written for training: schema, triggers, labels, near-duplicates.

    python scripts/check_corpus.py corpora/authored/*.jsonl [--fix]

`--fix` writes `start` and `end` of each trigger (first occurrence in `text`
unless `start` is given). Exits 1 when anything is wrong.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

CATEGORIES = (
    "unlawful-killing enforced-disappearance torture-ill-treatment arbitrary-detention "
    "detention-conditions sexual-gender-violence child-rights-abuse civilian-harm excessive-force "
    "expression-repression assembly-association-repression persecution-discrimination "
    "forced-labor-trafficking forced-displacement privacy-surveillance atrocity-crime "
    "abuse-unspecified bribery-extortion embezzlement-fraud patronage-capture "
    "security-sector-corruption corruption-unspecified impunity unfair-trial weak-oversight "
    "democratic-backsliding arms-diversion"
).split()
STATUSES = "affirmed alleged negated normative hypothetical".split()
ACTORS = "state state-aligned non-state private unknown".split()
FIELDS = {"id", "source", "document", "title", "section", "prev", "text", "next", "mentions"}
SIMILAR = 0.5  # Jaccard of word 3-shingles from which two sentences are near-duplicates


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def problems(record: dict) -> Iterator[str]:
    """What is wrong with one record; fills missing trigger offsets."""
    missing = FIELDS - record.keys()
    if missing:
        yield f"missing fields {sorted(missing)}"
        return
    if not isinstance(record["section"], list):
        yield "section is not a list"
    for mention in record["mentions"]:
        label = (mention.get("category"), mention.get("status"), mention.get("actor"))
        for value, allowed in zip(label, (CATEGORIES, STATUSES, ACTORS), strict=True):
            if value not in allowed:
                yield f"unknown label {value!r}"
        for role in ("responsible", "location"):
            for code in mention.get(role, [None]):
                if not (isinstance(code, str) and re.fullmatch("[A-Z]{3}", code)):
                    yield f"{role} needs a list of ISO alpha-3 codes"
        start = mention.get("start", record["text"].find(mention["trigger"]))
        if start < 0 or not record["text"].startswith(mention["trigger"], start):
            yield f"trigger {mention['trigger']!r} is not in the text"
            continue
        mention["start"], mention["end"] = start, start + len(mention["trigger"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--fix", action="store_true", help="write trigger offsets into the files")
    options = parser.parse_args()
    bad, ids = 0, set()
    seen: list[tuple[str, int]] = []  # place and number of shingles of each sentence
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)  # who has a shingle
    counts: dict[str, Counter[str]] = {
        "category": Counter(),
        "status": Counter(),
        "actor": Counter(),
    }
    total = empty = 0
    for path in options.files:
        records = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                print(f"{path}:{number}: not JSON: {error}")
                bad += 1
                continue
            for problem in problems(record):
                print(f"{path}:{number}: {problem}")
                bad += 1
            if record.get("id") in ids:
                print(f"{path}:{number}: id {record['id']} occurs twice")
                bad += 1
            ids.add(record.get("id"))
            if "pair" not in record:
                mine = shingles(record["text"])
                shared = Counter(other for part in mine for other in holders[part])
                for other, both in sorted(shared.items()):
                    place, size = seen[other]
                    if both / (len(mine) + size - both) >= SIMILAR:
                        print(f"{path}:{number}: near-duplicate of {place}")
                        bad += 1
                        break
                for part in mine:
                    holders[part].append(len(seen))
                seen.append((f"{path.name}:{number}", len(mine)))
            total += 1
            empty += not record["mentions"]
            for mention in record["mentions"]:
                for key, counter in counts.items():
                    counter[mention[key]] += 1
            records.append(record)
        if options.fix:
            path.write_text(
                "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8"
            )
    print(f"{total} sentences, {empty} without a mention, {bad} problems")
    for key, counter in counts.items():
        print(key, dict(counter.most_common()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
