"""The parts of a country page, in order, with their words; all formats of the page have them."""

from dataclasses import dataclass

from catnlp.domain import CountrySummary, Evidence, Tally
from catnlp.gazetteer import country_in_text
from catnlp.taxonomy import taxonomy

CHECK_FIRST = "To be checked first"
PARTS = {  # part -> heading, what stands under it
    "happened": (
        "Affirmed and alleged",
        "Affirmed: the author states it, or a court or official body found it. Alleged: somebody "
        "reports or claims it; a denial by the accused leaves it alleged.",
    ),
    "remedies": (
        "Remedies",
        "Trials and punishment of those responsible, compensation, releases, laws mended: what "
        "was done against the abuses above. Found by words; a failed remedy may stand above "
        "under impunity.",
    ),
    "denied": (
        "Denied or not reported",
        "The source says that it did not happen, or that nothing of the kind was reported.",
    ),
    "norms": (
        "What laws and policies say",
        "A law, policy or recommendation speaks of it; no case is asserted.",
    ),
    "fears": (
        "Risks and fears",
        "A risk, condition or possibility; no case is asserted.",
    ),
    "by_others": (
        "In {name}, by others",
        "It happened in {name}, but another state, or an actor that belongs to no state, is "
        "responsible.",
    ),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A category in a part of the page; its quotes are all certain enough, or all to check."""

    category: str
    quotes: tuple[Evidence, ...]
    to_check: tuple[Evidence, ...]
    tally: Tally

    @property
    def counted(self) -> str:
        """How many mentions there are of each kind, in words."""
        tally = self.tally
        if not tally.sure:
            return f"{_mentions(tally.to_check)}, to be checked first."
        rest = f", {tally.to_check} more to be checked first" if tally.to_check else ""
        return f"{_mentions(tally.sure)} certain enough to quote{rest}."


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page with its categories in the order of the taxonomy."""

    id: str
    title: str
    intro: str
    blocks: tuple[Block, ...]

    @property
    def others(self) -> bool:
        """Whether the quotes are of what others did."""
        return self.id == "by_others"


def page_parts(summary: CountrySummary) -> list[Part]:
    """Those with at least one mention."""
    name = country_in_text(summary.country)
    found = [
        Part(part, title.format(name=name), intro.format(name=name), _blocks(summary, part))
        for part, (title, intro) in PARTS.items()
    ]
    return [part for part in found if part.blocks]


def _blocks(summary: CountrySummary, part: str) -> tuple[Block, ...]:
    return tuple(
        Block(
            category,
            summary.evidence[part].get(category, ()),
            summary.to_check[part].get(category, ()),
            summary.tallies[part][category],
        )
        for category in taxonomy().category_ids
        if category in summary.tallies[part]
    )


def _mentions(count: int) -> str:
    return f"{count:,} mention{'' if count == 1 else 's'}"
