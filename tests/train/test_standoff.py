import json
from pathlib import Path

import pytest

from catnlp.errors import InputError
from catnlp.taxonomy import taxonomy
from catnlp.train.corpus import from_json
from catnlp.train.standoff import digest, read_standoff, restore, strip

TEXT = "Police  beat  detainees in Łódź."
RECORD = {
    "id": "x-1",
    "source": "cr",
    "document": "cr/2023/poland",
    "title": "Report: Poland",
    "section": ["c. Torture"],
    "prev": "",
    "text": TEXT,
    "next": "",
    "mentions": [
        {
            "category": "torture-ill-treatment",
            "trigger": "beat  detainees",
            "status": "affirmed",
            "actor": "state",
            "responsible": ["POL"],
            "location": ["POL"],
        }
    ],
}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


def test_strip_keeps_no_text() -> None:
    record = strip(from_json(RECORD))
    assert record["sha256"] == digest("Police beat detainees in Łódź.")
    assert "beat" not in json.dumps(record)
    assert "Report" not in json.dumps(record)
    assert (record["mentions"][0]["start"], record["mentions"][0]["end"]) == (7, 21)


def test_restore_from_sentences_gives_the_labels_back(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts.jsonl", RECORD)
    result = restore([strip(from_json(RECORD))], [texts])
    assert not result.missing
    assert result.found[0]["title"] == "Report: Poland"
    assert result.found[0]["mentions"][0]["trigger"] == "beat detainees"


def test_chances_of_a_teacher_come_back(tmp_path: Path) -> None:
    chances = [0.0] * len(taxonomy().category_ids)
    chances[3], chances[5] = 0.914, 0.001
    [mention] = RECORD["mentions"]  # type: ignore[misc]
    told = {
        **RECORD,
        "chances": chances,
        "mentions": [{**mention, "status_chances": [0.9, 0.1, 0, 0, 0], "actor_chances": [1.0]}],
    }
    record = strip(from_json(told))
    assert record["chances"] == {taxonomy().category_ids[3]: 0.91}
    assert "responsible" not in record["mentions"][0]
    [found] = restore([record], [write(tmp_path / "texts.jsonl", RECORD)]).found
    again = from_json(found)
    assert again.chances[3] == 0.91
    assert again.labels[0].status_chances == (0.9, 0.1, 0, 0, 0)


def test_restore_from_a_document_takes_the_context_from_there(tmp_path: Path) -> None:
    document = tmp_path / "poland.html"
    document.write_text(
        "<html><head><title>Report: Poland</title></head><body><main><h1>Report: Poland</h1>"
        "<h2>c. Torture</h2><p>It was a quiet year in most of the country. Police beat "
        "detainees in Łódź. The ministry opened an inquiry soon after that.</p></main></body>"
        "</html>",
        encoding="utf-8",
    )
    result = restore([strip(from_json(RECORD))], [tmp_path])
    assert not result.missing
    found = result.found[0]
    assert found["mentions"][0]["trigger"] == "beat detainees"
    assert found["prev"].endswith("country.")
    assert found["section"][-1] == "c. Torture"


def test_restore_names_what_has_no_text(tmp_path: Path) -> None:
    other = write(tmp_path / "texts.jsonl", {**RECORD, "text": "Another.", "mentions": []})
    result = restore([strip(from_json(RECORD))], [other])
    assert [r["id"] for r in result.missing] == ["x-1"]
    assert not result.found


def test_restore_says_which_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    said: list[str] = []
    restore([strip(from_json(RECORD))], [tmp_path], report=said.append)
    assert len(said) == 1
    assert "broken.pdf" in said[0]


def test_read_standoff_names_the_line_that_does_not_fit(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", strip(from_json(RECORD)), {"id": 2})
    with pytest.raises(InputError, match=r"a\.jsonl:2"):
        read_standoff([file])


def test_neighbours_of_known_sentences_are_restored(tmp_path: Path) -> None:
    known = {**RECORD, "prev": "It was night.", "next": "He died."}
    labelled = {**RECORD, "id": "x-2", "text": "He died.", "mentions": []}
    result = restore([strip(from_json(labelled))], [write(tmp_path / "known.jsonl", known)])
    assert not result.missing
    assert result.found[0]["prev"] == TEXT


def test_a_sentence_of_several_documents_is_taken_from_its_own(tmp_path: Path) -> None:
    for country in ("angola", "poland"):
        folder = tmp_path / "2023"
        folder.mkdir(exist_ok=True)
        (folder / f"{country}.html").write_text(
            f"<html><head><title>{country}</title></head><body><h1>{country}</h1>"
            f"<p>It was night in {country}. Police beat detainees in Łódź.</p></body></html>",
            encoding="utf-8",
        )
    result = restore([strip(from_json(RECORD))], [tmp_path])
    assert result.found[0]["prev"] == "It was night in poland."
