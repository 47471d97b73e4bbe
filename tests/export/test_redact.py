import json
from dataclasses import replace
from pathlib import Path

import pytest

from catnlp.export import flags
from catnlp.export.redact import MASK, mask, redact
from catnlp.store import Store
from tests.analyses import analysis

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases/export/redact.jsonl")
    .read_text("utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_mask_hides_private_persons_only(case: dict[str, list[str] | str]) -> None:
    text = str(case["text"])
    masked, _ = mask(text)
    assert len(masked) == len(text)
    assert not [name for name in case["hidden"] if name in masked]
    assert not [words for words in case["kept"] if words not in masked]


def test_redact_hides_a_name_wherever_the_flag_says_it(store: Store) -> None:
    quote = "Guards beat Idris Khattak in his cell."
    rows = ((quote, "beat Idris Khattak", "torture-ill-treatment", "affirmed"),)
    store.put(
        analysis("c", rows, title="Who beat Idris Khattak?", url="https://example.org/khattak"), "x"
    )
    (said,) = [f for f in flags(store) if f.document_id == "c"]
    (flag,) = redact([replace(said, also_in=("Idris Khattak is free", "Report on Togo"))])
    assert flag.also_in == (f"{MASK * 5} {MASK * 7} is free", "Report on Togo")
    assert "Khattak" not in str(flag)
    assert flag.quote == f"Guards beat {MASK * 5} {MASK * 7} in his cell."
    assert flag.quote[flag.trigger_start : flag.trigger_end] == flag.trigger
    assert flag.url == ""
