"""The table of formats. A format is one function and a line of how it is called."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from typing import IO, Any

from catnlp.domain import Flag
from catnlp.store import Standing, Store


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a format can ask beside the flags. None is given where names are left out."""

    text: Callable[[str], str]  # id of a document -> its text
    mentions: Callable[[Flag], Sequence[Standing]]  # all of the sentence of a flag


def lookup_in(store: Store) -> Lookup:
    """Answers from a store; it reads a document, and a sentence, once for all flags in a row."""
    sentence = lru_cache(maxsize=64)(store.standing)
    return Lookup(
        text=lru_cache(maxsize=8)(store.text),
        mentions=lambda flag: sentence(flag.document_id, flag.start, flag.end),
    )


Write = Callable[[Iterable[Flag], IO[Any], Lookup | None], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """`binary` streams take bytes; `whole_text` formats carry the text of whole documents."""

    name: str
    write: Write
    about: str
    binary: bool = False
    whole_text: bool = False

    def __call__(
        self, found: Iterable[Flag], stream: IO[Any], lookup: Lookup | None = None
    ) -> None:
        self.write(found, stream, lookup)


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
