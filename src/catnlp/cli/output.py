"""What a run leaves beside the store: pages, flags, manifest."""

import json
import time
from pathlib import Path
from typing import Any

from catnlp.engine.run import Run
from catnlp.settings import Settings
from catnlp.store import NO_COUNTRY, Store

UNLINKED = f"countries/{NO_COUNTRY}.html"


def unlinked_line(mentions: int, out: Path) -> str:
    """What a person has to know of what stands on no country's page."""
    names = "mention names" if mentions == 1 else "mentions name"
    return f"{mentions:,} affirmed or alleged {names} no country; listed in {out / UNLINKED}"


def write_outputs(
    store: Store, out: Path, done: Run, settings: Settings
) -> tuple[dict[str, Any], str]:
    """Writes all of it; returns the manifest and an overview to print. Files appear whole or
    not at all."""
    from catnlp.export import EXPORTERS, Filters, flags
    from catnlp.summarize import overview, unlinked_counts, write_pages

    clock = time.perf_counter()
    summaries = write_pages(store, out, settings=settings)
    done.seconds["summarize"] = time.perf_counter() - clock
    clock = time.perf_counter()
    part = out / "flags.jsonl.part"
    with part.open("w", encoding="utf-8") as stream:
        EXPORTERS["jsonl"](flags(store, Filters(min_score=settings.min_score)), stream)
    part.replace(out / "flags.jsonl")
    done.seconds["export"] = time.perf_counter() - clock
    unlinked = sum(unlinked_counts(store, settings).values())
    listed = UNLINKED if unlinked else ""
    manifest = {**done.manifest(), "without_country": {"mentions": unlinked, "listed": listed}}
    part = out / "run.json.part"
    part.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(out / "run.json")
    return manifest, overview(summaries)
