import json
import logging
from pathlib import Path

import pytest

from catnlp.engine.machines import describe, earlier, mixed
from catnlp.engine.run import Record, all_machines

HERE = describe("bfloat16", "cpu")
THERE = describe("float32", "cpu")


def test_describe_names_what_the_fingerprint_does_not() -> None:
    assert list(HERE) == ["precision", "device", "torch", "pdfium", "tesseract"]
    assert all(value for name, value in HERE.items() if name != "tesseract")


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "{}", '{"machines": 3}'])
def test_earlier_takes_a_manifest_without_machines(tmp_path: Path, text: str) -> None:
    assert earlier(tmp_path) == earlier(None) == []
    (tmp_path / "run.json").write_text(text)
    assert earlier(tmp_path) == []


def test_mixed_says_what_differs() -> None:
    assert not mixed([])
    assert not mixed([HERE, {**HERE, "torch": "another"}])
    assert "with bfloat16 on cpu and with float32 on cpu" in mixed([HERE, THERE])


def test_a_run_that_goes_on_with_another_precision_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "run.json").write_text(json.dumps({"machines": [HERE]}))
    new = {"a": Record("a", "", 0, "done")}
    kept = {**new, "b": Record("b", "", 0, "done", resumed=True)}
    with caplog.at_level(logging.WARNING):
        assert all_machines([THERE], new, tmp_path) == [THERE]
        assert all_machines([], kept, tmp_path) == [HERE]
        assert all_machines([HERE], kept, tmp_path) == [HERE]
        assert not caplog.records
        assert all_machines([THERE], kept, tmp_path) == [HERE, THERE]
    assert "--force reads all again" in caplog.text
