import json
from pathlib import Path

import pytest

from catnlp.errors import InputError
from catnlp.train.corpus import read_corpora, read_corpus

ROOT = Path(__file__).parents[2]
MENTION = {"category": "impunity", "trigger": "went free", "status": "affirmed", "actor": "state"}


def written_by_us() -> list[Path]:
    return sorted(f for n in ("authored", "traps") for f in (ROOT / "corpora" / n).glob("*.jsonl"))


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_read_corpus_fills_the_place_of_a_trigger(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", {"id": 1, "text": "They went free.", "mentions": [MENTION]})
    (sentence,) = read_corpus(file)
    assert (sentence.labels[0].start, sentence.labels[0].end) == (5, 14)


@pytest.mark.parametrize("record", [{"id": 1}, [], {"id": 1, "text": "x", "mentions": [MENTION]}])
def test_read_corpus_names_the_line_that_does_not_fit(tmp_path: Path, record: object) -> None:
    file = write(tmp_path / "a.jsonl", {"id": 0, "text": "ok"}, record)
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        list(read_corpus(file))


def test_our_corpora_pass_their_own_check() -> None:
    import subprocess
    import sys

    files = [str(f) for f in written_by_us()]
    script = str(ROOT / "scripts" / "check_corpus.py")
    done = subprocess.run([sys.executable, script, *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_sentence_of_ours_is_in_the_shared_gold(shared: Path) -> None:
    gold = {s.text for s in read_corpora([shared / "annotations"])}
    mine = read_corpora(written_by_us())
    assert not [s.id for s in mine if s.text in gold]


def test_no_trap_is_trained_on() -> None:
    traps = {s.text for s in read_corpora([ROOT / "corpora" / "traps"])}
    assert not [s.id for s in read_corpora([ROOT / "corpora" / "authored"]) if s.text in traps]
