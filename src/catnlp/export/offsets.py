"""Ways to count in text. We count code points; JavaScript tools count UTF-16 code units."""


def utf16(text: str, position: int) -> int:
    """The position in UTF-16 code units of a position in code points."""
    return len(text[:position].encode("utf-16-le")) // 2


def from_utf16(text: str, units: int) -> int:
    """The position in code points of one in UTF-16 code units (half a pair counts as before it)."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
