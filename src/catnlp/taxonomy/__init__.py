"""What catnlp looks for, as data: 27 categories in 3 groups, 5 statuses, 5 actors."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from catnlp.errors import CatnlpError
from catnlp.resources import read_toml

FLAG_STATUSES = ("affirmed", "alleged")


@dataclass(frozen=True, slots=True)
class Label:
    """An id with what a person reads for it."""

    id: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of abuse or problem; `excludes` says what does not count."""

    id: str
    group: str
    label: str
    definition: str
    excludes: str = ""


@dataclass(frozen=True)
class Taxonomy:
    """All labels, in the order in which people read them."""

    version: str
    group_labels: tuple[Label, ...]
    categories: tuple[Category, ...]
    status_labels: tuple[Label, ...]
    actor_labels: tuple[Label, ...]

    @cached_property
    def groups(self) -> dict[str, str]:
        return {group.id: group.label for group in self.group_labels}

    @cached_property
    def category_ids(self) -> tuple[str, ...]:
        return tuple(category.id for category in self.categories)

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        return tuple(status.id for status in self.status_labels)

    @cached_property
    def actors(self) -> tuple[str, ...]:
        return tuple(actor.id for actor in self.actor_labels)

    def category(self, category_id: str) -> Category:
        """The category of that id; CatnlpError names the known ones when there is none."""
        for category in self.categories:
            if category.id == category_id:
                return category
        known = ", ".join(self.category_ids)
        raise CatnlpError(f"unknown category {category_id!r}; the taxonomy has: {known}")


def parse(data: dict[str, Any]) -> Taxonomy:
    """A checked taxonomy; CatnlpError names a doubled id or a category without a group."""
    loaded = Taxonomy(
        version=data["version"],
        group_labels=tuple(Label(**row) for row in data["group"]),
        categories=tuple(Category(**row) for row in data["category"]),
        status_labels=tuple(Label(**row) for row in data["status"]),
        actor_labels=tuple(Label(**row) for row in data["actor"]),
    )
    for ids in (loaded.category_ids, loaded.statuses, loaded.actors):
        doubled = {name for name in ids if ids.count(name) > 1}
        if doubled:
            raise CatnlpError(f"taxonomy.toml: id given twice: {', '.join(sorted(doubled))}")
    for category in loaded.categories:
        if category.group not in loaded.groups:
            raise CatnlpError(f"taxonomy.toml: {category.id} has unknown group {category.group}")
    return loaded


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that ships with the package."""
    return parse(read_toml("catnlp.taxonomy", "taxonomy.toml"))
