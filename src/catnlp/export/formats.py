"""The table of formats. A format is one function and a line of how it is called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import IO, Any

from catnlp.domain import Flag

TextOf = Callable[[str], str]  # id of a document -> its text
Write = Callable[[Iterable[Flag], IO[Any], TextOf | None], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """`binary` streams take bytes; `whole_text` formats carry the text of whole documents."""

    name: str
    write: Write
    about: str
    binary: bool = False
    whole_text: bool = False

    def __call__(
        self, found: Iterable[Flag], stream: IO[Any], text_of: TextOf | None = None
    ) -> None:
        self.write(found, stream, text_of)


EXPORTERS: dict[str, Exporter] = {}


def exporter(
    name: str, about: str, *, binary: bool = False, whole_text: bool = False
) -> Callable[[Write], Write]:
    """Registers a function as a format; a name cannot be taken twice."""

    def register(write: Write) -> Write:
        if name in EXPORTERS:
            raise ValueError(f"exporter {name!r} is already registered")
        EXPORTERS[name] = Exporter(name, write, about, binary, whole_text)
        return write

    return register


def load_plugins() -> None:
    """Modules of other packages that register formats: entry points `catnlp_exporters`."""
    for point in entry_points(group="catnlp_exporters"):
        point.load()
