import pytest

from catnlp.summarize.same import Same, same_event, same_words

SHOT = "On May 3, soldiers shot twelve villagers near Dapaong."


@pytest.mark.parametrize(
    ("other", "words", "event"),
    [
        ("On May 3, soldiers shot twelve villagers near Dapaong, a witness said.", True, True),
        ("Twelve people from Dapaong died on May 3 when the army opened fire.", False, True),
        ("Twelve people from Dapaong died on May 4 when the army opened fire.", False, False),
        ("On May 3, police in Kara arrested a man.", False, False),
        ("Soldiers shot twelve villagers near Dapaong last year.", False, False),
    ],
)
def test_same_words_and_same_event(other: str, words: bool, event: bool) -> None:
    assert same_words(SHOT, other) is words
    assert same_event(SHOT, other) is event


def test_same_finds_the_quote_that_is_repeated() -> None:
    quotes = Same(["The harvest was good in all of the north.", SHOT])
    assert quotes.like(SHOT + " ") == 1
    assert quotes.like("Nothing of it is true at all.") is None
