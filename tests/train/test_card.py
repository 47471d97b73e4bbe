from typing import Any

from catnlp.train.card import trained_on

PLAIN: dict[str, Any] = {
    "recipe": {"epochs": 4, "rate": 9e-05, "seed": 20},
    "weak_paragraphs": 0,
    "sentences": 1200,
    "mentions": 300,
    "last_sentences": 0,
    "last_epochs": 3,
}


def test_a_training_of_one_stage_names_no_other() -> None:
    assert trained_on(PLAIN) == (
        "on 1,200 sentences with 300 mentions (4 passes, rate 9e-05, seed 20)"
    )


def test_the_passes_whose_weights_are_kept_are_named() -> None:
    told = trained_on(PLAIN | {"recipe": {**PLAIN["recipe"], "kept": [2]}})
    assert told.endswith("the mean of the averaged weights after passes 2, 4)")
    told = trained_on(PLAIN | {"recipe": {**PLAIN["recipe"], "kept": [0, 1, 2, 3]}})
    assert told.endswith("the weights before and the averaged weights after passes 1, 2, 3, 4)")
    told = trained_on(PLAIN | {"recipe": {**PLAIN["recipe"], "kept": [4]}})
    assert told.endswith("seed 20)")


def test_all_stages_stand_in_their_order() -> None:
    told = trained_on(
        PLAIN
        | {"start": "catnlp-en 2", "weak_paragraphs": 10, "taught_sentences": 500}
        | {"last_sentences": 70, "recipe": {**PLAIN["recipe"], "epochs": 1}}
    )
    places = [
        told.index(part)
        for part in ("catnlp-en 2", "headings", "1,200", "500", "(1 pass,", "70 sentences")
    ]
    assert places == sorted(places)
