"""Steps of the schema are only ever added: stores out there have taken those that exist."""

import hashlib

from catnlp.store.migrations import STEPS
from catnlp.store.postgresql_schema import translated

TAKEN = (  # (step, the same for PostgreSQL); a new step adds a line, none is ever changed
    ("42363881e1c5", "3f235ef73824"),
    ("845a83afadb3", "3ff40a8d8b1e"),
    ("88212004d68b", "d20eb692aa98"),
    ("d0ef07b46251", "580aaa038ee3"),
    ("a9b02f5afcb1", "2dabfb0b415c"),
    ("939370d675a7", "e12e7fb86cf5"),
    ("815dba394a01", "7a53ad17a5b0"),
    ("67d31de3f6c3", "41cf6d8d2890"),
    ("94b4f7b6ca01", "3110eeed1661"),
    ("385c41c744e6", "1b4b38004dd3"),
    ("0f70ceace207", "278e23332a50"),
)


def digest(step: str) -> str:
    return hashlib.sha256(step.encode()).hexdigest()[:12]


def test_no_step_that_stores_have_taken_is_changed() -> None:
    assert tuple((digest(step), digest(translated(step))) for step in STEPS) == TAKEN
