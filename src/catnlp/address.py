"""Where a store is: a file, or a database of a PostgreSQL server."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database. Shown, it has no password: neither user part nor options."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


Where = Path | Address


def where(text: str) -> Where:
    """An address of a server where the text is one, else a path."""
    return Address(text) if text.startswith(SCHEMES) else Path(text)
