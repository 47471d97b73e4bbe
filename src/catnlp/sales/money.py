"""Sums of money in prose: "an estimated cost of $1.2 billion", "EUR 40 million"."""

import re
from dataclasses import dataclass

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
          "m": 1e6, "bn": 1e9, "mn": 1e6}  # fmt: skip
CURRENCIES = {"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP",
              "gbp": "GBP", "dollar": "USD", "euro": "EUR", "pound": "GBP"}  # fmt: skip
MONEY = re.compile(
    r"(?P<before>US\s?\$|USD|EUR|GBP|[$€£])\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>thousand|million|billion|trillion|mn|bn|m)?\b"
    r"|(?P<number2>\d[\d,]*(?:\.\d+)?)\s*(?P<scale2>thousand|million|billion|trillion)?\s+"
    r"(?:US\s+)?(?P<after>dollars?|euros?|pounds?)\b",
    re.IGNORECASE,
)
UPPER = re.compile(r"\b(?:up to|estimated|not to exceed|as much as|at most)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum with its place in the text; `upper` where it is an estimate or a ceiling."""

    amount: float
    currency: str
    upper: bool
    start: int
    end: int


def find_money(text: str) -> list[Money]:
    """Sums from left to right."""
    found = []
    for match in MONEY.finditer(text):
        number = match["number"] or match["number2"]
        scale = (match["scale"] or match["scale2"] or "").lower()
        sign = (match["before"] or match["after"]).lower().replace(" ", "")
        amount = round(float(number.replace(",", "")) * SCALES.get(scale, 1.0), 2)
        upper = bool(UPPER.search(text[max(0, match.start() - 50) : match.start()]))
        found.append(
            Money(amount, CURRENCIES[sign.removesuffix("s")], upper, match.start(), match.end())
        )
    return found
