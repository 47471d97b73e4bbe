"""Names of files as text that can be shown, written and stored."""

import re

UNDECODED = re.compile(r"[\udc80-\udcff]")  # bytes that are not UTF-8, as Python keeps them


def printable(name: str) -> str:
    """With `\\xff` for a byte that is not UTF-8; all other names stay as they are."""
    if name.isascii():
        return name
    shown = UNDECODED.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", name)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")
