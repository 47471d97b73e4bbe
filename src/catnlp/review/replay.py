"""Decisions on one sentence, applied in their order to what the tagger says of it now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from catnlp.domain import CountryLink, Decision, Labels, Mention, Role, make_id
from catnlp.review.anchor import Anchor, trigger_span
from catnlp.store.decisions import Outcome, Read, Reviewed

REVIEWS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "add": "added"}
REASON = "decided by a reviewer"


@dataclass
class Slot:
    """A mention on its way through the decisions, with all that it was taken for."""

    mention: Mention
    links: tuple[CountryLink, ...]
    history: list[Labels]
    review: str = ""
    by: list[Decision] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether the tagger found it, too."""
        return self.mention.method != "review"


def labels_of(mention: Mention, links: Sequence[CountryLink], quote_start: int) -> Labels:
    """What a mention with its links says, as a decision holds it."""
    by_role: dict[str, list[str]] = {"responsible": [], "location": []}
    for link in links:
        by_role[link.role].append(link.country)
    return Labels(
        category=mention.category,
        status=mention.status,
        actor=mention.actor,
        trigger=mention.trigger,
        responsible=tuple(sorted(by_role["responsible"])),
        location=tuple(sorted(by_role["location"])),
        start=mention.start - quote_start,
    )


def replay(
    sentence: Read, decisions: Sequence[tuple[Decision, Anchor]], withdrawn: Collection[int]
) -> tuple[list[Reviewed], list[Outcome]]:
    """The mentions that decisions bear on, and what became of each decision."""
    slots = [
        Slot(mention, links, [labels_of(mention, links, sentence.start)])
        for mention, links in sentence.mentions
    ]
    standing = [(d, a) for d, a in decisions if d.number not in withdrawn]
    claimed = [_exact(slots, d, sentence) for d, _ in standing]
    reserved = [slot for slot in claimed if slot is not None]
    outcomes: dict[int, tuple[str, str]] = {
        d.number: ("withdrawn", "") for d, _ in decisions if d.number in withdrawn
    }
    for decision, anchor in standing:
        slot = _exact(slots, decision, sentence) or _near(slots, decision, anchor, reserved)
        if slot is not None:
            _overrule(slot, decision, outcomes)
        outcome = _outcome(slot, decision)
        if slot is None and decision.given is not None:
            slot = _missed(decision, decision.given, sentence)
            slots.append(slot)
        if slot is not None:
            _settle(slot, decision, sentence)
        outcomes[decision.number] = outcome if anchor.fit == "same" else _moved(outcome, anchor)
    _merge(slots)
    reviewed = [Reviewed(s.mention, s.links, s.review, s.by[-1].number) for s in slots if s.by]
    return reviewed, [
        Outcome(n, sentence.document_id, *found) for n, found in sorted(outcomes.items())
    ]


def _exact(slots: Sequence[Slot], decision: Decision, sentence: Read) -> Slot | None:
    """The slot that is, or earlier was, what the reviewer saw."""
    wanted = decision.seen or decision.given
    if wanted is None:
        return None
    for slot in slots:
        if _fits(slot.history[-1], wanted, sentence):
            return slot
    if decision.verdict == "add":
        return None
    return next((s for s in slots if any(_fits(h, wanted, sentence) for h in s.history)), None)


def _fits(held: Labels, wanted: Labels, sentence: Read) -> bool:
    return (
        held.category == wanted.category
        and held.status == wanted.status
        and _overlap(held, wanted, sentence)
    )


def _overlap(one: Labels, other: Labels, sentence: Read) -> bool:
    a, b = (trigger_span(x, sentence.text, x.start) for x in (one, other))
    return a[0] < b[1] and b[0] < a[1]


def _near(
    slots: Sequence[Slot], decision: Decision, anchor: Anchor, reserved: Sequence[Slot]
) -> Slot | None:
    """A mention that no decision claims and that the tagger now labels a little otherwise: with
    another status on the same words, or on other words with the same status. One that differs
    in both is new, and nobody has decided on it."""
    free = [s for s in slots if not s.by and not any(s is r for r in reserved)]
    wanted = [x for x in (decision.seen, decision.given) if x is not None]
    for labels in wanted:
        same = [s for s in free if s.mention.category == labels.category]
        close = [s for s in same if _overlap(s.history[0], labels, anchor.sentence)]
        status = [s for s in same if s.mention.status == labels.status]
        for ranked in (close, [] if anchor.fit == "cut" else status):
            if ranked:
                return ranked[0]
    return None


def _overrule(slot: Slot, decision: Decision, outcomes: dict[int, tuple[str, str]]) -> None:
    """An earlier decision on the same mention gives way; two reviewers apart is a conflict."""
    if not slot.by:
        return
    before = slot.by[-1]
    agree = before.given == decision.given
    kind = "conflict" if before.reviewer != decision.reviewer and not agree else "overruled"
    outcomes[before.number] = ("confirmed" if agree else kind, f"by decision {decision.number}")


def _outcome(slot: Slot | None, decision: Decision) -> tuple[str, str]:
    if slot is None or (not slot.found and not slot.by):
        if decision.verdict == "reject":
            return "unneeded", "the tagger no longer finds it"
        kept = decision.verdict != "add"
        return ("kept", "the tagger no longer finds it") if kept else ("applied", "")
    if slot.by:
        return "applied", ""
    now = slot.history[-1]
    if decision.seen is not None and now == decision.seen:
        return "applied", ""
    if now == decision.given:
        return "agreed", "the tagger now says the same"
    return "applied", f"the tagger now says {describe(now)}"


def describe(labels: Labels) -> str:
    """Labels in a few words."""
    countries = " ".join([*labels.responsible, *(f"in {c}" for c in labels.location)])
    return f"{labels.category}, {labels.status}, {labels.actor}, {countries or 'no country'}"


def _moved(outcome: tuple[str, str], anchor: Anchor) -> tuple[str, str]:
    how = "the text moved" if anchor.fit == "moved" else "the sentence is cut in another way"
    return outcome[0], "; ".join(part for part in (outcome[1], how) if part)


def _missed(decision: Decision, given: Labels, sentence: Read) -> Slot:
    start, end = trigger_span(given, sentence.text, given.start)
    mention = Mention(
        id=make_id("m", "review", sentence.id, decision.number),
        document_id=sentence.document_id,
        sentence_id=sentence.id,
        start=sentence.start + start,
        end=sentence.start + end,
        trigger=sentence.text[start:end],
        category=given.category,
        status=given.status,
        actor=given.actor,
        score=1.0,
        method="review",
    )
    return Slot(mention, (), [given])


def _settle(slot: Slot, decision: Decision, sentence: Read) -> None:
    slot.review = REVIEWS[decision.verdict]
    slot.by.append(decision)
    slot.history += [x for x in (decision.seen, decision.given) if x is not None]
    if decision.given is None:
        return
    given, text = decision.given, sentence.text
    start, end = trigger_span(given, text, given.start)
    slot.mention = replace(
        slot.mention, category=given.category, status=given.status, actor=given.actor, score=1.0,
        status_score=1.0, actor_score=1.0,
        start=sentence.start + start, end=sentence.start + end, trigger=text[start:end],
    )  # fmt: skip
    slot.links = tuple(_links(slot, given))


def _links(slot: Slot, given: Labels) -> list[CountryLink]:
    held = {(link.country, link.role): link for link in slot.links}
    roles: list[tuple[Role, tuple[str, ...]]] = [
        ("responsible", given.responsible), ("location", given.location)
    ]  # fmt: skip
    return [
        held.get((country, role)) or CountryLink(slot.mention.id, country, role, 1.0, REASON)
        for role, countries in roles
        for country in countries
    ]


def _merge(slots: Sequence[Slot]) -> None:
    """Hides a mention of the tagger that says what a decision already has put there."""
    decided = [s for s in slots if s.by and s.review != "rejected"]
    for slot in slots:
        if slot.by:
            continue
        mine = slot.mention
        for other in decided:
            theirs = other.mention
            if (
                (mine.category, mine.status) == (theirs.category, theirs.status)
                and mine.start < theirs.end
                and theirs.start < mine.end
            ):
                slot.review, slot.by = "rejected", other.by[-1:]
                break
