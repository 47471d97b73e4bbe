from catnlp.train.confusions import confusions
from catnlp.train.corpus import Annotated, Label


def label(category: str, status: str = "affirmed", actor: str = "state") -> Label:
    return Label(category, "x", 0, 1, status, actor)


def sentence(id: str, text: str, *labels: Label) -> Annotated:
    return Annotated(id, "cr", "", "", (), "", text, "", labels)


def test_confusions_name_misses_false_alarms_and_wrong_attributes() -> None:
    gold = [
        sentence("1", "A longer sentence.", label("impunity")),
        sentence("2", "Short.", label("impunity")),
        sentence("3", "Third.", label("unfair-trial", "alleged")),
    ]
    found = {"3": [label("unfair-trial"), label("arms-diversion")]}
    rows = [(c.kind, c.count, c.example) for c in confusions(gold, found)]
    assert rows == [
        ("impunity missed", 2, "Short."),
        ("arms-diversion where there is none", 1, "Third."),
        ("status alleged read as affirmed", 1, "Third."),
    ]


def test_confusions_of_a_perfect_model_are_none() -> None:
    gold = [sentence("1", "A.", label("impunity"))]
    assert confusions(gold, {"1": gold[0].labels}) == []
