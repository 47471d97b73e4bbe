"""Every pipeline component of catnlp; spaCy imports this module through its entry point.

`catnlp_blocks` sets the sentence starts that the layout decides; `catnlp_mentions` puts
mentions into `doc.spans["mentions"]`: the category as `label_`, and `span._.status`,
`span._.actor` and `span._.score` as plain values. `doc._.title` and `doc._.section`
(headings, from the highest down) are read as context where they are set.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from catnlp.tag.components import Blocks, MentionTagger

for _name, _default in {"title": "", "section": ()}.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
for _name in ("status", "actor", "score"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)


@Language.factory("catnlp_blocks", assigns=["token.is_sent_start"])
def make_blocks(nlp: Language, name: str) -> "Blocks":
    from catnlp.tag.components import Blocks

    return Blocks()


@Language.factory(
    "catnlp_mentions",
    requires=["token.is_sent_start"],
    assigns=["doc.spans"],
    default_config={"model": None},
)
def make_mentions(nlp: Language, name: str, model: str | None) -> "MentionTagger":
    """`model` is the folder of the weights; None takes the ones that come with the package."""
    from catnlp.tag.components import MentionTagger
    from catnlp.tag.models import find_model
    from catnlp.tag.tagger import Tagger

    return MentionTagger(Tagger(Path(model) if model else find_model()))
