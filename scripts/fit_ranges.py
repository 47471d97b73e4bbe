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
from catnlp.train.save import write_config


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    network = read_network(options.model).eval()
    tokenizer = load_tokenizer(options.model / "tokenizer.json")
    ranges = observe(network, read_corpora(options.corpora), tokenizer, Recipe().seed)
    ranges.save(options.model / RANGES)
    config = json.loads((options.model / "config.json").read_text(encoding="utf-8"))
    config["files"][RANGES] = hashlib.sha256((options.model / RANGES).read_bytes()).hexdigest()
    write_config(options.model, config)


if __name__ == "__main__":
    main()
