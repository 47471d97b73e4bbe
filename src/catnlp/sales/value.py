"""What a notice says the sale may cost: the total, not a part, an increase or an older sum."""

import re

from catnlp.sales.money import Money, find_money

KEYS = re.compile(
    r"(?P<total>total|overall|case\s+value|estimated\s+(?:\w+\s+){0,2}?(?:cost|value)"
    r"|(?:cost|value)\s+(?:of|is)|worth)"
    r"|(?P<part>\bMDE\b|non-MDE|major\s+defense\s+equipment|\bother\b|new\s+items"
    r"|additional\s+items|options?\b)"
    r"|(?P<older>original|previous|earlier|initial(?!\s+requirements)|constitut\w+|threshold)",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"(?:increase[ds]?|decrease[ds]?|r[ao]se|grew|additional)\s+(?:of|by)\s+(?:an?\s+)?(?:estimated\s+)?$",
    re.I,
)
REVISED = re.compile(r"\b(?:revised|new|updated|now|to\s+a\s+total)\b", re.I)
SENTENCE = re.compile(r"(?<!U\.S)(?<!No)\.\s+(?=[A-Z(])|\n\n")
RANK = {"total": 2, "": 0}


def total_value(text: str, begin: int = 0) -> Money | None:
    """The total of the sale; where it is said several times, a revised one, else the last."""
    best: tuple[int, Money] | None = None
    for money in find_money(text):
        rank = _rank(text, money)
        if rank > 0 and (best is None or rank >= best[0]):
            best = rank, money
    return best[1] if best else None


def _rank(text: str, money: Money) -> int:
    """2 for the total, 3 for a revised total, 1 for a cost without more, 0 for another sum."""
    breaks = list(SENTENCE.finditer(text, max(0, money.start - 400), money.start))
    sentence = text[breaks[-1].end() if breaks else max(0, money.start - 400) : money.start]
    if CHANGE.search(sentence):
        return 0
    keys = list(KEYS.finditer(sentence))
    if not keys or keys[-1].lastgroup != "total":
        return 0
    if any(key.lastgroup == "older" for key in keys) and not REVISED.search(sentence):
        return 0
    said_total = re.search(r"total|overall", sentence, re.I) is not None
    return 1 + said_total + (said_total and REVISED.search(sentence[-60:]) is not None)
