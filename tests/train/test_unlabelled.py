from pathlib import Path

from catnlp.train.corpus import Annotated
from catnlp.train.unlabelled import unlabelled

PAGE = """<html><head><title>Country A</title></head><body><h1>Country A</h1>
<h2>Prisons</h2><p>The cells were dark all day. Guards beat several men in them.</p>
<h2>Courts</h2><p>Judges were paid late every month. Trials took years to begin.</p>
</body></html>"""


def held_out(text: str) -> Annotated:
    return Annotated("dev", "cr", "dev", "", (), "", text, "")


def test_sentences_of_documents_stand_between_their_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "broken.pdf").write_text("no PDF")
    found = {s.text: s for s in unlabelled([tmp_path], [], seed=1)}
    beaten = found["Guards beat several men in them."]
    assert beaten.prev == "The cells were dark all day."
    assert beaten.section[-1] == "Prisons"
    assert len(found) == 4
    assert len({s.id for s in found.values()}) == 4


def test_a_passage_of_the_development_set_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    left = [
        s.text for s in unlabelled([tmp_path], [held_out("Trials took years to begin.")], seed=1)
    ]
    assert left == ["The cells were dark all day.", "Guards beat several men in them."]
