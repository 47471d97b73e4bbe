"""HRDsAttack, an article each: country of the event, perpetrator type, violation types.

    python benchmarks/hrdsattack.py                       the dev split
    python benchmarks/hrdsattack.py --split train --limit 50
    python benchmarks/hrdsattack.py --predictions FILE    keep (or read again) what was found

The map from our categories to the labels of the benchmark is `benchmarks/hrdsattack.toml`. Many
articles have no country in the gold ("None") though they name one: the figure over all articles
counts each of those as wrong unless nothing is found, the figure beside it leaves them out.
"""

import argparse
import html
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from catnlp.domain import Analysis, Block, Document, make_id
from catnlp.gazetteer import find_places

DATA = Path(__file__).parents[2] / "shared" / "benchmarks" / "hrdsattack"
RULES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PARAGRAPH = re.compile(r"</p>")
TAG = re.compile(r"<[^>]+>")

# {"links": [[country, role, weight]], "mentions": [[category, actor, score, start in the text]],
#  "named": [[country, share of the places named]]}
Found = dict[str, Any]


def article(record: Mapping[str, Any]) -> Document:
    """The document of a record: its title, and a block for each paragraph."""
    sample = record["sample"]
    plain = (TAG.sub(" ", part) for part in PARAGRAPH.split(sample["Input.article_interface"]))
    paragraphs = [text for part in plain if (text := " ".join(html.unescape(part).split()))]
    blocks, start = [], 0
    for text in paragraphs:
        blocks.append(Block(start, start + len(text)))
        start += len(text) + 1
    name = str(sample["Input.GLOBALEVENTID"])
    return Document(
        id=make_id("d", name), uri=name, media_type="application/json", reader="jsonl",
        title=sample["Input.title"] or "", text="\n".join(paragraphs), blocks=tuple(blocks),
        published=sample["Input.publish_date"][:10], genre="news",
    )  # fmt: skip


def condense(analysis: Analysis) -> Found:
    """What the aggregation needs of an analysis."""
    counted = [m for m in analysis.mentions if m.status in RULES["rules"]["statuses"]]
    scores = {m.id: m.score for m in counted}
    named = Counter(
        RULES["same_country"].get(p.code, p.code) for p in find_places(analysis.document.text)
    )
    return {
        "mentions": [[m.category, m.actor, m.score, m.start] for m in counted],
        "named": [[code, n / named.total()] for code, n in sorted(named.items())],
        "links": [
            [k.country, k.role, k.score * scores[k.mention_id]]
            for k in analysis.country_links
            if k.mention_id in scores
        ],
    }


def country(found: Found) -> str:
    """Where most happened: by the sum of the scores of mentions and links, and a little by how
    often the article names a country, for mentions whose sentence does not say where. All these
    articles tell of an attack; where none is found (a common crime), it is what they name most."""
    weights: Counter[str] = Counter()
    said = sum(score for _, _, score, _ in found["mentions"])
    named = dict(found.get("named", ()))
    for code, share in named.items() if said else ():
        weights[code] += RULES["rules"]["named"] * share * said
    for code, role, weight in found["links"]:
        if role == "location":
            weights[RULES["same_country"].get(code, code)] += weight
    weights = weights or Counter(named)
    return max(sorted(weights), key=lambda code: weights[code], default="")


def perpetrator(found: Found) -> str:
    """The type of the actor that most mentions have."""
    weights: Counter[str] = Counter()
    for _, actor, score, _ in found["mentions"]:
        weights[actor] += score
    if not weights:
        return str(RULES["rules"]["no_perpetrator"])
    best = max(sorted(weights), key=lambda actor: weights[actor])
    return str(RULES["perpetrators"][best])


def violations(found: Found) -> set[str]:
    """Types with enough mentions, and no mere aside; at least the strongest one. What the article
    opens with counts more."""
    rules = RULES["rules"]
    weights: Counter[str] = Counter()
    for category, _, score, start in found["mentions"]:
        if category in RULES["violations"]:
            opening = rules["opening"] if start < rules["opening_characters"] else 1.0
            weights[RULES["violations"][category]] += score * opening
    if not weights:
        return {rules["no_violation"]}
    chosen = {
        name
        for name, weight in weights.items()
        if weight >= _rule("least", name) and weight >= _rule("share", name) * weights.total()
    }
    return chosen or {max(sorted(weights), key=lambda name: weights[name])}


def _rule(table: str, name: str) -> float:
    return float(RULES[table].get(name, RULES[table]["any"]))


def gold_countries(name: str) -> set[str]:
    """Codes of what the annotator wrote; empty where that is no country."""
    if name in RULES["countries"]:
        return {RULES["countries"][name]} - {""}
    return {RULES["same_country"].get(p.code, p.code) for p in find_places(name)}


def figures(gold: Sequence[Mapping[str, Any]], found: Sequence[Found]) -> dict[str, float]:
    right: Counter[str] = Counter()
    for label, mine in zip(gold, found, strict=True):
        codes, code = gold_countries(label["country"]), country(mine)
        right["country"] += code in codes if codes else not code
        right["named"] += bool(codes)
        right["country, where one is named"] += code in codes
        right["perpetrator"] += perpetrator(mine) == (label["perpetrator_type"] or "")
        types, true = violations(mine), set(label["violation_types"])
        right["hits"] += len(types & true)
        right["types"] += len(types) + len(true)
    return {
        "country": right["country"] / len(gold),
        "country, where one is named": right["country, where one is named"] / right["named"],
        "perpetrator type": right["perpetrator"] / len(gold),
        "violation types F1": 2 * right["hits"] / right["types"],
    }


def analyses(records: Sequence[Mapping[str, Any]]) -> Iterator[Found]:
    from catnlp.engine.analyze import Analyst

    analyst = Analyst()
    for number, record in enumerate(records, 1):
        yield condense(analyst.analyze(article(record)))
        print(f"\r{number} of {len(records)} articles", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--predictions", type=Path, help="JSON file of what was found")
    options = parser.parse_args(arguments)
    path = DATA / f"{options.split}.json"
    if not path.exists():
        print(f"left out: no {path.name} of HRDsAttack beside the checkout")
        return 0
    records = json.loads(path.read_text(encoding="utf-8"))[: options.limit]
    kept = options.predictions
    if kept and kept.exists():
        found = json.loads(kept.read_text(encoding="utf-8"))[: len(records)]
        records = records[: len(found)]
    else:
        found = list(analyses(records))
        if kept:
            kept.write_text(json.dumps(found), encoding="utf-8")
    print(f"{options.split}: {len(records)} articles")
    for name, value in figures([r["merged_sample"] for r in records], found).items():
        print(f"  {name:28} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
