"""Measures how large the activations of a model are, for its 8-bit form, into its folder.

    python scripts/fit_ranges.py models/catnlp-en corpora/authored/*.jsonl

`catnlp train` does it by itself; this is for a model that was trained without.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from catnlp.tag.tagger import RANGES, read_network
from catnlp.tag.windows import load_tokenizer
from catnlp.train.corpus import read_corpora
from catnlp.train.ranges import observe
from catnlp.train.recipe import Recipe


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    network = read_network(options.model).eval()
    tokenizer = load_tokenizer(options.model / "tokenizer.json")
    ranges = observe(network, read_corpora(options.corpora), tokenizer, Recipe().seed)
    ranges.save(options.model / RANGES)
    path = options.model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    digest = hashlib.sha256((options.model / RANGES).read_bytes()).hexdigest()
    config["files"][RANGES] = digest
    text = json.dumps(config, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
