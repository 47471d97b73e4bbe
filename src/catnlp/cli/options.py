"""Options that more than one command has: the same name, the same meaning."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from catnlp.address import Address, Where, where
from catnlp.errors import UsageError
from catnlp.remote import is_remote


class Here(click.Path):
    """A path of this machine. An address would be made a folder `s3:` without a word."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if is_remote(str(value)):
            raise UsageError(
                f"{str(value).partition('://')[0].strip()}://...: no address is taken here; name a "
                "file or folder of this machine. Addresses are taken as inputs of `run` and "
                "`ingest`, and by `store export` and `store import`"
            )
        return super().convert(value, param, ctx)


InPath = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
OutPath = Here(dir_okay=False, allow_dash=True, path_type=Path)
Folder = Here(file_okay=False, path_type=Path)


def store_type(*, exists: bool = False, dir_okay: bool = False) -> Callable[[Any], Where]:
    """A file, or the address of a PostgreSQL database."""
    file = click.Path(exists=exists, dir_okay=dir_okay, path_type=Path)

    def convert(text: Any) -> Where:
        place = where(str(text))
        return place if isinstance(place, Address) else Path(file.convert(place, None, None))

    return convert


def folder_type(*, exists: bool = False) -> Callable[[Any], Path | str]:
    """A folder here, or an address that fsspec knows."""
    folder = click.Path(exists=exists, file_okay=False, path_type=Path)

    def convert(text: Any) -> Path | str:
        text = str(text).strip()
        return text if is_remote(text) else Path(folder.convert(text, None, None))

    return convert


store_argument = click.argument("store", metavar="STORE", type=store_type(exists=True))
new_store_argument = click.argument("store", metavar="STORE", type=store_type())
files_argument = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
country_option = click.option(
    "-c",
    "--country",
    "countries",
    multiple=True,
    metavar="ISO3",
    help="Only this country (ISO 3166-1 alpha-3); may be given again.",
)
category_option = click.option(
    "--category", "categories", multiple=True, help="Only this category; may be given again."
)
status_option = click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(["affirmed", "alleged", "negated", "normative", "hypothetical"]),
    help="Only this status; may be given again.",
)
actor_option = click.option(
    "--actor",
    "actors",
    multiple=True,
    type=click.Choice(["state", "state-aligned", "non-state", "private", "unknown"]),
    help="Only this actor; may be given again.",
)
min_score_option = click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=None,
    help="Leave out mentions that the model is less sure of.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON to stdout.")
model_option = click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of another model than the one that ships.",
)
