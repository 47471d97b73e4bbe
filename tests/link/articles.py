"""Documents of the sentences of a case, with one mention."""

from collections.abc import Sequence
from dataclasses import replace

from catnlp.domain import Block, Document, Mention, Sentence
from catnlp.link import link

Part = tuple[tuple[str, ...], str]  # a sentence under its headings


def news(title: str) -> Document:
    """An article that is no report on a country; its text comes with its sentences."""
    return Document(
        id="d", uri="d", media_type="text/csv", reader="table", title=title, text="",
        blocks=(Block(0, 0),), genre="news",
    )  # fmt: skip


def told(trigger: str, category: str, actor: str, actor_score: float = 0.95) -> Mention:
    """An affirmed mention that is not placed yet."""
    return Mention(
        "m", "d", "", 0, 0, trigger, category, "affirmed", actor, 0.9, "x", actor_score=actor_score
    )


def countries(
    document: Document, parts: Sequence[Part], mention: Mention
) -> tuple[list[str], list[str]]:
    """States responsible and places of the mention; see `linked`."""
    return linked(document, parts, [mention])[0]


def linked(
    document: Document, parts: Sequence[Part], mentions: Sequence[Mention]
) -> list[tuple[list[str], list[str]]]:
    """States responsible and places of each mention, whose offsets are those of its trigger in the
    joined sentences; the text of the document is theirs."""
    text = " ".join(words for _, words in parts)
    sentences, start = [], 0
    for number, (section, words) in enumerate(parts):
        end = start + len(words)
        sentences.append(Sentence(f"s{number}", document.id, start, end, words, section, 1))
        start = end + 1
    placed = []
    for number, mention in enumerate(mentions):
        at = text.index(mention.trigger)
        within = next(s for s in sentences if s.start <= at < s.end)
        end = at + len(mention.trigger)
        placed.append(replace(mention, id=f"m{number}", sentence_id=within.id, start=at, end=end))
    document = replace(document, text=text, blocks=(Block(0, len(text)),))
    found: dict[str, tuple[list[str], list[str]]] = {m.id: ([], []) for m in placed}
    for each in link(document, sentences, placed):
        found[each.mention_id][each.role == "location"].append(each.country)
    return list(found.values())
