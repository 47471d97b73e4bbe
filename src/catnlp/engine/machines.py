"""What a document was read with beside the versions of `fingerprint`: scores differ in their last
digits between precisions and devices, and texts between versions of readers and OCR."""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

Machine = dict[str, str]


def describe(precision: str, device: str) -> Machine:
    """This machine, as `run.json` names it; an empty version is a program that is not there."""
    from pypdfium2 import PDFIUM_INFO

    from catnlp.extract import ocr

    return {
        "precision": precision,
        "device": device,
        "torch": version("torch"),
        "pdfium": str(PDFIUM_INFO),
        "tesseract": ocr.version(),
    }


def earlier(out: Path | None) -> list[Machine]:
    """Those of the run before, by its manifest in that folder."""
    if out is None:
        return []
    try:
        manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
        return [machine for machine in manifest["machines"] if isinstance(machine, dict)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def mixed(machines: Sequence[Machine]) -> str:
    """What a person has to know where not all was read with one precision and device."""
    names = ("precision", "device")
    found = dict.fromkeys(" on ".join(str(machine.get(name, "?")) for name in names)
                          for machine in machines)  # fmt: skip
    if len(found) < 2:
        return ""
    return (
        f"documents in this store were read with {' and with '.join(found)}: scores can differ "
        "in their last digits; --force reads all again"
    )
