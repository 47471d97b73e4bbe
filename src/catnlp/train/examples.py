"""Annotated sentences -> windows with targets, in batches."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tokenizers import Encoding, Tokenizer

from catnlp.tag.windows import LONGEST, Passage, Window, token_id, windows
from catnlp.taxonomy import Taxonomy
from catnlp.train.corpus import Annotated
from catnlp.train.recipe import Recipe

PACKED = 10  # labelled sentences, about as many as a window holds
BODY_TOKENS = 320  # longer windows than in use: what stands around is read less often


@dataclass(frozen=True, slots=True)
class Target:
    """A label as numbers: its category, the chances of each status and actor, its tokens."""

    category: int
    status: tuple[float, ...]
    actor: tuple[float, ...]
    first: int
    stop: int
    marked: bool  # a reader chose the trigger


@dataclass(frozen=True, slots=True)
class Example:
    """A window, with what is learned of each sentence in it: labels, and a chance a category."""

    window: Window
    labels: tuple[tuple[Target, ...], ...]
    chances: tuple[tuple[float, ...], ...]


def passage(sentence: Annotated) -> Passage:
    """The sentence between its neighbours."""
    return _together([[sentence]], bare=False, alone=False)[0]


def runs(corpus: Sequence[Annotated]) -> list[list[Annotated]]:
    """The sentences, those that follow one another in a document as one run."""
    waiting = {(s.document, s.text): s for s in corpus}
    follows = {id(s): _follower(s, waiting) for s in corpus}
    started = {id(other) for other in follows.values() if other}
    result, placed = [], set()
    for first in [s for s in corpus if id(s) not in started] + list(corpus):
        run: list[Annotated] = []
        sentence: Annotated | None = first
        while sentence and id(sentence) not in placed:
            placed.add(id(sentence))
            run.append(sentence)
            sentence = follows[id(sentence)]
        if run:
            result.append(run)
    return result


def _follower(sentence: Annotated, known: dict[tuple[str, str], Annotated]) -> Annotated | None:
    other = known.get((sentence.document, sentence.next)) if sentence.next else None
    if other is None or other is sentence or other.section != sentence.section:
        return None
    return other if other.prev in ("", sentence.text) else None


def _together(
    group: Sequence[Sequence[Annotated]], *, bare: bool, alone: bool
) -> tuple[Passage, dict[int, Annotated]]:
    """One passage of all runs and their neighbours, and where the sentences stand in it."""
    texts: list[str] = []
    places: dict[int, Annotated] = {}
    for run in group:
        if run[0].prev and not alone:
            texts.append(run[0].prev)
        for sentence in run:
            places[len(texts)] = sentence
            texts.append(sentence.text)
        if run[-1].next and not alone:
            texts.append(run[-1].next)
    first = group[0][0]
    title, section = ("", ()) if bare else (first.title, first.section)
    return Passage(title, section, tuple(texts), min(places), max(places) + 1), places


def examples(
    group: Sequence[Sequence[Annotated]],
    tokenizer: Tokenizer,
    taxonomy: Taxonomy,
    **context: bool,
) -> Iterator[Example]:
    """The runs of a group as windows; those too long to stand together get several."""
    whole, places = _together(group, **context)
    for window in windows(whole, tokenizer, BODY_TOKENS):
        kept = tuple(s for s in window.sentences if s[0] in places)
        if kept:
            labels = tuple(
                tuple(_targets(places[number], taxonomy, offset, encoding))
                for number, offset, encoding in kept
            )
            chances = tuple(
                places[number].chances or _present(found, taxonomy)
                for (number, _, _), found in zip(kept, labels, strict=True)
            )
            yield Example(replace(window, sentences=kept), labels, chances)


def _present(found: Sequence[Target], taxonomy: Taxonomy) -> tuple[float, ...]:
    there = {target.category for target in found}
    return tuple(float(number in there) for number in range(len(taxonomy.category_ids)))


def _targets(
    sentence: Annotated, taxonomy: Taxonomy, offset: int, encoding: Encoding
) -> Iterator[Target]:
    for label in sentence.labels:
        tokens = [
            number
            for number, (start, end) in enumerate(encoding.offsets[:LONGEST])
            if start < label.end and end > label.start
        ] or [0]
        yield Target(
            taxonomy.category_ids.index(label.category),
            label.status_chances or tuple(float(s == label.status) for s in taxonomy.statuses),
            label.actor_chances or tuple(float(a == label.actor) for a in taxonomy.actors),
            offset + tokens[0],
            offset + tokens[-1] + 1,
            label.read,
        )


def masked(item: Example, mask_id: int, share: float, chance: random.Random) -> Example:
    """The example with some tokens hidden, never those of a trigger."""
    targets = [target for sentence in item.labels for target in sentence]
    kept = {n for target in targets for n in range(target.first, target.stop)} | {0}
    ids = tuple(
        mask_id if n not in kept and chance.random() < share else token
        for n, token in enumerate(item.window.ids)
    )
    return replace(item, window=replace(item.window, ids=ids))


def groups(
    corpus: Sequence[Annotated], share: float, chance: random.Random
) -> list[list[list[Annotated]]]:
    """All runs, alone or (a share of them) with others of the same kind of text under the same
    kind of heading, as they will stand in a document."""
    result: list[list[list[Annotated]]] = []
    alike: dict[tuple[str, str], list[list[Annotated]]] = defaultdict(list)
    for run in runs(corpus):
        if chance.random() < share and len(run) < PACKED:
            heading = run[0].section[-1] if run[0].section else ""
            alike[run[0].source, heading].append(run)
        else:
            result.append([run])
    left: dict[str, list[list[Annotated]]] = defaultdict(list)
    for (source, _), found in alike.items():
        if len(found) == 1:
            left[source] += found
        else:
            result += _packs(found, chance)
    for found in left.values():
        result += _packs(found, chance)
    return result


def _packs(found: list[list[Annotated]], chance: random.Random) -> Iterator[list[list[Annotated]]]:
    chance.shuffle(found)
    pack: list[list[Annotated]] = []
    size = chance.randint(2, PACKED)
    for run in found:
        pack.append(run)
        if sum(map(len, pack)) >= size:
            yield pack
            pack, size = [], chance.randint(2, PACKED)
    if pack:
        yield pack


def batches(
    corpus: Sequence[Annotated],
    tokenizer: Tokenizer,
    taxonomy: Taxonomy,
    recipe: Recipe,
    epoch: int,
) -> list[list[Example]]:
    """One epoch, shuffled, in batches of windows of like length."""
    chance = random.Random(recipe.seed * 1000 + epoch)
    mask_id = token_id(tokenizer, "[MASK]")
    made = []
    for group in groups(corpus, recipe.pack, chance):
        bare = chance.random() < recipe.drop_header
        alone = chance.random() < recipe.drop_context
        for plain in examples(group, tokenizer, taxonomy, bare=bare, alone=alone):
            made.append(masked(plain, mask_id, recipe.mask, chance))
    chance.shuffle(made)
    pool = recipe.batch * 16
    result = []
    for start in range(0, len(made), pool):
        part = sorted(made[start : start + pool], key=lambda e: len(e.window.ids))
        result += [part[i : i + recipe.batch] for i in range(0, len(part), recipe.batch)]
    chance.shuffle(result)
    return result
