"""Small pieces of text that all pages share."""

import re

from markupsafe import Markup

from catnlp.domain import ArmsSale, CountrySummary, Evidence
from catnlp.gazetteer import country_name
from catnlp.taxonomy import taxonomy


def parts(evidence: Evidence) -> tuple[str, str, str]:
    """The quote before its trigger, the trigger, and the rest."""
    start = evidence.mention.start - evidence.quote_start
    end = evidence.mention.end - evidence.quote_start
    return evidence.quote[:start], evidence.quote[start:end], evidence.quote[end:]


def marked(evidence: Evidence) -> Markup:
    """The quote with its trigger marked, character for character."""
    return Markup("{}<mark>{}</mark>{}").format(*parts(evidence))


def responsible(evidence: Evidence) -> str:
    """Who is responsible, where it is not the state of the page."""
    states = [country_name(k.country) for k in evidence.links if k.role == "responsible"]
    if states:
        return "responsible: " + ", ".join(states)
    return f"{actor_label(evidence.mention.actor)} actor, no state named as responsible"


def actor_label(actor: str) -> str:
    return next(label.label for label in taxonomy().actor_labels if label.id == actor)


def happened(evidence: Evidence) -> str:
    """When it happened, where the quote itself says it; an ISO date, or two."""
    when = evidence.when
    if when is None or when.precision in ("period", "published"):
        return ""
    if when.until == when.since:
        return f"date: {when.since}"
    return f"date: {when.since or 'unknown'} to {when.until or 'now'}"


def units_named(evidence: Evidence) -> str:
    """The units that the quote names, each once, with their states where known."""
    named = [f"{u.name} ({country_name(u.state)})" if u.state else u.name for u in evidence.units]
    return f"units named: {'; '.join(dict.fromkeys(named))}" if named else ""


def rejected(summary: CountrySummary) -> str:
    """How many mentions reviewers rejected, by category; "" for none."""
    if not summary.rejected:
        return ""
    total = sum(summary.rejected.values())
    listed = ", ".join(
        f"{taxonomy().category(c).label.lower()} {n}" for c, n in summary.rejected.items()
    )
    return (
        f"Reviewers rejected {total} mention{'' if total == 1 else 's'}, which stand nowhere on "
        f"this page: {listed}."
    )


def said_by(evidence: Evidence) -> str:
    """How many independent sources say it; "" for one that is no other than the publisher."""
    if len(evidence.sources) > 1:
        return f"{len(evidence.sources)} independent sources: {', '.join(evidence.sources)}"
    if evidence.sources and evidence.sources[0] != (evidence.publisher or evidence.document_title):
        return f"on the word of {evidence.sources[0]}"
    return ""


def first_up(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def money(sale: ArmsSale) -> str:
    """ "up to USD 997 million"."""
    if sale.value is None:
        return ""
    for scale, word in ((1e9, " billion"), (1e6, " million")):
        if sale.value >= scale:
            amount = f"{sale.value / scale:,.2f}".rstrip("0").rstrip(".") + word
            break
    else:
        amount = f"{sale.value:,.0f}"
    return f"{'up to ' if sale.value_is_upper_estimate else ''}{sale.currency} {amount}"


def items(sale: ArmsSale) -> str:
    """Items with their quantities, separated by semicolons."""
    return "; ".join(f"{i.quantity:,} {i.name}" if i.quantity else i.name for i in sale.items)


def sale_line(sale: ArmsSale) -> str:
    """Date, seller, goods and value in a line."""
    seller = country_name(sale.supplier) if sale.supplier else "seller not named"
    goods = items(sale) or sale.title or "goods not named"
    return ", ".join(part for part in (sale.date or "undated", seller, goods, money(sale)) if part)


def markdown(text: object) -> str:
    """Text with the characters escaped that Markdown would read as marks."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", str(text)).replace("\n", " ")
