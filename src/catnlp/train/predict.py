"""Predictions for labelled sentences: tagged now, or read from a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from catnlp.engine.annotate import predict_mentions, read_lines
from catnlp.train.corpus import Label, from_json, read_corpus


def predict(paths: Iterable[Path], model: Path | None = None) -> dict[str, tuple[Label, ...]]:
    """Labels by sentence id, from the text and context alone."""
    files = [f for p in paths for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    records: list[dict[str, Any]] = [r for file in files for r in read_lines(file)]
    found = predict_mentions(records, model=model)
    return {
        str(record["id"]): from_json({**record, "mentions": mentions}).labels
        for record, mentions in zip(records, found, strict=True)
    }


def predictions_of(path: Path) -> dict[str, tuple[Label, ...]]:
    """Labels by sentence id, as a file has them."""
    return {sentence.id: sentence.labels for sentence in read_corpus(path)}
