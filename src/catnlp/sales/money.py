"""Sums of money: "an estimated cost of $1.2 billion", "SEK 3 billion", "63,000 crore rupees"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from catnlp.resources import read_toml

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6,
          "mn": 1e6, "mln": 1e6, "mil": 1e6, "bn": 1e9, "b": 1e9,
          "lakh": 1e5, "crore": 1e7}  # fmt: skip
SCALE = r"(?:thousand|million|billion|trillion|lakh|crore)s?|mln|mil|mn|bn|m|(?<=\d)b"
NUMBER = r"(?>(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?)(?![\d,.]*\d)"
ANY_CASE = ("USD", "EUR", "GBP")  # other codes are words in small letters, or designations
LEAST = 1000  # a smaller sum without "million" needs one of these, a sign or a name
UPPER = re.compile(r"\b(?:up to|estimated|not to exceed|as much as|at most)\b", re.IGNORECASE)
ALONE = re.compile(  # a cell; 2 500 000 is a number there
    rf"(?P<before>[^\d.,+-]*)(?P<number>\d{{1,3}}(?:[ '’]\d{{3}})+(?:\.\d+)?|{NUMBER})\s*"
    rf"(?P<scale>(?:{SCALE})\b)?(?P<after>\D*)",
    re.IGNORECASE,
)


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
    for match in _pattern().finditer(text):
        number = match["number"] or match["number2"]
        scale = match["scale"] or match["scale2"] or ""
        amount = _amount(number, scale)
        code = match["code"]
        if code and not scale and (amount < LEAST or code in _data()["words"]):
            continue
        currency = currency_of(match["sign"] or code or match["after"])
        upper = bool(UPPER.search(text[max(0, match.start() - 50) : match.start()]))
        found.append(Money(amount, currency, upper, match.start(), match.end()))
    return found


def read_money(cell: str, stated: str = "") -> tuple[float, str] | None:
    """The sum that a cell holds, with its currency, or "" where it names none; None where it
    cannot be read, or names several. `stated` decides which dollar a "$" is."""
    if match := ALONE.fullmatch(cell.strip(" ~≈()")):
        named = [s for s in (match["before"].strip(), match["after"].strip()) if s]
        codes = {stated if _may_be(sign, stated) else currency_of(sign) for sign in named}
        if "" not in codes:
            amount = _amount(match["number"], match["scale"] or "")
            return (amount, next(iter(codes), "")) if len(codes) < 2 else None
    sums = {(money.amount, money.currency) for money in find_money(cell)}
    return sums.pop() if len(sums) == 1 else None


def _may_be(sign: str, code: str) -> bool:
    import pycountry

    word = _data()["shared"].get(sign.casefold().removesuffix("s"))
    found = pycountry.currencies.get(alpha_3=code) if word and code else None
    return found is not None and word in found.name.split()


def currency_of(sign: str) -> str:
    """The code of a currency by code, sign or name; "" where it is not known."""
    plain = " ".join(sign.split())
    if plain.upper() in _codes():
        return plain.upper()
    name = plain.casefold()
    return _signs().get(name) or _names().get(name) or _names().get(name.removesuffix("s"), "")


def _amount(number: str, scale: str) -> float:
    return round(float(re.sub(r"[, '’]", "", number)) * _scale(scale), 2)


def _scale(word: str) -> float:
    return SCALES.get(word.lower()) or SCALES.get(word.lower().removesuffix("s"), 1.0)


@cache
def _data() -> dict[str, Any]:
    return read_toml("catnlp.sales", "currencies.toml")


@cache
def _signs() -> dict[str, str]:
    return {name.casefold(): code for name, code in _data()["signs"].items()}


@cache
def _codes() -> frozenset[str]:
    import pycountry

    iso = {currency.alpha_3 for currency in pycountry.currencies}
    return frozenset(iso - set(_data()["no_money"]) | set(_data()["former"]))


@cache
def _names() -> dict[str, str]:
    """Names by which a currency is known alone: those of ISO 4217 with the state in them, ours."""
    import pycountry

    iso = {c.name.casefold(): c.alpha_3 for c in pycountry.currencies if c.alpha_3 in _codes()}
    told = {name: code for name, code in iso.items() if re.fullmatch(r"\w+(?: \w+)+", name)}
    return told | {name.casefold(): code for name, code in _data()["names"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    signs = sorted(_data()["signs"], key=len, reverse=True)
    signs_in = "|".join(re.escape(sign) for sign in (*signs, *ANY_CASE))
    prose = "|".join(sorted(_codes() - set(ANY_CASE)))
    after = "|".join(sorted(_codes() - set(_data()["words"])))
    names = "|".join(re.escape(n) for n in sorted(_names(), key=len, reverse=True))
    names = names.replace(r"\ ", r"\s+")
    return re.compile(
        rf"(?<![A-Za-z])(?:(?P<sign>{signs_in})|(?P<code>(?-i:{prose})))\s?(?P<number>{NUMBER})"
        rf"(?:\s*(?P<scale>{SCALE}))?\b"
        rf"|(?P<number2>{NUMBER})\s*(?:(?P<scale2>{SCALE})\s+)?"
        rf"(?P<after>(?:{names})s?|(?<=[a-z]\s)(?-i:{after}))\b",
        re.IGNORECASE,
    )
