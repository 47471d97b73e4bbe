"""What must hold in the four files of criteria before anything is built from them."""

import re
from collections.abc import Iterable
from typing import Any

from catnlp.errors import CatnlpError
from catnlp.taxonomy import taxonomy

ROLES = ("responsible", "location")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
KEYS = {  # required, then optional
    "instruments": (("id", "label", "date", "source"), ("note",)),
    "criteria": (("id", "instrument", "article", "question", "summary"), ("unreached",)),
    "crosswalk": (("criteria", "categories", "why"), ("statuses", "actors", "roles", "cues")),
    "cues": (("id",), ("text", "section")),
}
ROWS = {"instruments": "instrument", "criteria": "criterion", "crosswalk": "rule", "cues": "cue"}


def check(data: dict[str, dict[str, Any]]) -> None:
    """CatnlpError for the first thing that is wrong."""
    rows = {name: data[name][ROWS[name]] for name in ROWS}
    for name, listed in rows.items():
        for row in listed:
            _keys(name, row)
        if name != "crosswalk":
            _once(name, [row["id"] for row in listed])
    for row in rows["instruments"]:
        if not DATE.fullmatch(row["date"]):
            raise CatnlpError(
                f"instruments.toml: {row['id']}: date {row['date']!r} is not YYYY-MM-DD"
            )
    instruments = [row["id"] for row in rows["instruments"]]
    for row in rows["criteria"]:
        _known("criteria", row["id"], [row["instrument"]], instruments)
    _rules(rows)


def _rules(rows: dict[str, Any]) -> None:
    loaded = taxonomy()
    allowed = {
        "criteria": [row["id"] for row in rows["criteria"]],
        "categories": loaded.category_ids,
        "statuses": loaded.statuses,
        "actors": loaded.actors,
        "roles": ROLES,
        "cues": [*(row["id"] for row in rows["cues"]), "abroad", "unit"],
    }
    for number, row in enumerate(rows["crosswalk"], 1):
        for key in allowed.keys() & row.keys():
            _known("crosswalk", f"rule {number}", row[key], allowed[key])
    reached = {criterion for row in rows["crosswalk"] for criterion in row["criteria"]}
    for row in rows["criteria"]:
        if (row["id"] in reached) == bool(row.get("unreached")):
            raise CatnlpError(
                f"criteria.toml: {row['id']}: give it a rule in crosswalk.toml or say in "
                "`unreached` why it has none, not both"
            )


def _keys(name: str, row: dict[str, Any]) -> None:
    required, optional = KEYS[name]
    where = row.get("id", row.get("why", "an entry"))
    for key in required:
        if not row.get(key):
            raise CatnlpError(f"{name}.toml: {where}: no `{key}`")
    _known(name, where, row, (*required, *optional))


def _known(name: str, where: str, found: Iterable[str], allowed: Iterable[str]) -> None:
    unknown = sorted(set(found) - set(allowed))
    if unknown:
        raise CatnlpError(
            f"{name}.toml: {where}: unknown {', '.join(unknown)}; there are: {', '.join(allowed)}"
        )


def _once(name: str, ids: list[str]) -> None:
    doubled = sorted({identity for identity in ids if ids.count(identity) > 1})
    if doubled:
        raise CatnlpError(f"{name}.toml: id given twice: {', '.join(doubled)}")
