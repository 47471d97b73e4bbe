"""Arms sales read from notices: every field against gold, and where it stands in the text.

    python benchmarks/sales.py            print the figures
    python benchmarks/sales.py --gate     exit 1 when one falls below benchmarks/sales.json
    python benchmarks/sales.py --pin      write new floors; refuses to lower one without --lower
    python benchmarks/sales.py --show     print each value that differs from gold, too

Gold: `arms/notices` (all fields) and `arms/notifications-dev.jsonl` (recipient, value; items
from `sales_items.jsonl`, which we read in the same texts) of the shared data folder beside the
checkout. A body of `notifications-dev.jsonl` has no head; the two lines that a press release
has above it are put back from its country, system, cost and date. Field values that a text
does not have (the title, number and date of a partial one) are not counted.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catnlp.domain import ArmsSale, Block, Document
from catnlp.extract import extract
from catnlp.extract.dates import first_full_date
from catnlp.gazetteer import find_places
from catnlp.sales.money import find_money
from catnlp.sales.notices import read_notice
from floors import add_options, settle

ARMS = Path(__file__).parents[2] / "shared" / "arms"
PINS = Path(__file__).with_suffix(".json")
ITEMS = Path(__file__).with_name("sales_items.jsonl")
SAME = 0.5  # share of common words from which two names of an item or firm are the same
Values = dict[str, list[Any]]


def country(name: str) -> str:
    return next((place.code for place in find_places(name) if place.kind == "country"), "")


def gold_of_notice(gold: dict[str, Any], text: str) -> Values:
    """The gold values that the text has, by field."""
    flat = " ".join(text.split()).lower()
    whole = "PARTIAL" not in gold["id"]
    return {
        "supplier": ["USA"],
        "recipient": [country(gold["recipient"])],
        "program": [gold["sale_type"]],
        "transmittal": [gold["transmittal_number"]] if whole else [],
        "amends": [gold["original_transmittal"]] if "original_transmittal" in gold else [],
        "title": [gold["title"].lower()] if whole and gold["title"].lower() in flat else [],
        "value": [gold["value_usd"]],
        "upper": [gold["value_is_upper_estimate"]],
        "date": [gold["date"]] if whole else [],
        "stage": ["notified"],  # possible sales and reports of enhancement, all of them notified
        "items": [(item["quantity"], item["item"]) for item in gold["items_mde"]],
        "contractors": [("", firm["name"]) for firm in gold["contractors"]],
        "places": [(firm["name"], firm["location"]) for firm in gold["contractors"]],
    }


def values_of(sale: ArmsSale | None) -> Values:
    if sale is None:
        return defaultdict(list)
    simple = {
        "supplier": sale.supplier, "recipient": sale.recipient, "program": sale.program,
        "transmittal": sale.transmittal, "amends": sale.amends, "title": sale.title.lower(),
        "value": sale.value, "date": sale.date, "stage": sale.stage,
    }  # fmt: skip
    return {
        **{name: [value] if value else [] for name, value in simple.items()},
        "upper": [sale.value_is_upper_estimate],
        "items": [(item.quantity, item.name) for item in sale.items],
        "contractors": [("", firm.name) for firm in sale.contractors],
        "places": [(firm.name, firm.location) for firm in sale.contractors],
    }


def same(one: Any, other: Any) -> bool:
    """Whether two values agree; names of items and firms by their words."""
    if not isinstance(one, tuple):
        return bool(one == other)
    if isinstance(one[0], str) and one[0]:  # firm and place
        return likeness(one[0], other[0]) >= SAME and words(one[1]) == words(other[1])
    return bool(one[0] == other[0]) and likeness(one[1], other[1]) >= SAME


def words(name: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z0-9]+", name.lower())}


def likeness(one: str, other: str) -> float:
    common = len(words(one) & words(other))
    return common / min(len(words(one)), len(words(other)) or 1) if common else 0.0


def compare(name: str, gold: Sequence[Any], found: Sequence[Any], show: bool) -> Counter[str]:
    """Each gold value is met by one found value at most."""
    left = list(found)
    hits = 0
    for value in gold:
        best = max(
            (f for f in left if same(value, f)),
            key=lambda f: likeness(str(value), str(f)), default=None,
        )  # fmt: skip
        if best is not None:
            left.remove(best)
            hits += 1
        elif show:
            print(f"    missed {name}: {value!r}")
    if show:
        for value in left:
            print(f"    more {name}: {value!r}")
    return Counter(hit=hits, gold=len(gold), found=len(found))


def spans(sale: ArmsSale, text: str) -> Iterator[bool]:
    """For each field with a place: whether the words there say its value."""
    for span in sale.spans:
        said = text[span.start : span.end]
        if span.field == "recipient":
            yield country(said) == sale.recipient or said == "TECRO" or "Representative" in said
        elif span.field == "value":
            yield [money.amount for money in find_money(said)] == [sale.value]
        elif span.field == "date":
            yield first_full_date(said) == sale.date
        elif span.field in ("transmittal", "title"):
            yield said == getattr(sale, span.field)
    for name, start, end in [
        *((item.name, item.start, item.end) for item in (*sale.items, *sale.other_items)),
        *((firm.name, firm.start, firm.end) for firm in sale.contractors),
    ]:
        yield name in " ".join(re.sub(r"\[\[Page \d+\]\]", "", text[start:end]).split())


def notices() -> Iterator[tuple[str, Values, ArmsSale | None, str]]:
    folder = ARMS / "notices"
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        (document,) = extract(folder / gold["file"])
        yield gold["id"], gold_of_notice(gold, document.text), read_notice(document), document.text


def notifications() -> Iterator[tuple[str, Values, ArmsSale | None, str]]:
    """Short notices, with the head that a press release has put back."""
    read = (json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines())
    items = {row["transmittal"]: [tuple(item) for item in row["items"]] for row in read}
    path = ARMS / "notifications-dev.jsonl"
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        text = (
            f"{row['country']} - {row['system']}\nWASHINGTON, {row['date']} - The State Department "
            f"has made a determination approving a possible Foreign Military Sale to the Government"
            f" of {row['country']} of {row['system']} and related equipment for an estimated cost"
            f" of ${row['costUSD'] / 1e6:,g} million.\n"
            f"The Government of {row['country']} has requested {row['description']}"
        )
        gold = {
            "recipient": [country(row["country"])], "value": [row["costUSD"]],
            "items": items[row["transmittal"]],
        }  # fmt: skip
        document = Document("d", "d", "text/plain", "text", "", text, (Block(0, len(text)),))
        yield row["transmittal"], gold, read_notice(document), text


def measure(*, show: bool) -> dict[str, float]:
    """F1 by source and field; prints them."""
    result: dict[str, float] = {}
    for source, cases in (("notices", notices()), ("notifications", notifications())):
        tallies: dict[str, Counter[str]] = defaultdict(Counter)
        placed: Counter[bool] = Counter()
        for name, gold, sale, text in cases:
            if show:
                print(f"  {name}")
            found = values_of(sale)
            for field in gold:
                tallies[field] += compare(field, gold[field], found[field], show)
            placed.update(spans(sale, text) if sale else ())
        print(f"{source}: F1 by field (gold values, found)")
        for field, tally in tallies.items():
            f1 = 2 * tally["hit"] / ((tally["gold"] + tally["found"]) or 1)
            print(f"  {field:12} {f1:.3f}  ({tally['gold']}, {tally['found']})")
            result[f"{source}.{field}"] = f1
        share = placed[True] / (placed.total() or 1)
        print(f"  text spans that say the value: {share:.3f} of {placed.total()}")
        result[f"{source}.spans"] = share
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    add_options(parser)
    parser.add_argument("--show", action="store_true", help="print what differs from gold")
    options = parser.parse_args(arguments)
    if not ARMS.is_dir():
        print("left out: no gold beside the checkout")
        return 0
    return settle(measure(show=options.show), PINS, options)


if __name__ == "__main__":
    sys.exit(main())
