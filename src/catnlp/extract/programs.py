"""Programs that some files need and that may be installed later: a run reads those again."""

from collections.abc import Callable, Iterable

from catnlp.extract import ocr, office

NEEDED: dict[str, tuple[str, Callable[[], str]]] = {  # name -> sign in a warning, whether there
    "tesseract": (ocr.HINT, ocr.version),
    "libreoffice": (office.HINT, office.libreoffice),
}


def missed(warnings: Iterable[str]) -> tuple[str, ...]:
    """The programs for lack of which a part of a file was not read, by its warnings."""
    said = list(warnings)
    return tuple(
        name for name, (hint, _) in NEEDED.items() if any(hint in warning for warning in said)
    )


def absent() -> tuple[str, ...]:
    """The programs that are not on this machine."""
    return tuple(name for name, (_, find) in NEEDED.items() if not find())
