"""Words that most English sentences have, to tell prose from other text."""

_WORDS = (
    "the of and to in a for that is was on by with as at from be were this which or are an not it "
    "have has had their its but they he his she her who all been will would"
)
COMMON_WORDS = frozenset(_WORDS.split())
