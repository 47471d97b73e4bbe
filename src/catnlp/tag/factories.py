"""Every pipeline component of catnlp; spaCy imports this module through its entry point.

`catnlp_blocks` sets the sentence starts that the layout decides; `catnlp_mentions` puts
mentions into `doc.spans["mentions"]`: the category as `label_`, and what `span._.status`,
`span._.actor`, `span._.score`, `span._.status_score` and `span._.actor_score` read from `id_`.
(Plain extension values would be shared by all mentions with the same words.) `doc._.title` and
`doc._.section` (headings, from the highest down) are read as context where they are set.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from catnlp.tag.prediction import Prediction

if TYPE_CHECKING:
    from catnlp.tag.components import Blocks, MentionTagger

for _name, _default in {"title": "", "section": ()}.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def _part(number: int) -> Callable[[Span], str]:
    return lambda span: span.id_.split()[number]


def _number(number: int) -> Callable[[Span], float]:
    return lambda span: float(span.id_.split()[number])


def span_id(found: Prediction) -> str:
    """What a mention's `id_` says, for the extensions to read."""
    return f"{found.status} {found.actor} {found.score} {found.status_score} {found.actor_score}"


for _name, _read in {
    "status": _part(0),
    "actor": _part(1),
    "score": _number(2),
    "status_score": _number(3),
    "actor_score": _number(4),
}.items():
    if not Span.has_extension(_name):
        Span.set_extension(_name, getter=_read)


@Language.factory("catnlp_blocks", assigns=["token.is_sent_start"])
def make_blocks(nlp: Language, name: str) -> "Blocks":
    from catnlp.tag.components import Blocks

    return Blocks()


@Language.factory(
    "catnlp_mentions",
    requires=["token.is_sent_start"],
    assigns=["doc.spans"],
    default_config={"model": None, "device": "cpu"},
)
def make_mentions(
    nlp: Language, name: str, model: str | None, device: str = "cpu"
) -> "MentionTagger":
    """`model` is the folder of the weights; None takes the ones that come with the package.

    `device` is torch's name of where the network runs: `cpu`, `cuda`.
    """
    from catnlp.tag.components import MentionTagger
    from catnlp.tag.models import find_model
    from catnlp.tag.tagger import Tagger

    return MentionTagger(Tagger(Path(model) if model else find_model(), device=device))
