"""The words of catnlp: one frozen record per step of the way from a file to a flag.

    file -> Document -> Sentence -> Mention -> CountryLink, ArmsSale, SaleLink -> Flag

Positions are half-open character offsets into `Document.text` (NFC, `\\n` only), which
is never edited after extraction. Countries are ISO 3166-1 alpha-3 codes (Kosovo XKX).
Ids are hashes of natural keys, so that the same input gives the same rows.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from catnlp.arms_sales import ArmsSale as ArmsSale
from catnlp.arms_sales import Contractor as Contractor
from catnlp.arms_sales import FieldSpan as FieldSpan
from catnlp.arms_sales import SaleItem as SaleItem
from catnlp.arms_sales import SaleLink as SaleLink
from catnlp.arms_sales import SaleSource as SaleSource

BlockKind = Literal["heading", "paragraph", "list-item", "table-row", "note"]
PageQuality = Literal["text", "ocr", "garbled", "empty"]
Role = Literal["responsible", "location"]
Verdict = Literal["accept", "reject", "correct", "add", "withdraw"]


def make_id(prefix: str, *key: object) -> str:
    """`prefix-` and 20 hex digits of the SHA-256 of the natural key."""
    natural = "\x1f".join(str(part) for part in key)
    return f"{prefix}-{hashlib.sha256(natural.encode()).hexdigest()[:20]}"


def flag_id(
    document_id: str, start: int, end: int, category: str, country: str, ordinal: int
) -> str:
    """The id of a flag: what a better model may change (status, actor, role) is not in it.

    `ordinal` counts, from 0, where a category stands twice in a quote against one country.
    """
    return make_id("flag", document_id, start, end, category, country, ordinal)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paged document; `label` is what is printed on it, where known."""

    index: int  # from 1
    start: int
    end: int
    label: str = ""
    quality: PageQuality = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row or note: `Document.text[start:end]`."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int = 0  # of a heading: 1 is the highest


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata. `id` is the sha256 of its bytes (of its row in a table)."""

    id: str
    uri: str  # path as given; `path#row=3` for a row of a table
    media_type: str
    reader: str
    title: str
    text: str
    blocks: tuple[Block, ...]  # in order, not overlapping; they cover all visible text
    pages: tuple[Page, ...] = ()  # empty for HTML, DOCX, plain text
    publisher: str = ""
    genre: str = "other"  # country-report, ngo-report, news, policy, sale-notice, law, other
    published: str = ""  # ISO 8601 date, as precise as known: 2023, 2023-04, 2023-04-12
    language: str = "en"
    url: str = ""  # public address, where the document itself says it
    subject_countries: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # what could not be read, in words for a person


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with all that stands under it; `path` runs from the highest heading down."""

    start: int
    end: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`Document.text[start:end]`, with the place to quote it by."""

    id: str
    document_id: str
    start: int
    end: int
    text: str
    section: tuple[str, ...]
    paragraph: int  # running number of the block in the document, from 1
    page: int | None = None  # index of the page it begins on
    page_label: str = ""
    page_end: int | None = None  # index of the page it ends on


@dataclass(frozen=True, slots=True)
class Mention:
    """One category of abuse or problem that a sentence speaks of."""

    id: str
    document_id: str
    sentence_id: str
    start: int  # of the trigger, in Document.text
    end: int
    trigger: str
    category: str
    status: str
    actor: str
    score: float  # calibrated probability that the category is present
    method: str  # model and version, or rule id
    status_score: float = 1.0  # calibrated probability that the status is right; 1: not known
    actor_score: float = 1.0  # ... that the actor is right


@dataclass(frozen=True, slots=True)
class CountryLink:
    """A country against which, or in which, a mention stands."""

    mention_id: str
    country: str
    role: Role
    score: float
    reason: str  # the words, heading or document subject that decided it


@dataclass(frozen=True, slots=True)
class MentionUnit:
    """A named unit of police, army, intelligence or a militia in the sentence of a mention."""

    mention_id: str
    name: str  # in full, as far as known
    state: str  # ISO alpha-3; empty where nothing tells it
    start: int  # in Document.text
    end: int


@dataclass(frozen=True, slots=True)
class EventDate:
    """When a mention happened: ISO 8601 dates as precise as they are; an open end is empty."""

    mention_id: str
    since: str
    until: str
    precision: str  # day, month, year; period of the document; published: not after that
    reason: str  # the words that say it


@dataclass(frozen=True, slots=True)
class Labels:
    """What a mention says of its sentence: the fields that a reviewer may correct."""

    category: str
    status: str
    actor: str
    trigger: str
    responsible: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    start: int = field(default=0, compare=False)  # of the trigger, in the quote


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of a mention. It is never changed; a later one stands above it.

    It holds what the reviewer saw, so that it can be found and applied again after the
    document was read anew, its text moved, or another model says something else.
    """

    document_id: str  # hash of the content that was read
    quote: str
    start: int  # of the quote, in the text as it was then
    verdict: Verdict
    seen: Labels | None  # None: the reviewer added what was missed
    given: Labels | None  # None: rejected or withdrawn
    reviewer: str
    decided: str  # ISO 8601
    why: str = ""
    source: str = ""  # the tool or file that it came by
    before: str = ""  # the sentence before, to tell equal quotes apart
    after: str = ""
    uri: str = ""
    title: str = ""
    withdraws: int | None = None  # number of the decision that is taken back
    number: int = 0  # running number in its store; 0 until it is kept


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one document."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    country_links: tuple[CountryLink, ...] = ()
    sales: tuple[ArmsSale, ...] = ()
    units: tuple[MentionUnit, ...] = ()
    dates: tuple[EventDate, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)  # per stage; never stored in rows


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention as a reader quotes it: verbatim sentence, labels and place."""

    mention: Mention
    quote: str
    quote_start: int  # in Document.text
    quote_end: int
    document_title: str
    publisher: str
    published: str
    genre: str
    uri: str
    url: str
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    page_label: str
    page_quality: str
    links: tuple[CountryLink, ...]
    sale_links: tuple[SaleLink, ...] = ()
    also_in: tuple[str, ...] = ()  # titles of documents that say the same
    sources: tuple[str, ...] = ()  # independent sources that say it, quotation chains collapsed
    strength: float = 0.0
    review: str = ""  # what a reviewer made of it: accepted, corrected, added; else empty
    units: tuple[MentionUnit, ...] = ()
    when: EventDate | None = None
    certainty: float = 1.0  # probability that category, status, actor and country are all right
    unclear: tuple[str, ...] = ()  # why it has to be checked first, in words


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """Mentions of one category by status, for one country."""

    category: str
    by_status: Mapping[str, int]
    by_actor: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unread:
    """An input, or pages of it, that could not be read."""

    uri: str
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """What documents of one year say of a country; `year` is empty where none is known."""

    year: str
    documents: int
    sentences: int
    by_status: Mapping[str, int]
    by_category: Mapping[str, int]  # affirmed and alleged
    own: int = 0  # sentences of documents and chapters on the country
    kind: str = ""  # genre of most of these


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two quotes of one category, one of which denies what the other affirms or alleges."""

    category: str
    said: Evidence
    denied: Evidence


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit or force of the state that quotes name."""

    name: str
    mentions: int
    categories: tuple[str, ...]
    example: Evidence


@dataclass(frozen=True, slots=True)
class CriterionCount:
    """Mentions that bear on a legal or policy question, by status. It answers nothing."""

    criterion: str
    by_status: Mapping[str, int]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Mentions of one category in one part of a page."""

    sure: int
    to_check: int


@dataclass(frozen=True, slots=True)
class CountrySummary:
    """What the store holds about one country. Quotes are by category, the strongest first.

    The parts of a page are happened, denied, norms, fears; remedies (trials, convictions,
    reforms); by_others (happened there, the state is not responsible). A category of a part has
    quotes in `evidence`, or, where none of its quotes is certain enough, in `to_check`.
    """

    country: str
    name: str
    documents: int
    sentences: int
    counts: tuple[CategoryCount, ...]  # this state responsible, in taxonomy order
    evidence: Mapping[str, Mapping[str, tuple[Evidence, ...]]]  # part -> category -> quotes
    to_check: Mapping[str, Mapping[str, tuple[Evidence, ...]]]
    tallies: Mapping[str, Mapping[str, Tally]]  # of all mentions, quoted or not
    rejected: Mapping[str, int]  # category -> mentions that reviewers rejected
    independent: Mapping[str, tuple[str, ...]]  # category -> sources of what happened
    contradictions: tuple[Contradiction, ...]
    periods: tuple[Period, ...]
    units: tuple[NamedUnit, ...]
    criteria: tuple[CriterionCount, ...]
    absent: tuple[str, ...]  # categories of which nothing was found
    sales: tuple[tuple[ArmsSale, str], ...]  # with the title of the document, by date
    sale_mentions: Mapping[str, int]  # id of a sale -> mentions linked to it
    sources: Mapping[tuple[str, str, str], Mapping[str, int]]  # title, publisher, date -> status
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """What a reviewer, or a reviewer's tool, gets. It raises a question; it never decides."""

    id: str
    country: str  # empty: no words show one for sure; then role is empty too
    role: Role | Literal[""]
    category: str
    status: str
    actor: str
    score: float
    quote: str
    trigger: str
    trigger_start: int  # in the quote
    trigger_end: int
    reason: str  # why this country
    document_id: str
    document_title: str
    publisher: str
    published: str
    uri: str
    url: str
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    page_label: str
    page_quality: str
    start: int  # of the quote, in the document's text
    end: int
    sales: tuple[str, ...]  # ids of arms sales linked to the mention
    method: str
    criteria: tuple[str, ...] = ()  # ids of the legal and policy questions it bears on
    genre: str = "other"
    units: tuple[str, ...] = ()  # named in the quote, each with its state where known
    event_since: str = ""  # ISO 8601, as precise as known; empty: open, or unknown
    event_until: str = ""
    event_precision: str = ""  # day, month, year, period, published
    also_in: tuple[str, ...] = ()  # titles of documents that repeat its paragraph
    repeats: str = ""  # id of the document whose text its paragraph repeats
    status_score: float = 1.0  # calibrated probabilities, as in Mention
    actor_score: float = 1.0
