"""Where a store is: a file, or a database of a PostgreSQL server."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from catnlp.errors import UsageError

# `postgresql+psycopg://` is SQLAlchemy's way to say which driver it takes
SERVER = re.compile(r"(?i)postgres(?:ql)?(?:\+\w+)?://")
HOSTS = re.compile(r"(?:(?:\[[0-9A-Fa-f:.%]+\]|[^,:\[\]]*)(?::\d*)?(?:,|$))*")
# What is no path, though a file could bear the name. A letter before `:` is a drive of Windows.
NO_PATH = re.compile(
    r"""(?ix) [a-z][a-z\d+.-]+:[/\\] | :[/\\]{2}       # another scheme, or a slash too few
    | postgres(?:ql)?(?:\+\w+)?:
    | /{0,2} [^/\\:@]{2,} : [^@]* @                   # ann:password@host
    | (?:host|hostaddr|port|dbname|user|password|passfile|service|sslmode)\s*=
    | (?![./]) .* \b(?:ssl)?password\s*="""
)


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
        """A password with `@ / ? #` in it, of which a part would be taken for the server's name
        or port, and shown; or no address at all."""
        rest = self.url.partition("://")[2]
        before = re.split("[/?#]", rest, maxsplit=1)[0]
        if rest.count("@") > before.count("@") or before.count("@") > 1:
            return True
        try:
            urlsplit(self.url)
        except ValueError:
            return True
        return not HOSTS.fullmatch(before.rpartition("@")[2])


Where = Path | Address


def where(text: str) -> Where:
    """An address of a server where the text is one, else a path.

    UsageError, which does not repeat the text, where it looks like another address: a folder of
    that name would have the password in it, and its owner would think the results elsewhere.
    """
    text = text.strip()
    if found := SERVER.match(text):
        return Address(f"postgresql://{text[found.end() :]}")
    if NO_PATH.match(text):
        raise UsageError(
            "STORE is neither a file nor an address of a store; give a file, or "
            "postgresql://USER@HOST:PORT/NAME (password: PGPASSWORD or ~/.pgpass); "
            "./ before the name of a file that only looks like an address"
        )
    return Path(text)
