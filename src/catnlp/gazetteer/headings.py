"""Headings that are the name of a country and nothing else, however it is turned.

"Korea, Republic of", "Burma (Myanmar)" and "DEMOCRATIC REPUBLIC OF THE CONGO" are such headings;
"Congo" alone is too, of one of two countries.
"""

import re
from collections.abc import Iterable
from functools import cache

from catnlp.gazetteer.countries import countries
from catnlp.gazetteer.places import find_places, shared_names
from catnlp.gazetteer.titles import folded, folded_names

LONGEST = 80  # characters of a heading that can be a name
NUMBER = re.compile(
    r"^(?:(?:chapter|part|section|annex|appendix|country)\s*)?(?:\d+(?:\.\d+)*|[IVXLC]+|[A-Z])"
    r"(?:[.):]+\s*|\s*[-–—]\s+|\s+(?=\D))|^(?:country|chapter)\s*[:–—-]\s*", re.I
)  # fmt: skip
AROUND = " \t*∗†‡:.,;–—-0123456789"
TWO_PARTS = re.compile(r"(?P<head>[^,(/]+?)\s*(?:[,/]\s*(?P<tail>[^,(/]+)|\((?P<inner>[^()]+)\))")
FORM_OF_STATE = re.compile(r"(?:[\w’']+\s)*(?:of|of the)|the", re.I)  # "Islamic Republic of"
REMARK = re.compile(r"(?:includ|exclud|without|with)\w*\b.*", re.I)
OTHER_NAME = re.compile(r"(?:formerly|previously|also|or|known|called|as|the|\s)+\b", re.I)


def heading_countries(text: str) -> tuple[str, ...]:
    """Codes of the countries one of which the heading names, and nothing else: mostly one, none
    where it is no such heading."""
    name = text.strip(AROUND)
    if not 1 < len(name) <= LONGEST:
        return ()
    return _named(name) or _named(NUMBER.sub("", name).strip(AROUND))


def chapter_countries(headings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The headings of a document that are countries, with their codes. Where most are regions of
    one country, "Georgia" is one too."""
    distinct = dict.fromkeys(headings)
    found = {text: codes for text in distinct if (codes := heading_countries(text))}
    regions = sum(text not in found and _is_region(text) for text in distinct) if found else 0
    return found if regions < max(2, len(found)) else {}


def _named(name: str) -> tuple[str, ...]:
    codes = _whole(name)
    if codes or not (parts := TWO_PARTS.fullmatch(name)):
        return codes
    head, second = parts["head"], parts["tail"] or parts["inner"]
    if FORM_OF_STATE.fullmatch(second):
        return _whole(f"{second} {head}") or _whole(head)
    codes = _whole(head)
    if parts["inner"] and REMARK.fullmatch(second):
        return codes
    other = _whole(OTHER_NAME.sub("", second, count=1)) or _whole(second)
    return tuple(code for code in codes if code in other)


def _whole(name: str) -> tuple[str, ...]:
    """Codes of the name, whatever its case and accents; abbreviations letter for letter."""
    bare = re.sub(r"^the\s", "", name, flags=re.I)
    return _names().get(folded(bare), ()) or _abbreviations().get(bare, ())


def _is_region(text: str) -> bool:
    name = text.strip(AROUND)
    return len(name) <= LONGEST and any(
        place.kind == "region" and place.text == name for place in find_places(name)
    )


@cache
def _names() -> dict[str, tuple[str, ...]]:
    names = {name: (code,) for name, code in folded_names().items()}
    shared = ((folded(name), codes) for name, codes in shared_names().items())
    return {**names, **dict(shared)}


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {
        name: (country.code,)
        for country in countries().values()
        for name in country.aliases
        if name.upper() == name
    }
