"""What comes back from a labelling tool, whatever the tool: quotes with the labels now given."""

from dataclasses import dataclass

from catnlp.domain import Labels


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that was shown to a reviewer, with what it is found again by."""

    text: str
    document_id: str = ""
    start: int = 0  # in the document's text
    before: str = ""
    after: str = ""
    uri: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A flag as it comes back; None where the tool does not say, so that nothing is changed."""

    where: str  # file and line or number, for messages
    id: str = ""  # of the flag that was shown, where the tool keeps it
    verdict: str = ""  # accept, reject, correct, add; empty: its labels say it
    category: str | None = None
    status: str | None = None
    actor: str | None = None
    trigger: str | None = None
    start: int | None = None  # of the trigger, in the quote
    countries: tuple[tuple[str, str], ...] | None = None  # (role or "", code)


@dataclass(frozen=True, slots=True)
class Task:
    """One quote as it comes back from one reviewer."""

    where: str
    quote: Quote
    rows: tuple[Row, ...]
    whole: bool  # all that holds of the quote is in it: a flag that is not there was rejected
    confirmed: bool = False  # a person has said that what is unchanged is right
    rejected: bool = False  # all that was shown is wrong
    seen: tuple[Labels, ...] | None = None  # the mentions that were shown, where it carries them
    flags: tuple[str, ...] | None = None  # ids of the flags that were shown
    reviewer: str = ""
    decided: str = ""
    why: str = ""
