from catnlp.resources import read_toml


def test_a_table_is_read_anew_for_every_caller() -> None:
    marks = read_toml("catnlp.summarize", "marks.toml")
    assert marks["mark"]
    marks["mark"].clear()
    assert read_toml("catnlp.summarize", "marks.toml")["mark"]
