"""Where a store is: a file, or a database of a PostgreSQL server."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

SCHEMES = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database. Shown, it has neither user nor password."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        if self.unclear:
            return "postgresql://..."
        parts = urlsplit(self.url)
        return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def unclear(self) -> bool:
        """A password with `@ / ? #` in it, of which a part would be taken for the server's name,
        and shown."""
        rest = self.url.partition("://")[2]
        before = re.split("[/?#]", rest, maxsplit=1)[0]
        return rest.count("@") > before.count("@") or before.count("@") > 1


Where = Path | Address


def where(text: str) -> Where:
    """An address of a server where the text is one, else a path."""
    return Address(text) if text.startswith(SCHEMES) else Path(text)
