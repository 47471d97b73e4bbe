"""What is known of web sites and of web pages in general, read from `html_sites.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from catnlp.resources import read_toml


@dataclass(frozen=True)
class Site:
    """Pages made from one template."""

    name: str
    marker: str
    content: tuple[str, ...]
    title: tuple[str, ...]
    series: str
    label: str
    drop: str
    drop_headings: re.Pattern[str]
    levels: Mapping[str, int]  # by class name


@dataclass(frozen=True)
class PageRules:
    """What is no text on pages of unknown making."""

    drop: str
    names: re.Pattern[str]
    notes: re.Pattern[str]
    main: tuple[str, ...]


@cache
def sites() -> tuple[Site, ...]:
    return tuple(
        Site(
            name=entry["name"],
            marker=entry["marker"],
            content=tuple(entry["content"]),
            title=tuple(entry["title"]),
            series=entry["series"],
            label=entry["label"].removeprefix("."),
            drop=", ".join(entry["drop"]),
            drop_headings=re.compile(entry["drop_headings"], re.I),
            levels={name.removeprefix("."): level for name, level in entry["levels"].items()},
        )
        for entry in read_toml("catnlp.extract", "html_sites.toml")["site"]
    )


@cache
def page_rules() -> PageRules:
    generic = read_toml("catnlp.extract", "html_sites.toml")["generic"]
    return PageRules(
        drop=", ".join([*generic["tags"], *generic["attributes"]]),
        names=re.compile(generic["names"]),
        notes=re.compile(generic["notes"]),
        main=tuple(generic["main"]),
    )
